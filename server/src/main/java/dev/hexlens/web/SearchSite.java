package dev.hexlens.web;

import dev.hexlens.store.postgres.Database;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** The search page at {@code /}, the files that it leads to, and how the store stands. */
public final class SearchSite implements AutoCloseable {
  private final WebServer server;

  private SearchSite(int port, Database database) throws IOException {
    Store store = Store.of(database);
    ProgressStream progress = new ProgressStream(null, new StoreWatch(database));
    Map<String, WebServer.Page> pages = Assets.common();
    pages.put("/", Assets.page("search.html"));
    pages.put("/search.js", Assets.page("search.js"));
    pages.put("/file", Assets.page("file.html"));
    pages.put("/file.js", Assets.page("file.js"));
    pages.put("/code.js", Assets.page("code.js"));
    pages.put("/api/search", new SearchPage(store));
    pages.put("/api/file", new FilePage(store.files()));
    pages.put("/api/progress", progress);
    pages.put("/api/state", exchange -> exchange.json(200, progress.state()));
    this.server = WebServer.start(port, pages);
  }

  /**
   * Starts.
   *
   * @param port 0 for any that is free
   * @throws IOException with a sentence when the port can't be had
   */
  public static SearchSite start(int port, Database database) throws IOException {
    return new SearchSite(port, database);
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
