package dev.hexlens.pattern;

import java.util.List;

/**
 * A match in one file.
 *
 * @param start the first byte
 * @param end the byte after the last
 * @param captures in the order in which they stand in the pattern
 * @param exact whether it is written as the pattern is; otherwise it means the same by an alias, an
 *     import or a pipe
 */
public record Match(int start, int end, List<Capture> captures, boolean exact) {
  /**
   * What a name of the pattern stands for.
   *
   * @param text as it stands in the source; the name of an attribute with a colon in front
   */
  public record Capture(String name, String text) {}
}
