package dev.hexlens.search;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.IntBinaryOperator;

/**
 * What to look for in the text of sources: literally, in small or capital letters alike unless it
 * has capitals itself, or a regular expression in RE2's syntax, which no text can make slow.
 *
 * @param place where it must stand
 */
public record TextQuery(String text, boolean regex, Place place) {
  /** Where a match must stand as a whole. */
  public enum Place {
    ANYWHERE,
    COMMENTS,
    STRINGS
  }

  /**
   * Makes sure that it can be looked for.
   *
   * @throws IllegalArgumentException with a sentence when it is empty or no regular expression
   */
  public TextQuery {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("the text to look for is empty");
    }
    compile(text, regex);
  }

  private static Pattern compile(String text, boolean regex) {
    try {
      boolean anyCase = !regex && text.equals(text.toLowerCase(Locale.ROOT));
      int flags = Pattern.MULTILINE | (anyCase ? Pattern.CASE_INSENSITIVE : 0);
      return Pattern.compile(regex ? text : Pattern.quote(text), flags);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "`%s` is no regular expression (RE2's syntax): %s".formatted(text, e.getDescription()),
          e);
    }
  }

  /** Says what in a text is met, match by match; for any number of threads. */
  Finder finder() {
    boolean ascii = text.chars().allMatch(c -> c < 128);
    if (!regex && ascii) {
      return new Literal(text);
    }
    Pattern pattern = compile(text, regex);
    return (source, sink) -> {
      Matcher matcher = pattern.matcher(source);
      while (matcher.find()) {
        if (matcher.end() > matcher.start()
            && sink.applyAsInt(matcher.start(), matcher.end()) == 0) {
          return;
        }
      }
    };
  }

  /** Looks through a text. */
  interface Finder {
    /**
     * Finds the matches, from the first on, none of them empty.
     *
     * @param sink gets start and end of each match, in bytes; 0 ends the search
     */
    void find(byte[] source, IntBinaryOperator sink);
  }

  /** Horspool's search over ASCII. */
  private static final class Literal implements Finder {
    private static final int BYTES = 256;

    private final byte[] wanted;
    private final byte[] folded = new byte[BYTES];
    private final int[] skip = new int[BYTES];

    Literal(String text) {
      boolean anyCase = text.equals(text.toLowerCase(Locale.ROOT));
      this.wanted = text.getBytes(StandardCharsets.US_ASCII);
      int last = wanted.length - 1;
      for (int b = 0; b < BYTES; b++) {
        folded[b] = (byte) (anyCase && b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b);
        skip[b] = wanted.length;
      }
      for (int i = 0; i < last; i++) {
        skip[wanted[i]] = last - i;
      }
      for (int b = 'A'; anyCase && b <= 'Z'; b++) {
        skip[b] = skip[folded[b]];
      }
    }

    @Override
    public void find(byte[] source, IntBinaryOperator sink) {
      int last = wanted.length - 1;
      int end = last;
      while (end < source.length) {
        if (isAt(source, end - last)) {
          if (sink.applyAsInt(end - last, end + 1) == 0) {
            return;
          }
          end += wanted.length;
        } else {
          end += skip[source[end] & 0xff];
        }
      }
    }

    private boolean isAt(byte[] source, int at) {
      for (int i = wanted.length - 1; i >= 0; i--) {
        if (folded[source[at + i] & 0xff] != wanted[i]) {
          return false;
        }
      }
      return true;
    }
  }
}
