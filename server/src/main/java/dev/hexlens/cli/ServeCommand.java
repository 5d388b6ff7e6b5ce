package dev.hexlens.cli;

import dev.hexlens.store.postgres.Database;
import dev.hexlens.web.SearchSite;
import dev.hexlens.workspace.HexStore;
import dev.hexlens.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hexlens serve}: the search page. */
@Command(
    name = "serve",
    description = "Serve the search page to this machine, until it is stopped with Ctrl-C.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  @Option(
      names = "--port",
      paramLabel = "N",
      description = "0 for any that is free. Default: 4200.")
  private @Nullable Integer port;

  @Option(
      names = "--project",
      paramLabel = "DIR",
      description = "A Mix project, whose own files and dependencies come first.")
  private @Nullable Path project;

  @Mixin private StoreOptions store = new StoreOptions();

  private final Console console;

  ServeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    int wanted = PortOption.port(port);
    Path root = project == null ? null : ProjectOption.root(project);
    try (Database database = store.open(console);
        Workspace folders = new Workspace(HexStore.of(database))) {
      if (root != null) {
        folders.add(ProjectOption.open(root, console));
      }
      return serve(wanted, database, folders);
    }
  }

  private int serve(int wanted, Database database, Workspace workspace) throws IOException {
    try (SearchSite site = SearchSite.start(wanted, database, workspace.folders())) {
      console.out().println(site.url());
      console.out().flush();
      console.err().println("HexLens answers there until it is stopped with Ctrl-C");
      new CountDownLatch(1).await();
      return ExitCode.FOUND;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.FOUND;
    }
  }
}
