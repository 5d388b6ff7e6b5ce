package dev.hexlens.elixir.erlang;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The tokens of an Erlang source, comments left out, and for each opening bracket how many
 * expressions stand in it. One pass, no recursion; it never fails: what is no Erlang comes out as
 * some tokens.
 */
final class ErlangTokens {
  /** What a token is. */
  enum Kind {
    ATOM,
    VARIABLE,
    /** A number, a character or a string. */
    LITERAL,
    PUNCTUATION,
    /** The period that ends a form. */
    DOT
  }

  private static final Kind[] KINDS = Kind.values();

  /** How many tokens the arguments of a fun may have; more are taken for a type. */
  private static final int REACH = 512;

  private final byte[] source;
  private byte[] kinds = new byte[256];
  private int[] starts = new int[256];
  private int[] ends = new int[256];
  private int[] counts = new int[256];
  private int[] depths = new int[256];
  private int size;

  ErlangTokens(byte[] source) {
    this.source = source;
    int at = 0;
    while (at < source.length) {
      at = token(at);
    }
    measure();
  }

  int size() {
    return size;
  }

  Kind kind(int token) {
    return token < 0 || token >= size ? Kind.DOT : KINDS[kinds[token]];
  }

  int start(int token) {
    return starts[token];
  }

  int end(int token) {
    return ends[token];
  }

  /** How many expressions stand between this opening bracket and its closing one. */
  int count(int opening) {
    return counts[opening];
  }

  /** How many brackets and blocks of its form are open before this token. */
  int depth(int token) {
    return depths[token];
  }

  /** Whether the token is this punctuation or word, as written. */
  boolean is(int token, String text) {
    if (token < 0 || token >= size || ends[token] - starts[token] != text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (source[starts[token] + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  boolean isAtom(int token) {
    return kind(token) == Kind.ATOM;
  }

  /** The name that an atom is, without quotes. */
  String name(int token) {
    int start = starts[token];
    int end = ends[token];
    if (source[start] != '\'') {
      return text(start, end);
    }
    String quoted = text(start + 1, Math.max(start + 1, end - 1));
    return quoted.indexOf('\\') < 0 ? quoted : quoted.replaceAll("\\\\(.)", "$1");
  }

  /** A token that is a number in decimal digits, or -1. */
  int number(int token) {
    int value = 0;
    if (kind(token) != Kind.LITERAL || ends[token] - starts[token] > 3) {
      return -1;
    }
    for (int at = starts[token]; at < ends[token]; at++) {
      if (source[at] < '0' || source[at] > '9') {
        return -1;
      }
      value = value * 10 + source[at] - '0';
    }
    return value;
  }

  private String text(int start, int end) {
    return new String(source, start, end - start, StandardCharsets.UTF_8);
  }

  // Scanning.

  private int token(int at) {
    byte c = source[at];
    if (c >= 0 && c <= ' ') {
      return at + 1;
    }
    if (c == '%') {
      int end = at;
      while (end < source.length && source[end] != '\n') {
        end++;
      }
      return end;
    }
    if ((c >= 'a' && c <= 'z') || (c & 0xff) >= 0xc3) {
      return add(Kind.ATOM, at, word(at));
    }
    if ((c >= 'A' && c <= 'Z') || c == '_') {
      return add(Kind.VARIABLE, at, word(at));
    }
    if (c >= '0' && c <= '9') {
      return add(Kind.LITERAL, at, number(at, true));
    }
    return switch (c) {
      case '\'' -> add(Kind.ATOM, at, quoted(at));
      case '"' -> add(Kind.LITERAL, at, string(at));
      case '$' -> add(Kind.LITERAL, at, character(at));
      case '.' -> period(at);
      default -> add(Kind.PUNCTUATION, at, punctuation(at));
    };
  }

  private int word(int at) {
    int end = at + 1;
    while (end < source.length && isWordPart(source[end])) {
      end++;
    }
    return end;
  }

  private static boolean isWordPart(byte c) {
    return c < 0
        || c == '_'
        || c == '@'
        || (c >= '0' && c <= '9')
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z');
  }

  /** {@code 16#ff}, {@code 1_000}, {@code 1.5e-3}. */
  private int number(int at, boolean fraction) {
    int end = at;
    while (end < source.length && (isWordPart(source[end]) || source[end] == '#')) {
      boolean exponent = source[end] == 'e' || source[end] == 'E';
      end++;
      boolean signed = end < source.length && (source[end] == '-' || source[end] == '+');
      if (exponent && !fraction && signed) {
        end++;
      }
    }
    boolean goesOn =
        fraction
            && end + 1 < source.length
            && source[end] == '.'
            && source[end + 1] >= '0'
            && source[end + 1] <= '9';
    return goesOn ? number(end + 1, false) : end;
  }

  private int quoted(int at) {
    byte quote = source[at];
    int end = at + 1;
    while (end < source.length && source[end] != quote) {
      end += source[end] == '\\' ? 2 : 1;
    }
    return Math.min(source.length, end + 1);
  }

  /** A string, or one between three quotes or more, which stand at the start of the last line. */
  private int string(int at) {
    int quotes = at;
    while (quotes < source.length && source[quotes] == '"') {
      quotes++;
    }
    int width = quotes - at;
    if (width < 3) {
      return width == 2 ? quotes : quoted(at);
    }
    int run = 0;
    boolean lineStart = false;
    for (int end = quotes; end < source.length; end++) {
      byte c = source[end];
      lineStart = c == '\n' || (lineStart && (c == ' ' || c == '\t' || c == '"'));
      run = c == '"' && lineStart ? run + 1 : 0;
      if (run == width) {
        return end + 1;
      }
    }
    return source.length;
  }

  /** {@code $a}, {@code $\n}, {@code $\x{41}}, {@code $\^a}. */
  private int character(int at) {
    int end = at + 1;
    if (end < source.length && source[end] == '\\') {
      end++;
      byte escape = end < source.length ? source[end] : 0;
      if (escape == '^') {
        end++;
      } else if (escape == 'x' && end + 1 < source.length && source[end + 1] == '{') {
        while (end < source.length && source[end] != '}') {
          end++;
        }
      } else if (escape == 'x') {
        end += 2;
      } else if (escape >= '0' && escape <= '7') {
        int digits = end;
        while (end - digits < 2
            && end + 1 < source.length
            && source[end + 1] >= '0'
            && source[end + 1] <= '7') {
          end++;
        }
      }
    }
    end++;
    while (end < source.length && (source[end] & 0xc0) == 0x80) {
      end++;
    }
    return Math.min(source.length, end);
  }

  private int period(int at) {
    int end = at + 1;
    boolean ends = end >= source.length || (source[end] >= 0 && source[end] <= ' ');
    if (ends || source[end] == '%') {
      return add(Kind.DOT, at, end);
    }
    while (end < source.length && source[end] == '.') {
      end++;
    }
    return add(Kind.PUNCTUATION, at, end);
  }

  private int punctuation(int at) {
    return at + 1 < source.length && isPair(source[at], source[at + 1]) ? at + 2 : at + 1;
  }

  private static boolean isPair(byte first, byte second) {
    return switch (first) {
      case '<' -> second == '<' || second == '=';
      case '>' -> second == '>' || second == '=';
      case ':' -> second == ':' || second == '=';
      case '=' -> second == '>' || second == '=' || second == ':';
      case '-' -> second == '>' || second == '-';
      case '|', '+' -> second == first;
      default -> false;
    };
  }

  private int add(Kind kind, int start, int end) {
    if (size == kinds.length) {
      kinds = Arrays.copyOf(kinds, size * 2);
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
    }
    kinds[size] = (byte) kind.ordinal();
    starts[size] = start;
    ends[size] = end;
    size++;
    return end;
  }

  // Brackets and blocks.

  private void measure() {
    counts = new int[size];
    depths = new int[size];
    int[] open = new int[16];
    int depth = 0;
    for (int token = 0; token < size; token++) {
      depths[token] = depth;
      if (kind(token) == Kind.DOT) {
        depth = 0;
        continue;
      }
      if (closes(token)) {
        int match = depth - 1;
        while (match >= 0 && !matches(open[match], token)) {
          match--;
        }
        depth = match >= 0 ? match : depth;
        depths[token] = depth;
        continue;
      }
      if (depth > 0) {
        int inside = open[depth - 1];
        if (is(token, ",")) {
          counts[inside]++;
        } else if (counts[inside] == 0) {
          counts[inside] = 1;
        }
      }
      if (opens(token)) {
        if (depth == open.length) {
          open = Arrays.copyOf(open, depth * 2);
        }
        open[depth++] = token;
      }
    }
  }

  private boolean opens(int token) {
    return switch (kind(token)) {
      case PUNCTUATION -> is(token, "(") || is(token, "[") || is(token, "{") || is(token, "<<");
      case ATOM ->
          is(token, "case")
              || is(token, "if")
              || is(token, "receive")
              || is(token, "try")
              || is(token, "begin")
              || (is(token, "maybe") && startsExpression(token + 1))
              || (is(token, "fun") && opensFunction(token));
      default -> false;
    };
  }

  /** After {@code maybe}, which is an ordinary atom elsewhere. */
  private boolean startsExpression(int token) {
    Kind kind = kind(token);
    return kind == Kind.VARIABLE || kind == Kind.ATOM || is(token, "{") || is(token, "[");
  }

  /**
   * {@code fun(X) -> … end} and {@code fun Name(X) -> … end}, which the type {@code fun()} isn't.
   */
  private boolean opensFunction(int token) {
    int opening = kind(token + 1) == Kind.VARIABLE ? token + 2 : token + 1;
    if (!is(opening, "(")) {
      return false;
    }
    int nested = 0;
    for (int at = opening; at < size && at - opening < REACH && kind(at) != Kind.DOT; at++) {
      nested += is(at, "(") ? 1 : is(at, ")") ? -1 : 0;
      if (nested == 0) {
        return is(at + 1, "->") || is(at + 1, "when");
      }
    }
    return false;
  }

  private boolean closes(int token) {
    return switch (kind(token)) {
      case PUNCTUATION -> is(token, ")") || is(token, "]") || is(token, "}") || is(token, ">>");
      case ATOM -> is(token, "end");
      default -> false;
    };
  }

  private boolean matches(int opening, int closing) {
    return switch (source[starts[closing]]) {
      case ')' -> is(opening, "(");
      case ']' -> is(opening, "[");
      case '}' -> is(opening, "{");
      case '>' -> is(opening, "<<");
      default -> isAtom(opening);
    };
  }
}
