package dev.hexlens.search;

import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.Candidates.Scope.Position;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a search came, to go on from there: printed {@code SNAPSHOT:N:PACKAGE@VERSION:PATH}.
 *
 * @param snapshot of the order of packages in which it was; in another it means nothing
 * @param matches in the file that were told already
 */
public record SearchCursor(int snapshot, int matches, Position file) {
  private static final Pattern PRINTED =
      Pattern.compile("(\\d{1,9}):(\\d{1,9}):([^@:]+)@([^:]+):(.+)");

  /**
   * Reads a cursor.
   *
   * @throws IllegalArgumentException with a sentence when it is none
   */
  public static SearchCursor parse(String text) {
    Matcher parts = PRINTED.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "`%s` is no cursor: take one that a search printed when it stopped".formatted(text));
    }
    return new SearchCursor(
        Integer.parseInt(parts.group(1)),
        Integer.parseInt(parts.group(2)),
        new Position(parts.group(3), parts.group(4), parts.group(5)));
  }

  /** Whether a file is the one that it stands in. */
  public boolean isIn(Candidate at) {
    return file.equals(new Position(at.packageName(), at.version(), at.path()));
  }

  @Override
  public String toString() {
    return "%d:%d:%s@%s:%s"
        .formatted(snapshot, matches, file.packageName(), file.version(), file.path());
  }
}
