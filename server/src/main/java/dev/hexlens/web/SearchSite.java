package dev.hexlens.web;

import dev.hexlens.store.postgres.Database;
import dev.hexlens.workspace.WorkspaceFolder;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** The search page at {@code /}, the files that it leads to, and how the store stands. */
public final class SearchSite implements AutoCloseable {
  private final WebServer server;

  private SearchSite(int port, Database database, List<WorkspaceFolder> folders)
      throws IOException {
    Store store = Store.of(database, folders);
    ProgressStream progress = new ProgressStream(null, new StoreWatch(database));
    Map<String, WebServer.Page> pages = Assets.common();
    pages.put("/", Assets.page("search.html"));
    pages.put("/search.js", Assets.page("search.js"));
    pages.put("/file", Assets.page("file.html"));
    pages.put("/file.js", Assets.page("file.js"));
    pages.put("/code.js", Assets.page("code.js"));
    pages.put("/api/search", new SearchPage(store));
    pages.put("/api/file", new FilePage(store));
    pages.put("/api/progress", progress);
    pages.put("/api/state", exchange -> exchange.json(200, progress.state()));
    this.server = WebServer.start(port, pages);
  }

  /**
   * Starts.
   *
   * @param port 0 for any that is free
   * @param folders whose own files and dependencies come first; the caller closes them
   * @throws IOException with a sentence when the port can't be had
   */
  public static SearchSite start(int port, Database database, List<WorkspaceFolder> folders)
      throws IOException {
    return new SearchSite(port, database, folders);
  }

  /** Where it is. */
  public URI url() {
    return server.url();
  }

  @Override
  public void close() {
    server.close();
  }
}
