package dev.hexlens.search;

import dev.hexlens.store.TextTerms;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a text must hold for a regular expression in RE2's syntax to match somewhere in it: the
 * characters that stand for themselves. Reads an expression that RE2 has taken; where it does not
 * follow, nothing is required, so that nothing is lost.
 */
final class RegexTerms {
  /** What RE2 reads for a byte that is no UTF-8: as a character, it stands for more than itself. */
  private static final int REPLACEMENT = 0xfffd;

  private static final int ASCII = 0x80;

  private final String regex;
  private int at;

  private RegexTerms(String regex) {
    this.regex = regex;
  }

  /**
   * What is known of an expression.
   *
   * @param breaks how many times at most blank space in a match may reach into another line; {@link
   *     #ANY_NUMBER} when nothing bounds it, or when a match sees beyond its lines
   * @param anyCase whether small and large letters count as the same anywhere in it
   */
  record Known(TextTerms terms, int breaks, boolean anyCase) {
    private static final Known NOTHING = new Known(TextTerms.anything(), ANY_NUMBER, true);
  }

  static final int ANY_NUMBER = Integer.MAX_VALUE;

  /** So that sums of them stay numbers. */
  private static final int MANY = 1_000;

  static Known of(String regex) {
    try {
      RegexTerms terms = new RegexTerms(regex);
      TextTerms all = terms.alternatives(false);
      return terms.atEnd()
          ? new Known(all, terms.breaks < MANY ? terms.breaks : ANY_NUMBER, terms.everAnyCase)
          : Known.NOTHING;
    } catch (Unknown e) {
      return Known.NOTHING;
    }
  }

  /**
   * @param anyCase whether it is found in small and large letters
   */
  static TextTerms ofLiteral(String text, boolean anyCase) {
    Row row = new Row();
    text.codePoints().forEach(c -> row.add(c, anyCase));
    return row.terms();
  }

  /** Whether a character may have a small or large form, by what Unicode says of its kind. */
  static boolean mayHaveCases(int c) {
    return switch (Character.getType(c)) {
      case Character.OTHER_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.CONNECTOR_PUNCTUATION,
          Character.MATH_SYMBOL,
          Character.CURRENCY_SYMBOL,
          Character.SPACE_SEPARATOR,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.OTHER_LETTER ->
          Character.toLowerCase(c) != c || Character.toUpperCase(c) != c;
      default -> true;
    };
  }

  /** What this reader does not follow. */
  private static final class Unknown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unknown(String what) {
      super(what, null, false, false);
    }
  }

  /** One thing after another; characters next to each other make a run. */
  private static final class Row {
    private final List<TextTerms> terms = new ArrayList<>();
    private final StringBuilder run = new StringBuilder();

    void add(int c, boolean anyCase) {
      // another case of a letter beyond ASCII has other bytes
      if (c == REPLACEMENT
          || Character.getType(c) == Character.SURROGATE
          || (anyCase && c >= ASCII && mayHaveCases(c))) {
        end();
      } else {
        run.appendCodePoint(c);
      }
    }

    void add(TextTerms other) {
      end();
      terms.add(other);
    }

    /** What comes next does not follow at once. */
    void end() {
      if (!run.isEmpty()) {
        terms.add(new TextTerms.Run(run.toString()));
        run.setLength(0);
      }
    }

    TextTerms terms() {
      end();
      return terms.size() == 1 ? terms.getFirst() : new TextTerms.AllOf(terms);
    }
  }

  private boolean has(String next) {
    return regex.startsWith(next, at);
  }

  private boolean take(String next) {
    boolean has = has(next);
    at += has ? next.length() : 0;
    return has;
  }

  private boolean atEnd() {
    return at == regex.length();
  }

  private int next() {
    if (atEnd()) {
      throw new Unknown("ends too soon");
    }
    int c = regex.codePointAt(at);
    at += Character.charCount(c);
    return c;
  }

  /** Flags hold to the end of the group, through its alternatives. */
  private TextTerms alternatives(boolean anyCaseAround) {
    anyCase = anyCaseAround;
    List<TextTerms> all = new ArrayList<>();
    do {
      all.add(row());
    } while (take("|"));
    anyCase = anyCaseAround;
    return all.size() == 1 ? all.getFirst() : new TextTerms.AnyOf(all);
  }

  private boolean anyCase;
  private boolean everAnyCase;
  private boolean dotIsAll;
  private int breaks;

  private TextTerms row() {
    Row row = new Row();
    while (!atEnd() && !has("|") && !has(")")) {
      if (take("\\Q")) {
        quoted(row);
        continue;
      }
      Integer character = null;
      TextTerms other = null;
      int before = breaks;
      boolean group = has("(");
      if (group) {
        other = group();
        if (other == null) {
          continue; // flags only
        }
      } else if (has("[")) {
        character = bracketed();
        other = character == null ? TextTerms.anything() : null;
      } else if (take("^") || take("$")) {
        continue; // between two characters that follow each other all the same
      } else if (take(".")) {
        breaks += dotIsAll ? MANY : 0;
        other = TextTerms.anything();
      } else if (has("\\")) {
        at++;
        int escaped = next();
        if ("bBAz".indexOf(escaped) >= 0) {
          breaks += "Az".indexOf(escaped) >= 0 ? MANY : 0;
          continue;
        }
        character = escaped(escaped);
        breaks += "sn".indexOf(escaped) >= 0 ? 1 : 0;
        breaks += "SDWpPx".indexOf(escaped) >= 0 ? MANY : 0;
        other = character == null ? TextTerms.anything() : null;
      } else {
        character = next();
        breaks += character == '\n' ? 1 : 0;
      }
      int start = at;
      int least = repetitions();
      if (group && at > start && breaks > before) {
        breaks += MANY;
      }
      add(row, character, other, least);
    }
    return row.terms();
  }

  private static final int ONCE = -1;

  private void add(Row row, @Nullable Integer character, @Nullable TextTerms other, int least) {
    if (least == 0) {
      row.end();
    } else if (character != null) {
      row.add(character, anyCase);
      if (least != ONCE) {
        row.end(); // a further one may follow
      }
    } else if (other != null) {
      row.add(other);
    }
  }

  /** How often at least what came before is repeated; {@link #ONCE} when it is not repeated. */
  private int repetitions() {
    int least = ONCE;
    if (take("*") || take("?")) {
      least = 0;
    } else if (take("+")) {
      least = 1;
    } else if (has("{")) {
      int end = regex.indexOf('}', at);
      String count = end < 0 ? "" : regex.substring(at + 1, end);
      if (!count.matches("[0-9]{1,4}(,[0-9]{0,4})?")) {
        return ONCE; // a brace as it stands
      }
      at = end + 1;
      least = Integer.parseInt(count.replaceFirst(",.*", ""));
    } else {
      return ONCE;
    }
    take("?"); // as few as possible: the same in the end
    return least;
  }

  private void quoted(Row row) {
    int end = regex.indexOf("\\E", at);
    String text = regex.substring(at, end < 0 ? regex.length() : end);
    at = end < 0 ? regex.length() : end + 2;
    text.codePoints().forEach(c -> row.add(c, anyCase));
    breaks += text.contains("\n") ? MANY : 0;
    if (repetitions() != ONCE) {
      throw new Unknown("the last character of a quotation is repeated");
    }
  }

  /** A group, which may be nothing but flags: then null. */
  private @Nullable TextTerms group() {
    at++;
    boolean before = anyCase;
    boolean inside = anyCase;
    if (take("?")) {
      if (take("P<") || take("<")) {
        at = regex.indexOf('>', at) + 1;
      } else {
        boolean on = true;
        int flag = next();
        while (flag != ':' && flag != ')') {
          switch (flag) {
            case '-' -> on = false;
            case 'i' -> {
              inside = on;
              everAnyCase = true;
            }
            case 's' -> dotIsAll = true;
            case 'm' -> breaks += MANY; // it holds already, so it is taken away
            case 'U' -> {}
            default -> throw new Unknown("a flag");
          }
          flag = next();
        }
        if (flag == ')') {
          anyCase = inside;
          return null;
        }
      }
    }
    TextTerms terms = alternatives(inside);
    anyCase = before;
    if (!take(")")) {
      throw new Unknown("a group that does not end");
    }
    return terms;
  }

  /** A class in brackets: its character, when it has one only, or the same letter in two sizes. */
  private @Nullable Integer bracketed() {
    at++;
    boolean negated = take("^");
    int start = at;
    int only = -1;
    boolean several = negated;
    boolean first = true;
    while (first || !has("]")) {
      first = false;
      if (take("[:")) {
        at = regex.indexOf(":]", at) + 2;
        several = true;
        continue;
      }
      int c = next();
      Integer character = c == '\\' ? escaped(next()) : Integer.valueOf(c);
      int small =
          character == null ? -1 : character < ASCII ? Character.toLowerCase(character) : character;
      several |= small < 0 || (only >= 0 && only != small);
      only = small;
      if (has("-") && !has("-]")) {
        several = true;
      }
    }
    String members = regex.substring(start, at);
    at++;
    // \w and \d keep to a line, and so does what is printed from the blank on
    boolean inLine =
        !negated
            && !members.contains("[:")
            && members
                .replaceAll("\\\\[wd\\p{Punct}]", "")
                .chars()
                .allMatch(c -> c >= ' ' && c != '\\');
    breaks += inLine || (negated && members.contains("\\n")) ? 0 : MANY;
    return several ? null : Integer.valueOf(only);
  }

  /** What an escape stands for; null for one of several. */
  private @Nullable Integer escaped(int c) {
    return switch (c) {
      case 'n' -> (int) '\n';
      case 't' -> (int) '\t';
      case 'r' -> (int) '\r';
      case 'f' -> (int) '\f';
      case 'a' -> 7;
      case 'v' -> 11;
      case 'd', 'D', 's', 'S', 'w', 'W' -> null;
      case 'p', 'P' -> {
        if (next() == '{') {
          at = regex.indexOf('}', at) + 1;
        }
        yield null;
      }
      case 'x' -> hexadecimal();
      default -> {
        if (Character.isLetterOrDigit(c)) {
          throw new Unknown("an escape");
        }
        yield c;
      }
    };
  }

  private int hexadecimal() {
    String digits;
    if (take("{")) {
      int end = regex.indexOf('}', at);
      digits = regex.substring(at, end);
      at = end + 1;
    } else {
      digits = regex.substring(at, at + 2);
      at += 2;
    }
    return Integer.parseInt(digits, 16);
  }
}
