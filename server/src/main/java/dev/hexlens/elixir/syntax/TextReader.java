package dev.hexlens.elixir.syntax;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the text of strings, charlists, sigils and quoted atoms as Elixir's tokenizer does: escapes
 * of the delimiter, indentation of heredocs, then the other escapes. Rules: {@code
 * elixir_interpolation.erl} and {@code extract_heredoc_with_interpolation} of {@code
 * elixir_tokenizer.erl}.
 */
final class TextReader {
  private byte[] out = new byte[256];
  private int length;
  private boolean mayBeInvalid;

  /**
   * How one literal is read.
   *
   * @param terminator the byte that closes it
   * @param heredoc whether three terminators close it
   * @param indent columns to take off each line of a heredoc
   * @param unescape whether escapes are replaced; sigils keep them
   */
  record Style(byte terminator, boolean heredoc, int indent, boolean unescape) {}

  /**
   * Reads a piece of text between two interpolations; its result is {@link #bytes} up to {@link
   * #length}.
   */
  void read(byte[] source, int from, int to, boolean atLineStart, Style style) {
    length = 0;
    mayBeInvalid = false;
    int at = atLineStart ? skipIndent(source, from, to, style.indent) : from;
    while (at < to) {
      byte c = source[at];
      if (c == '\\' && at + 1 < to) {
        at = escape(source, at + 1, to, style);
      } else {
        put(c);
        at++;
      }
      if (c == '\n' && style.heredoc) {
        at = skipIndent(source, at, to, style.indent);
      }
    }
  }

  private static int skipIndent(byte[] source, int from, int to, int indent) {
    int at = from;
    while (at < to && at - from < indent && (source[at] == ' ' || source[at] == '\t')) {
      at++;
    }
    return at;
  }

  /** {@code at} is the byte after the backslash; returns the first byte not read. */
  private int escape(byte[] source, int at, int to, Style style) {
    byte c = source[at];
    int newline = c == '\n' ? 1 : c == '\r' && at + 1 < to && source[at + 1] == '\n' ? 2 : 0;
    if (newline > 0) {
      if (!style.unescape) {
        put((byte) '\\');
        putAll(source, at, at + newline);
      }
      return style.heredoc ? skipIndent(source, at + newline, to, style.indent) : at + newline;
    }
    if (c == style.terminator && (!style.heredoc || isTriple(source, at, to, c))) {
      int count = style.heredoc ? 3 : 1;
      putAll(source, at, at + count);
      return at + count;
    }
    if (!style.unescape) {
      put((byte) '\\');
      int width = width(c);
      putAll(source, at, Math.min(to, at + width));
      return Math.min(to, at + width);
    }
    return switch (c) {
      case 'x' -> hex(source, at + 1, to);
      case 'u' -> unicode(source, at + 1, to);
      default -> {
        byte mapped = named(c);
        put(mapped);
        yield at + 1;
      }
    };
  }

  private static boolean isTriple(byte[] source, int at, int to, byte c) {
    return at + 2 < to && source[at + 1] == c && source[at + 2] == c;
  }

  /** The byte that a one-letter escape stands for; any other letter stands for itself. */
  static byte named(byte letter) {
    return switch (letter) {
      case '0' -> 0;
      case 'a' -> 7;
      case 'b' -> '\b';
      case 'd' -> 127;
      case 'e' -> 27;
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 's' -> ' ';
      case 't' -> '\t';
      case 'v' -> 11;
      default -> letter;
    };
  }

  private int hex(byte[] source, int at, int to) {
    if (at + 1 < to && isHex(source[at]) && isHex(source[at + 1])) {
      put((byte) (digit(source[at]) * 16 + digit(source[at + 1])));
      mayBeInvalid = true;
      return at + 2;
    }
    if (at < to && isHex(source[at])) {
      codePoint(digit(source[at]));
      return at + 1;
    }
    return braced(source, at, to, (byte) 'x');
  }

  private int unicode(byte[] source, int at, int to) {
    if (at + 3 < to
        && isHex(source[at])
        && isHex(source[at + 1])
        && isHex(source[at + 2])
        && isHex(source[at + 3])) {
      int value = 0;
      for (int i = 0; i < 4; i++) {
        value = value * 16 + digit(source[at + i]);
      }
      codePoint(value);
      return at + 4;
    }
    return braced(source, at, to, (byte) 'u');
  }

  private int braced(byte[] source, int at, int to, byte letter) {
    int end = at + 1;
    int value = 0;
    if (at < to && source[at] == '{') {
      while (end < to && end - at <= 6 && isHex(source[end])) {
        value = value * 16 + digit(source[end]);
        end++;
      }
      if (end > at + 1 && end < to && source[end] == '}' && value <= Character.MAX_CODE_POINT) {
        codePoint(value);
        return end + 1;
      }
    }
    put(letter); // an escape that Elixir refuses: keep what stands there
    return at;
  }

  private void codePoint(int value) {
    if (value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE) {
      return; // Elixir refuses these
    }
    byte[] utf8 = Character.toString(value).getBytes(StandardCharsets.UTF_8);
    putAll(utf8, 0, utf8.length);
  }

  private static int width(byte first) {
    int b = first & 0xff;
    return b < 0x80 ? 1 : b < 0xe0 ? 2 : b < 0xf0 ? 3 : 4;
  }

  private static boolean isHex(byte c) {
    return Character.digit(c, 16) >= 0;
  }

  private static int digit(byte c) {
    return Character.digit(c, 16);
  }

  private void put(byte c) {
    if (length == out.length) {
      out = Arrays.copyOf(out, length * 2);
    }
    out[length++] = c;
  }

  private void putAll(byte[] source, int from, int to) {
    for (int i = from; i < to; i++) {
      put(source[i]);
    }
  }

  byte[] bytes() {
    return out;
  }

  int length() {
    return length;
  }

  String text() {
    return new String(out, 0, length, StandardCharsets.UTF_8);
  }

  /** Whether the text read last is UTF-8; only {@code \xHH} can break it. */
  boolean isUtf8() {
    if (!mayBeInvalid) {
      return true;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(out, 0, length));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
