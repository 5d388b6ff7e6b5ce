package dev.hexlens.search;

import dev.hexlens.store.CandidateSource;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.Candidates.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Moves along with a search, match by match, and tells which of them an earlier search has told
 * already. For one thread.
 */
final class Bookmark {
  /** A snapshot that there never is. */
  private static final int NONE = -1;

  private final int snapshot;
  private final @Nullable SearchCursor after;
  private @Nullable Candidate file;
  private boolean loose;
  private int matches;

  /**
   * @param after where to go on; null to begin
   * @throws StaleCursor when it is of another order of packages
   */
  Bookmark(CandidateSource source, @Nullable SearchCursor after) {
    this.snapshot = source.snapshot();
    this.after = after;
    if (after != null && after.snapshot() != snapshot) {
      throw new StaleCursor(
          "the order of packages has changed since the cursor was given: search from the beginning");
    }
  }

  private Bookmark() {
    this.snapshot = NONE;
    this.after = null;
  }

  /**
   * Of a search from the beginning that nobody goes on with, which saves asking for the order of
   * packages: its cursors are stale from the first.
   */
  static Bookmark unasked() {
    return new Bookmark();
  }

  /** The files to go through: where loose matches come apart, exact ones are passed again. */
  Scope from(Scope scope, boolean looseApart) {
    if (after == null) {
      return scope;
    }
    return scope.from(looseApart && !after.loose() ? after.file().first() : after.file());
  }

  /** Goes on to the next match; false for one that was told before. */
  boolean isNew(Candidate at, boolean itIsLoose) {
    if (!at.equals(file) || loose != itIsLoose) {
      file = at;
      loose = itIsLoose;
      matches = 0;
    }
    matches++;
    if (after == null || !after.file().isBeside(at)) {
      return true;
    }
    if (loose != after.loose()) {
      return loose;
    }
    return !at.isBefore(after.file())
        && (!at.path().equals(after.file().path()) || matches > after.matches());
  }

  /** Which match of its file, exact or loose, it is at; from 1. */
  int ordinal() {
    return matches;
  }

  /** Where to go on so that the present match comes first. */
  SearchCursor here() {
    Candidate at = file;
    if (at == null) {
      throw new IllegalStateException("there is no match yet");
    }
    return before(snapshot, at, loose, matches);
  }

  /** Where to go on so that a match comes first. */
  static SearchCursor before(int snapshot, Candidate at, boolean loose, int ordinal) {
    return new SearchCursor(snapshot, loose, ordinal - 1, at.position());
  }

  /** Where to go on so that the file after this one comes first. */
  SearchCursor behind(Candidate file) {
    return new SearchCursor(snapshot, false, ALL, file.position());
  }

  /** More matches than a file has. */
  private static final int ALL = 999_999_999;

  /** Where to go on so that a file comes first. */
  SearchCursor before(Candidate file) {
    if (after != null && file.path().equals(after.file().path()) && after.file().isBeside(file)) {
      return after; // of this one something was told
    }
    return before(snapshot, file, false, 1);
  }
}
