package dev.hexlens.search;

import dev.hexlens.store.Candidates.Scope.Position;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a search came, to go on from there: printed {@code SNAPSHOT:N:PACKAGE@VERSION:PATH}, with
 * an {@code l} behind N among the loose matches and a {@code g} among what a program wrote.
 *
 * @param snapshot of the order of packages in which it was; in another it means nothing
 * @param loose whether the exact matches of the release were told already
 * @param matches in the file that were told already
 */
public record SearchCursor(int snapshot, boolean loose, int matches, Position file) {
  private static final Pattern PRINTED =
      Pattern.compile("(\\d{1,9}):(\\d{1,9})(l?)(g?):([^@:]+)@([^:]+):(.+)");

  /**
   * Reads a cursor.
   *
   * @throws IllegalArgumentException with a sentence when it is none
   */
  public static SearchCursor parse(String text) {
    Matcher parts = PRINTED.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "`%s` is no cursor: take one that a search gave when it stopped".formatted(text));
    }
    boolean generated = !parts.group(4).isEmpty();
    return new SearchCursor(
        Integer.parseInt(parts.group(1)),
        !parts.group(3).isEmpty(),
        Integer.parseInt(parts.group(2)),
        new Position(parts.group(5), parts.group(6), parts.group(7), generated));
  }

  @Override
  public String toString() {
    return "%d:%d%s%s:%s@%s:%s"
        .formatted(
            snapshot,
            matches,
            loose ? "l" : "",
            file.generated() ? "g" : "",
            file.packageName(),
            file.version(),
            file.path());
  }
}
