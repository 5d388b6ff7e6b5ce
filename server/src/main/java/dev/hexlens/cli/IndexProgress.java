package dev.hexlens.cli;

import dev.hexlens.index.IndexEvent;
import java.io.PrintStream;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.function.Consumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows how indexing goes. On a terminal a bar with the package in work, how many are done, how
 * many a second, how long still, how many were skipped and failed; elsewhere plain lines.
 */
final class IndexProgress implements Consumer<IndexEvent>, AutoCloseable {
  private final PrintStream err;
  private final boolean terminal;
  private @Nullable ProgressBar bar;
  private int planned;
  private int done;
  private int skipped;
  private int failed;
  private int notes;
  private String current = "";

  IndexProgress(PrintStream err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  @Override
  public synchronized void accept(IndexEvent event) {
    switch (event) {
      case IndexEvent.Planned plan -> planned(plan);
      case IndexEvent.Started started -> {
        current = started.release();
        show();
      }
      case IndexEvent.Extracted _, IndexEvent.Timed _ -> {}
      case IndexEvent.Stored stored -> finished("indexed " + stored.release());
      case IndexEvent.Skipped left -> {
        skipped++;
        finished("skipped " + left.release() + ": " + left.reason());
      }
      case IndexEvent.Failed failure -> {
        failed++;
        finished("");
        if (bar == null) { // the summary at the end says it again
          err.println("failed  " + failure.release() + ": " + failure.reason());
        }
      }
      case IndexEvent.FileProblem problem ->
          note("note    " + problem.release() + ": " + problem.problem());
      case IndexEvent.RegistryProblem problem -> note("note    " + problem.problem());
      case IndexEvent.Stage stage -> {
        current = stage.name();
        if (bar == null) {
          err.println(stage.name());
        }
        show();
      }
    }
  }

  private void planned(IndexEvent.Planned plan) {
    planned = plan.releases() - plan.alreadyThere();
    err.println(plan.releases() + " releases, " + plan.alreadyThere() + " of them there already");
    if (terminal && planned > 0) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("indexing")
              .setInitialMax(planned)
              .setStyle(ProgressBarStyle.UNICODE_BLOCK)
              .setConsumer(new ConsoleProgressBarConsumer(err))
              .showSpeed(new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
              .build();
      show();
    }
  }

  private void finished(String line) {
    done++;
    if (bar != null) {
      bar.step();
      show();
    } else if (!line.isEmpty()) {
      err.println("%4d/%d  %s".formatted(done, planned, line));
    }
  }

  /** What may be cut off at a narrow terminal's edge comes last. */
  private void show() {
    if (bar != null) {
      bar.setExtraMessage(" %d skipped, %d failed  %s".formatted(skipped, failed, current));
    }
  }

  /** Thousands of them in all of Hex: on a terminal they would push the bar away. */
  private void note(String line) {
    if (bar == null) {
      err.println(line);
    } else {
      notes++;
    }
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
      err.println(); // the bar leaves the cursor behind it
      if (notes > 0) {
        err.println(notes + " notes on files and releases: --report FILE keeps them");
      }
    }
  }
}
