package dev.hexlens.cli;

import dev.hexlens.store.postgres.Database;
import dev.hexlens.web.RunPage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether a run is shown on a page. */
final class WebOptions {
  @Option(
      names = "--web",
      description = "Show how it goes at http://localhost:4200/progress until it ends.")
  private boolean web;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "With --web: another port; 0 for any that is free.")
  private @Nullable Integer port;

  /** Shows a run on the terminal, and on a page if it is wanted, from now on. */
  RunDisplay display(Database database, Console console) throws IOException {
    if (port != null && !web) {
      throw new CommandFailure("--port goes with --web");
    }
    RunPage page = web ? RunPage.start(PortOption.port(port), database) : null;
    if (page != null) {
      console.err().println("see " + page.url());
    }
    return new RunDisplay(new IndexProgress(console.err(), console.isTerminal()), page);
  }
}
