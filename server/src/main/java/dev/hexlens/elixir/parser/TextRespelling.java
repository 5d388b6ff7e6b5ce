package dev.hexlens.elixir.parser;

import java.nio.charset.StandardCharsets;

/** The respellings that are found in the text itself: where they are needed, the tree is wrong. */
final class TextRespelling {
  /** How far to look for the end of one construct; nobody writes longer ones. */
  static final int REACH = 4096;

  private final byte[] source;
  private final Spelling spelling;

  TextRespelling(byte[] source, Spelling spelling) {
    this.source = source;
    this.spelling = spelling;
  }

  /** Letters beyond ASCII, and NUL; a character literal keeps its one character. */
  void letters() {
    String text = null;
    for (int at = 0; at < source.length; at++) {
      if (source[at] == 0) {
        spelling.spell(at, 'a');
      } else if (source[at] < 0) {
        int width = width(source[at]);
        if (at + width > source.length) {
          return;
        }
        text = new String(source, at, width, StandardCharsets.UTF_8);
        boolean literal = at > 0 && (source[at - 1] == '?' || source[at - 1] == '\\');
        if (!literal && Character.isUnicodeIdentifierPart(text.codePointAt(0))) {
          for (int i = at; i < at + width; i++) {
            spelling.spell(i, 'a');
          }
        }
        at += width - 1;
      }
    }
  }

  private static int width(byte first) {
    return (first & 0xe0) == 0xc0 ? 2 : (first & 0xf0) == 0xe0 ? 3 : (first & 0xf8) == 0xf0 ? 4 : 1;
  }

  /** {@code f.(a) do}, found by its spelling: the tree of it is only errors. */
  void anonymousCalls() {
    for (int at = 1; at + 1 < source.length; at++) {
      if (source[at] == '.'
          && source[at + 1] == '('
          && source[at - 1] != '.'
          && source[at - 1] != '?'
          && hasBlock(at + 1)) {
        spelling.insert(at + 1, 'x');
      }
    }
  }

  private boolean hasBlock(int opening) {
    int depth = 0;
    int limit = Math.min(source.length, opening + REACH);
    for (int at = opening; at < limit; at++) {
      depth += source[at] == '(' ? 1 : source[at] == ')' ? -1 : 0;
      if (depth == 0) {
        int word = at + 1;
        while (word < limit && source[word] == ' ') {
          word++;
        }
        return word + 2 < source.length
            && source[word] == 'd'
            && source[word + 1] == 'o'
            && !isWordPart(source[word + 2])
            && source[word + 2] != ':';
      }
    }
    return false;
  }

  /** {@code x -> y;} before {@code end}. */
  void lastSemicolons() {
    for (int at = 0; at + 3 < source.length; at++) {
      if (source[at] == ';') {
        int word = at + 1;
        while (word < source.length && source[word] <= ' ' && source[word] >= 0) {
          word++;
        }
        boolean end =
            word + 2 < source.length
                && source[word] == 'e'
                && source[word + 1] == 'n'
                && source[word + 2] == 'd';
        if (end && (word + 3 == source.length || !isWordPart(source[word + 3]))) {
          spelling.spell(at, '\n');
        }
        at = word - 1;
      }
    }
  }

  /** All sigils, found by their spelling: one that is read wrong hides the next. */
  void sigils() {
    for (int at = 0; at + 1 < source.length; at++) {
      if (source[at] == '~' && isUpper(source[at + 1])) {
        sigil(at, Math.min(source.length, at + REACH));
      }
    }
  }

  /** In a sigil without escapes, {@code \\} before the delimiter are two characters. */
  void sigil(int start, int end) {
    int at = start + 1;
    if (at >= end || !isUpper(source[at])) {
      return;
    }
    while (at < end && isWordPart(source[at])) {
      at++;
    }
    if (at >= end) {
      return;
    }
    byte closing = closing(source[at]);
    for (int in = at + 1; in + 1 < end && source[in] != closing; in++) {
      if (source[in] == '\\') {
        if (source[in + 1] == '\\' && in + 2 < source.length && source[in + 2] == closing) {
          spelling.spell(in, 'a');
          spelling.spell(in + 1, 'a');
          return;
        }
        in++;
      }
    }
  }

  private static byte closing(byte opening) {
    return switch (opening) {
      case '(' -> ')';
      case '[' -> ']';
      case '{' -> '}';
      case '<' -> '>';
      default -> opening;
    };
  }

  private static boolean isUpper(byte c) {
    return c >= 'A' && c <= 'Z';
  }

  static boolean isWordPart(byte c) {
    return c < 0 || c == '_' || Character.isLetterOrDigit(c);
  }
}
