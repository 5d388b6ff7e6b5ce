package dev.hexlens.store;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells code that a program wrote: by a comment near its beginning that says so, or by how much it
 * repeats itself.
 */
public final class GeneratedCode {
  /** A header is no longer; licences may come first. */
  private static final int HEADER_BYTES = 4_096;

  private static final int HEADER_LINES = 40;

  /** What generators write, in comments of Elixir, Erlang and templates. */
  private static final Pattern SAYS_SO =
      Pattern.compile(
          "^\\s*(?:#|%|<%#|<%!--|<!--).*"
              + "(?:do not (?:edit|modify)|don't (?:edit|modify)|@generated\\b"
              + "|\\bauto(?:matically)?[- ]?generated\\b|\\bcode generated\\b"
              + "|\\bgenerated (?:by|from|with|automatically)\\b)",
          Pattern.CASE_INSENSITIVE);

  /**
   * Compressed to less than this share, a file of this size was not typed: of 184 packages the most
   * repetitive files by hand are tables of a twelfth, or shorter.
   */
  private static final int REPETITION = 14;

  private static final int REPETITION_BYTES = 32 << 10;

  private GeneratedCode() {}

  /**
   * Whether a program wrote a file.
   *
   * @param compressed how many bytes are left of it
   */
  static boolean isIn(byte[] source, int compressed) {
    return (source.length >= REPETITION_BYTES && source.length / REPETITION >= compressed)
        || saysSo(source);
  }

  /** Whether a program wrote a file. */
  public static boolean isIn(byte[] source) {
    return saysSo(source)
        || (source.length >= REPETITION_BYTES && isIn(source, Compression.compress(source).length));
  }

  /** Whether a comment near its beginning says that a program wrote it. */
  public static boolean saysSo(byte[] source) {
    int end = Math.min(source.length, HEADER_BYTES);
    int from = 0;
    Matcher says = SAYS_SO.matcher("");
    for (int lines = 0; from < end && lines < HEADER_LINES; lines++) {
      int to = from;
      while (to < end && source[to] != '\n') {
        to++;
      }
      if (isComment(source, from, to)
          && says.reset(new String(source, from, to - from, StandardCharsets.UTF_8)).find()) {
        return true;
      }
      from = to + 1;
    }
    return false;
  }

  private static boolean isComment(byte[] source, int from, int to) {
    int at = from;
    while (at < to && source[at] <= ' ' && source[at] >= 0) {
      at++;
    }
    return at < to && (source[at] == '#' || source[at] == '%' || source[at] == '<');
  }
}
