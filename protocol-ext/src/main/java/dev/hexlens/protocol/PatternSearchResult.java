package dev.hexlens.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code hexlens/patternSearch}.
 *
 * @param matches workspace first, then its dependencies, then packages by rank; empty when they
 *     were streamed
 * @param hints what may surprise in the pattern, a sentence each
 * @param notes what could not be searched or is not whole, a sentence each
 * @param cursor where to go on; null when there is nothing more
 * @param explanation null unless it was asked for
 */
public record PatternSearchResult(
    List<PatternMatch> matches,
    Counts counts,
    List<String> hints,
    List<String> notes,
    @Nullable String cursor,
    @Nullable Explanation explanation) {
  /**
   * How the answer was found.
   *
   * @param terms what a file must have to be looked at; none: every file is
   * @param candidates files that the index proposed
   * @param verified files among them in which something matched
   * @param rejected files among them in which nothing did
   */
  public record Explanation(
      List<String> terms,
      int candidates,
      int verified,
      int rejected,
      double lookupMillis,
      double readMillis,
      double matchMillis) {}
}
