package dev.hexlens.search;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.hexlens.store.TextTerms;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What to look for in the text of sources: literally, in small or capital letters alike unless it
 * has capitals itself, or a regular expression in RE2's syntax, which no text can make slow.
 *
 * @param place where it must stand
 */
public record TextQuery(String text, boolean regex, Place place) {
  private static final int ASCII = 0x80;

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
      boolean anyCase = !regex && isAnyCase(text);
      int flags = Pattern.MULTILINE | (anyCase ? Pattern.CASE_INSENSITIVE : 0);
      return Pattern.compile(regex ? text : Pattern.quote(text), flags);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "`%s` is no regular expression (RE2's syntax): %s".formatted(text, e.getDescription()),
          e);
    }
  }

  /** What a file must hold for it to be found. */
  public TextTerms terms() {
    return regex ? RegexTerms.of(text).terms() : RegexTerms.ofLiteral(text, isAnyCase(text));
  }

  private static boolean isAnyCase(String text) {
    return text.equals(text.toLowerCase(Locale.ROOT));
  }

  /** Says what in a text is met, match by match; for any number of threads. */
  TextFinder finder() {
    if (!regex && hasCasesOfAscii()) {
      return new LiteralFinder(text.getBytes(StandardCharsets.UTF_8), isAnyCase(text));
    }
    return RegexFinder.of(compile(text, regex), regex ? RegexTerms.of(text) : null);
  }

  /** Whether comparing bytes, of ASCII in small letters, is all there is to it. */
  private boolean hasCasesOfAscii() {
    boolean anyCase = isAnyCase(text);
    return text.codePoints()
        .allMatch(c ->
            Character.getType(c) != Character.SURROGATE
                && (!anyCase || c < ASCII || !RegexTerms.mayHaveCases(c)));
  }
}
