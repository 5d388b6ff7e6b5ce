package dev.hexlens.cli;

import dev.hexlens.search.SearchCursor;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.Candidates.Scope.Position;
import dev.hexlens.store.Ranks;
import dev.hexlens.store.UnknownPosition;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Where a search begins when it goes on, and where it stopped. */
final class Continuation {
  private final int snapshot;
  private final @Nullable SearchCursor after;
  private @Nullable Candidate file;

  /** Of the file, told now or before. */
  private int matches;

  /**
   * @param after as it was printed; null for a search from the beginning
   */
  Continuation(Ranks ranks, @Nullable String after) {
    this.snapshot = ranks.snapshot();
    this.after = after == null ? null : parse(after);
    if (this.after != null && this.after.snapshot() != snapshot) {
      throw new CommandFailure(
          "the order of packages has changed since --after was printed: search from the beginning");
    }
  }

  private static SearchCursor parse(String text) {
    try {
      return SearchCursor.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--after: " + e.getMessage(), e);
    }
  }

  /** From where it goes on. */
  Scope of(Scope scope) {
    return scope.from(after == null ? null : after.file());
  }

  /** What is told of a cursor that the search in question can't have printed. */
  static CommandFailure refused(UnknownPosition e) {
    return new CommandFailure(
        "--after: %s: give the search that printed it, or search from the beginning"
            .formatted(e.getMessage()),
        e);
  }

  /** Counts a match; false for one that the search before has told. */
  boolean isNew(Candidate at) {
    matches = at.equals(file) ? matches + 1 : 1;
    file = at;
    return after == null || !after.isIn(at) || matches > after.matches();
  }

  /** Says how far the search came, and how to go on. */
  void print(PrintStream notes, int releases, int releasesDone) {
    if (releases > 0) {
      notes.printf(
          "hexlens: %,d of %,d releases were searched to the end%n", releasesDone, releases);
    }
    Candidate last = file;
    if (last != null) {
      Position position = new Position(last.packageName(), last.version(), last.path());
      notes.printf(
          "hexlens: go on with --after '%s'%n", new SearchCursor(snapshot, matches, position));
    }
  }
}
