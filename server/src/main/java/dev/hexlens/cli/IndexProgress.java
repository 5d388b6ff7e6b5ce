package dev.hexlens.cli;

import dev.hexlens.index.IndexEvent;
import java.io.PrintStream;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows how indexing goes: a bar on a terminal, plain lines elsewhere; what failed on either, with
 * its reason.
 */
final class IndexProgress implements Consumer<IndexEvent>, AutoCloseable {
  private final PrintStream err;
  private final boolean terminal;
  private @Nullable ProgressBar bar;
  private int planned;
  private int done;

  IndexProgress(PrintStream err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  @Override
  public synchronized void accept(IndexEvent event) {
    switch (event) {
      case IndexEvent.Planned plan -> planned(plan);
      case IndexEvent.Started started -> {
        if (bar != null) {
          bar.setExtraMessage(" " + started.release());
        }
      }
      case IndexEvent.Extracted extracted -> {}
      case IndexEvent.Timed timed -> {}
      case IndexEvent.Stored stored -> finished("indexed " + stored.release());
      case IndexEvent.Skipped skipped ->
          finished("skipped " + skipped.release() + ": " + skipped.reason());
      case IndexEvent.Failed failed -> {
        finished("");
        if (bar == null) { // the report at the end says it again
          line("failed  " + failed.release() + ": " + failed.reason());
        }
      }
      case IndexEvent.FileProblem problem ->
          line("note    " + problem.release() + ": " + problem.problem());
      case IndexEvent.RegistryProblem problem -> line("note    " + problem.problem());
      case IndexEvent.Stage stage -> {
        if (bar == null) {
          line(stage.name());
        } else {
          bar.setExtraMessage(" " + stage.name());
        }
      }
    }
  }

  private void planned(IndexEvent.Planned plan) {
    planned = plan.releases() - plan.alreadyThere();
    line(plan.releases() + " releases, " + plan.alreadyThere() + " of them there already");
    if (terminal && planned > 0) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("indexing")
              .setInitialMax(planned)
              .setStyle(ProgressBarStyle.UNICODE_BLOCK)
              .showSpeed()
              .build();
    }
  }

  private void finished(String line) {
    done++;
    if (bar != null) {
      bar.step();
    } else if (!line.isEmpty()) {
      line("%4d/%d  %s".formatted(done, planned, line));
    }
  }

  private void line(String line) {
    err.println(line);
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
