package dev.hexlens.search;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * How well a symbol's qualified name answers what somebody has typed so far. The letters typed must
 * stand in it in their order, as the LSP asks of workspace symbols: {@code enmap} finds {@code
 * Enum.map}. Case counts for nothing but to tell two equal answers apart.
 */
public final class SymbolMatcher {
  /** How the text is met, best first. */
  public enum Tier {
    /** It is the name, or its last part. */
    EXACT,
    /** The name, or its last part, begins with it. */
    PREFIX,
    /** It begins at a word: after a dot, an underscore, or at a hump. */
    WORD_START,
    /** All its letters are beginnings of words, or go on with them: {@code lvhe}, {@code enmap}. */
    HUMPS,
    /** It stands somewhere within. */
    SUBSTRING,
    /** Its letters stand in order, with others between them. */
    SUBSEQUENCE
  }

  /**
   * A match; the smaller the better.
   *
   * @param gaps letters of the name that are passed over between the first and the last one met
   * @param sameCase whether the letters stand as they were typed
   */
  public record Match(Tier tier, int gaps, boolean sameCase) implements Comparable<Match> {
    private static final Comparator<Match> ORDER =
        Comparator.comparing(Match::tier)
            .thenComparingInt(Match::gaps)
            .thenComparing(match -> !match.sameCase);

    @Override
    public int compareTo(Match other) {
      return ORDER.compare(this, other);
    }
  }

  private final String text;
  private final String typed;
  private final String lower;

  /**
   * @param typed as it was typed; an arity at its end ({@code /2}) and blanks count for nothing
   */
  public SymbolMatcher(String typed) {
    this.text = typed.strip().replaceFirst("/[0-9]{0,3}$", "").toLowerCase(Locale.ROOT);
    this.typed = typed.strip().replaceFirst("/[0-9]{0,3}$", "").replace(" ", "");
    this.lower = this.typed.toLowerCase(Locale.ROOT);
  }

  /** What is looked for, in small letters, without an arity. */
  public String text() {
    return text;
  }

  /**
   * Whether a name holds the letters in their order; false is certain, true is nearly. Cheap.
   *
   * @param lowerName in small letters
   */
  public boolean mayMatch(String lowerName) {
    int at = 0;
    for (int letter = 0; letter < lower.length(); letter++) {
      at = lowerName.indexOf(lower.charAt(letter), at) + 1;
      if (at == 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Holds the text against a name.
   *
   * @param qualified such as {@code Enum.map}, without arity
   */
  public Optional<Match> match(String qualified) {
    String name = qualified.toLowerCase(Locale.ROOT);
    if (name.length() != qualified.length()) { // a letter that has two small ones
      name = qualified;
    }
    int last = qualified.lastIndexOf('.', qualified.length() - 2) + 1;
    if (name.equals(lower) || name.substring(last).equals(lower)) {
      return at(Tier.EXACT, qualified, name.length() - lower.length());
    }
    if (name.startsWith(lower, last)) {
      return at(Tier.PREFIX, qualified, last);
    }
    if (name.startsWith(lower)) {
      return at(Tier.PREFIX, qualified, 0);
    }
    int within = -1;
    for (int i = name.indexOf(lower); i >= 0; i = name.indexOf(lower, i + 1)) {
      if (startsWord(qualified, i)) {
        return at(Tier.WORD_START, qualified, i);
      }
      within = i;
    }
    Optional<Match> humps = humps(qualified, name);
    if (humps.isPresent()) {
      return humps;
    }
    return within >= 0 ? at(Tier.SUBSTRING, qualified, within) : subsequence(qualified, name);
  }

  private Optional<Match> at(Tier tier, String qualified, int start) {
    return Optional.of(new Match(tier, 0, qualified.startsWith(typed, start)));
  }

  private static boolean startsWord(String name, int at) {
    if (at == 0) {
      return true;
    }
    char before = name.charAt(at - 1);
    char here = name.charAt(at);
    return !Character.isLetterOrDigit(before)
        || (Character.isUpperCase(here) && !Character.isUpperCase(before));
  }

  /**
   * Each letter begins a word or follows the one met before. Which beginning to take can matter
   * only later, so all are tried: reachable places, letter by letter.
   */
  private Optional<Match> humps(String qualified, String name) {
    int length = name.length();
    // For each place that the letters so far can end at, where they then begin at the latest.
    int[] begins = new int[length];
    java.util.Arrays.fill(begins, -1);
    for (int letter = 0; letter < lower.length(); letter++) {
      int[] next = new int[length];
      java.util.Arrays.fill(next, -1);
      int latest = -1;
      for (int i = 0; i < length; i++) {
        if (name.charAt(i) == lower.charAt(letter)) {
          boolean starts = startsWord(qualified, i);
          int begin = i > 0 ? begins[i - 1] : -1;
          if (starts) {
            begin = Math.max(begin, letter == 0 ? i : latest);
          }
          next[i] = begin;
        }
        latest = Math.max(latest, begins[i]);
      }
      begins = next;
    }
    int gaps = Integer.MAX_VALUE;
    for (int i = 0; i < length; i++) {
      if (begins[i] >= 0) {
        gaps = Math.min(gaps, i + 1 - begins[i] - lower.length());
      }
    }
    return gaps == Integer.MAX_VALUE
        ? Optional.empty()
        : Optional.of(new Match(Tier.HUMPS, gaps, false));
  }

  private Optional<Match> subsequence(String qualified, String name) {
    int at = -1;
    int first = -1;
    boolean sameCase = true;
    for (int letter = 0; letter < lower.length(); letter++) {
      at = name.indexOf(lower.charAt(letter), at + 1);
      if (at < 0) {
        return Optional.empty();
      }
      first = first < 0 ? at : first;
      sameCase &= qualified.charAt(at) == typed.charAt(letter);
    }
    return Optional.of(new Match(Tier.SUBSEQUENCE, at + 1 - first - lower.length(), sameCase));
  }
}
