package dev.hexlens.cli;

import dev.hexlens.search.StaleCursor;
import dev.hexlens.store.UnknownPosition;
import dev.hexlens.workspace.Corpora;
import dev.hexlens.workspace.CorpusCursor;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a search begins when it goes on, and where it stopped. */
final class Continuation {
  @Option(
      names = "--after",
      paramLabel = "CURSOR",
      description = "Go on where a search with a limit stopped: it prints the cursor.")
  private @Nullable String after;

  private @Nullable CorpusCursor next;
  private int releases;
  private int releasesDone;

  /** Whether a search goes on. */
  boolean isUnderWay() {
    return after != null;
  }

  /** Searches from where the one before stopped. */
  void search(Corpora corpora, Corpora.Search search) {
    CorpusCursor from = cursor();
    try {
      next = corpora.search(from, search);
    } catch (UnknownPosition e) {
      throw new CommandFailure(
          "--after: %s: give the search that printed it, or search from the beginning"
              .formatted(e.getMessage()),
          e);
    } catch (StaleCursor e) {
      throw new CommandFailure("--after: " + e.getMessage(), e);
    }
  }

  private @Nullable CorpusCursor cursor() {
    try {
      return after == null ? null : CorpusCursor.parse(after);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--after: " + e.getMessage(), e);
    }
  }

  /** Takes note of the releases of a search. */
  void count(int all, int done) {
    releases += all;
    releasesDone += done;
  }

  /** Says how far the search came, and how to go on, if it did not come to the end. */
  void print(PrintStream notes) {
    if (next != null) {
      if (releases > 0) {
        notes.printf(
            "hexlens: %,d of %,d releases were searched to the end%n", releasesDone, releases);
      }
      notes.printf("hexlens: go on with --after '%s'%n", next);
    }
  }
}
