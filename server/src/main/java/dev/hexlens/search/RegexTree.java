package dev.hexlens.search;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression in RE2's syntax, as far as it tells which bytes a match consists of: what
 * looks at places between characters only is {@link Nothing}. Where it can't be exact, it stands
 * for more matches than there are, never for less.
 */
sealed interface RegexTree {
  /** The empty text. */
  record Nothing() implements RegexTree {}

  /**
   * A character.
   *
   * @param anyCase also its other forms
   */
  record Literal(int character, boolean anyCase) implements RegexTree {}

  /**
   * One of several characters.
   *
   * @param low those below 64, a bit each
   * @param high those from 64 to 127
   * @param beyond whether there are others among them
   */
  record OneOf(long low, long high, boolean beyond) implements RegexTree {
    private static final OneOf ANY = new OneOf(-1, -1, true);

    boolean has(int ascii) {
      return ((ascii < Long.SIZE ? low : high) >>> ascii & 1) != 0;
    }

    private OneOf or(OneOf other) {
      return new OneOf(low | other.low, high | other.high, beyond || other.beyond);
    }

    /** All others; beyond ASCII nothing is known of them. */
    private OneOf not() {
      return new OneOf(~low, ~high, true);
    }

    private static OneOf ascii(IntPredicate members) {
      OneOf all = new OneOf(0, 0, false);
      for (int c = 0; c < ASCII; c++) {
        if (members.test(c)) {
          all = all.or(c < Long.SIZE ? new OneOf(1L << c, 0, false) : new OneOf(0, 1L << c, false));
        }
      }
      return all;
    }

    private OneOf withCasesOfAscii() {
      return or(ascii(c -> has(Character.toLowerCase(c)) || has(Character.toUpperCase(c))));
    }

    private OneOf inAnyCase() {
      OneOf all = withCasesOfAscii();
      // U+212A folds to k, U+017F to s.
      OneOf folded = ascii(c -> "kKsS".indexOf(c) >= 0);
      boolean both = all.has('k') || all.has('s');
      return beyond ? all.or(folded) : new OneOf(all.low, all.high, both);
    }
  }

  /** One after the other. */
  record Sequence(List<RegexTree> parts) implements RegexTree {
    public Sequence {
      parts = List.copyOf(parts);
    }
  }

  /** One of these. */
  record Alternatives(List<RegexTree> each) implements RegexTree {
    public Alternatives {
      each = List.copyOf(each);
    }
  }

  /**
   * So many times.
   *
   * @param most {@link #UNBOUNDED} for any number
   */
  record Repeated(RegexTree tree, int least, int most) implements RegexTree {}

  int UNBOUNDED = -1;

  int ASCII = 0x80;

  /**
   * What was read.
   *
   * @param anyCase whether small and large letters count as the same anywhere in it
   * @param seesBeyond whether a match may depend on what is not in its lines
   */
  record Parsed(RegexTree tree, boolean anyCase, boolean seesBeyond) {}

  /** Reads an expression that RE2 has taken; null where this reader does not follow. */
  static @Nullable Parsed parse(String regex) {
    Parser parser = new Parser(regex);
    try {
      RegexTree tree = parser.alternatives(false);
      return parser.atEnd() ? new Parsed(tree, parser.everAnyCase, parser.seesBeyond) : null;
    } catch (Unknown | IndexOutOfBoundsException | NumberFormatException e) {
      return null;
    }
  }

  /** What this reader does not follow. */
  final class Unknown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Unknown(String what) {
      super(what, null, false, false);
    }
  }

  /** Reads from left to right. */
  final class Parser {
    private static final OneOf DIGIT = OneOf.ascii(c -> c >= '0' && c <= '9');
    private static final OneOf SPACE = OneOf.ascii(c -> "\t\n\f\r ".indexOf(c) >= 0);
    private static final OneOf WORD = OneOf.ascii(c -> c == '_' || Character.isLetterOrDigit(c));
    private static final OneOf NEWLINE = OneOf.ascii(c -> c == '\n');

    private final String regex;
    private int at;
    private boolean anyCase;
    private boolean everAnyCase;
    private boolean dotIsAll;
    private boolean seesBeyond;

    private Parser(String regex) {
      this.regex = regex;
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
    private RegexTree alternatives(boolean anyCaseAround) {
      boolean dotAround = dotIsAll;
      anyCase = anyCaseAround;
      List<RegexTree> all = new ArrayList<>();
      do {
        all.add(row());
      } while (take("|"));
      anyCase = anyCaseAround;
      dotIsAll = dotAround;
      return all.size() == 1 ? all.getFirst() : new Alternatives(all);
    }

    private RegexTree row() {
      List<RegexTree> parts = new ArrayList<>();
      while (!atEnd() && !has("|") && !has(")")) {
        if (take("\\Q")) {
          quoted(parts);
          continue;
        }
        RegexTree part = part();
        if (part != null) {
          parts.add(repeated(part));
        }
      }
      return parts.size() == 1 ? parts.getFirst() : new Sequence(parts);
    }

    /** The next part; null for flags. */
    private @Nullable RegexTree part() {
      if (has("(")) {
        return group();
      }
      if (take("[")) {
        return bracketed();
      }
      if (take("^") || take("$")) {
        return new Nothing();
      }
      if (take(".")) {
        return dotIsAll ? OneOf.ANY : NEWLINE.not();
      }
      if (take("\\")) {
        int escaped = next();
        if ("bBAz".indexOf(escaped) >= 0) {
          seesBeyond |= "Az".indexOf(escaped) >= 0;
          return new Nothing();
        }
        return escaped(escaped);
      }
      return new Literal(next(), anyCase);
    }

    private RegexTree repeated(RegexTree part) {
      RegexTree tree = part;
      while (true) {
        int least;
        int most = UNBOUNDED;
        if (take("*")) {
          least = 0;
        } else if (take("+")) {
          least = 1;
        } else if (take("?")) {
          least = 0;
          most = 1;
        } else if (has("{")) {
          int end = regex.indexOf('}', at);
          String count = end < 0 ? "" : regex.substring(at + 1, end);
          if (!count.matches("[0-9]{1,4}(,[0-9]{0,4})?")) {
            return tree; // a brace as it stands
          }
          at = end + 1;
          int comma = count.indexOf(',');
          least = Integer.parseInt(comma < 0 ? count : count.substring(0, comma));
          if (comma < 0) {
            most = least;
          } else if (comma + 1 < count.length()) {
            most = Integer.parseInt(count.substring(comma + 1));
          }
        } else {
          return tree;
        }
        take("?"); // as few as possible: the same in the end
        tree = new Repeated(tree, least, most);
      }
    }

    private void quoted(List<RegexTree> parts) {
      int end = regex.indexOf("\\E", at);
      String text = regex.substring(at, end < 0 ? regex.length() : end);
      at = end < 0 ? regex.length() : end + 2;
      text.codePoints().forEach(c -> parts.add(new Literal(c, anyCase)));
      if (has("*") || has("+") || has("?") || has("{")) {
        throw new Unknown("the last character of a quotation is repeated");
      }
    }

    /** A group, which may be nothing but flags: then null. */
    private @Nullable RegexTree group() {
      at++;
      boolean before = anyCase;
      boolean dotBefore = dotIsAll;
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
              case 's' -> dotIsAll = on;
              case 'm' -> seesBeyond = true; // it holds already, so it is taken away
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
      RegexTree tree = alternatives(inside);
      anyCase = before;
      dotIsAll = dotBefore;
      if (!take(")")) {
        throw new Unknown("a group that does not end");
      }
      return tree;
    }

    private RegexTree bracketed() {
      boolean negated = take("^");
      OneOf all = new OneOf(0, 0, false);
      int only = -1;
      boolean several = negated;
      boolean loose = false; // of what is more than is meant, the others are less
      boolean first = true;
      while (first || !has("]")) {
        if (take("[:")) {
          int end = regex.indexOf(":]", at);
          all = all.or(named(regex.substring(at, end)));
          at = end + 2;
          several = true;
        } else {
          int c = next();
          RegexTree one = c == '\\' ? escaped(next()) : new Literal(c, false);
          if (one instanceof OneOf set) {
            loose |= set.equals(OneOf.ANY);
            all = all.or(set);
            several = true;
          } else if (one instanceof Literal from) {
            int to = from.character();
            if (has("-") && !has("-]")) {
              at++;
              int end = next();
              to = end == '\\' ? character(escaped(next())) : end;
            }
            several |= !first || to != from.character();
            only = to;
            all = all.or(range(from.character(), to));
          }
        }
        first = false;
      }
      at++;
      if (!several) {
        return new Literal(only, anyCase);
      }
      if (negated) {
        return loose ? OneOf.ANY : (anyCase ? all.withCasesOfAscii() : all).not();
      }
      return anyCase ? all.inAnyCase() : all;
    }

    private static int character(RegexTree tree) {
      if (tree instanceof Literal literal) {
        return literal.character();
      }
      throw new Unknown("a range that ends in a class");
    }

    private static OneOf range(int from, int to) {
      OneOf ascii = OneOf.ascii(c -> c >= from && c <= to);
      return to < ASCII ? ascii : new OneOf(ascii.low, ascii.high, true);
    }

    /** What POSIX calls so; of ASCII only. */
    private static OneOf named(String name) {
      if (name.startsWith("^")) {
        return named(name.substring(1)).not();
      }
      return switch (name) {
        case "alnum" -> OneOf.ascii(Character::isLetterOrDigit);
        case "alpha" -> OneOf.ascii(Character::isLetter);
        case "blank" -> OneOf.ascii(c -> c == ' ' || c == '\t');
        case "digit" -> DIGIT;
        case "lower" -> OneOf.ascii(Character::isLowerCase);
        case "space" -> SPACE.or(OneOf.ascii(c -> c == '\u000b'));
        case "upper" -> OneOf.ascii(Character::isUpperCase);
        case "word" -> WORD;
        case "xdigit" -> OneOf.ascii(c -> Character.digit(c, 16) >= 0);
        case "graph" -> OneOf.ascii(c -> c > ' ' && c < 0x7f);
        case "print" -> OneOf.ascii(c -> c >= ' ' && c < 0x7f);
        case "punct" -> OneOf.ascii(c -> c > ' ' && c < 0x7f && !Character.isLetterOrDigit(c));
        case "cntrl" -> OneOf.ascii(c -> c < ' ' || c == 0x7f);
        case "ascii" -> OneOf.ascii(c -> true);
        default -> throw new Unknown("a class");
      };
    }

    private RegexTree escaped(int c) {
      return switch (c) {
        case 'n' -> new Literal('\n', false);
        case 't' -> new Literal('\t', false);
        case 'r' -> new Literal('\r', false);
        case 'f' -> new Literal('\f', false);
        case 'a' -> new Literal(7, false);
        case 'v' -> new Literal(11, false);
        case 'd' -> DIGIT;
        case 'D' -> DIGIT.not();
        case 's' -> SPACE;
        case 'S' -> SPACE.not();
        case 'w' -> anyCase ? WORD.inAnyCase() : WORD;
        case 'W' -> WORD.not();
        case 'p', 'P' -> {
          if (next() == '{') {
            at = regex.indexOf('}', at) + 1;
          }
          yield OneOf.ANY;
        }
        case 'x' -> new Literal(hexadecimal(), anyCase);
        default -> {
          if (Character.isLetterOrDigit(c)) {
            throw new Unknown("an escape");
          }
          yield new Literal(c, anyCase);
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
}
