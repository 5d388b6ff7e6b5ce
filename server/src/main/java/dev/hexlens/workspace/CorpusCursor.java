package dev.hexlens.workspace;

import dev.hexlens.search.SearchCursor;
import dev.hexlens.workspace.Corpus.Origin;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a search over several corpora came: printed as the cursor inside of one, with the origin
 * and the number of the corpus in front where that is not Hex.
 *
 * @param number of the corpus among those of its origin, from 0
 */
public record CorpusCursor(Origin origin, int number, SearchCursor within) {
  private static final Pattern FOLDER =
      Pattern.compile("(workspace|dependency)(\\d{1,4})/(.+)", Pattern.DOTALL);

  /**
   * Reads a cursor.
   *
   * @throws IllegalArgumentException with a sentence when it is none
   */
  public static CorpusCursor parse(String text) {
    Matcher parts = FOLDER.matcher(text);
    if (!parts.matches()) {
      return new CorpusCursor(Origin.HEX, 0, SearchCursor.parse(text));
    }
    Origin origin = parts.group(1).equals("workspace") ? Origin.WORKSPACE : Origin.DEPENDENCY;
    return new CorpusCursor(
        origin, Integer.parseInt(parts.group(2)), SearchCursor.parse(parts.group(3)));
  }

  @Override
  public String toString() {
    return origin == Origin.HEX ? within.toString() : origin.printed() + number + "/" + within;
  }
}
