package dev.hexlens.cli;

import dev.hexlens.hex.HexException;
import dev.hexlens.index.IndexEvent;
import dev.hexlens.index.IndexReport;
import dev.hexlens.web.RunPage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows a run wherever it is wanted: on the terminal, and on a page. */
final class RunDisplay implements Consumer<IndexEvent>, AutoCloseable {
  private final IndexProgress terminal;
  private final @Nullable RunPage page;

  /**
   * @param page null where none is wanted; closed with this
   */
  RunDisplay(IndexProgress terminal, @Nullable RunPage page) {
    this.terminal = terminal;
    this.page = page;
  }

  /** A run of an indexer. */
  interface Run {
    IndexReport run() throws HexException, InterruptedException;
  }

  @Override
  public void accept(IndexEvent event) {
    terminal.accept(event);
    if (page != null) {
      page.accept(event);
    }
  }

  /** Does a run, and shows how it ended. */
  IndexReport during(Run run) throws HexException, InterruptedException {
    try {
      IndexReport report = run.run();
      if (page != null) {
        page.finished(report);
      }
      return report;
    } catch (HexException | RuntimeException e) {
      if (page != null) {
        page.failed(HexLensCommand.sentence(e));
      }
      throw e;
    } finally {
      terminal.close();
    }
  }

  @Override
  public void close() {
    if (page != null) {
      page.close();
    }
    terminal.close();
  }
}
