package dev.hexlens.hex;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a file of Erlang terms, each ended by a dot, as far as package metadata use the language:
 * binaries, strings, integers, atoms, lists, tuples and maps. It evaluates nothing and makes no
 * atoms of Erlang's.
 *
 * <p>hex_core's lexer is the measure: comments, floats, {@code $c} and {@code 16#ff} are errors,
 * and a backslash before any other character stands for that character.
 */
final class ErlangTermReader {

  /** What is wrong, and where. */
  static final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    SyntaxException(String what, int position) {
      super(what + " at character " + position);
    }
  }

  /** Real metadata nest about six deep. */
  private static final int DEEPEST = 100;

  /** Hex's versions have at most 14 digits; nothing in metadata needs more than these. */
  private static final int LONGEST_INTEGER = 1000;

  private final String source;
  private int position;
  private int depth;

  private ErlangTermReader(String source) {
    this.source = source;
  }

  /**
   * Reads all terms. Bytes that are not UTF-8 as a whole are taken as Latin-1, as hex_core does.
   */
  static List<ErlangTerm> read(byte[] bytes) throws SyntaxException {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      text = new String(bytes, StandardCharsets.ISO_8859_1);
    }
    return new ErlangTermReader(text).forms();
  }

  private List<ErlangTerm> forms() throws SyntaxException {
    List<ErlangTerm> forms = new ArrayList<>();
    skipSpace();
    while (position < source.length()) {
      forms.add(term());
      skipSpace();
      expect('.');
      if (position < source.length() && !isSpace(source.charAt(position))) {
        throw error("a dot ends a term only before white space");
      }
      skipSpace();
    }
    return forms;
  }

  private ErlangTerm term() throws SyntaxException {
    if (++depth > DEEPEST) {
      throw error("terms nested more than " + DEEPEST + " deep");
    }
    skipSpace();
    char first = peek();
    ErlangTerm term;
    if (first == '-' || isDigit(first)) {
      term = new ErlangTerm.Int(integer());
    } else if (first >= 'a' && first <= 'z') {
      term = new ErlangTerm.Atom(word());
    } else {
      term =
          switch (first) {
            case '<' -> binary();
            case '"' -> new ErlangTerm.Text(adjacentStrings());
            case '[' -> new ErlangTerm.Sequence(elements('[', ']'));
            case '{' -> new ErlangTerm.Tuple(elements('{', '}'));
            case '#' -> dictionary();
            case '\'' -> new ErlangTerm.Atom(quoted('\''));
            default -> throw error("no term begins so");
          };
    }
    depth--;
    return term;
  }

  private List<ErlangTerm> elements(char open, char close) throws SyntaxException {
    expect(open);
    List<ErlangTerm> elements = new ArrayList<>();
    skipSpace();
    if (peek() == close) {
      position++;
      return elements;
    }
    while (true) {
      elements.add(term());
      skipSpace();
      if (peek() == close) {
        position++;
        return elements;
      }
      expect(',');
    }
  }

  private ErlangTerm dictionary() throws SyntaxException {
    expect('#');
    expect('{');
    Map<ErlangTerm, ErlangTerm> entries = new LinkedHashMap<>();
    skipSpace();
    if (peek() == '}') {
      position++;
      return new ErlangTerm.Dictionary(entries);
    }
    while (true) {
      ErlangTerm key = term();
      skipSpace();
      expect('=');
      expect('>');
      entries.put(key, term());
      skipSpace();
      if (peek() == '}') {
        position++;
        return new ErlangTerm.Dictionary(entries);
      }
      expect(',');
    }
  }

  private ErlangTerm binary() throws SyntaxException {
    expect('<');
    expect('<');
    StringBuilder text = new StringBuilder();
    // Octets stand for UTF-8: that is how a name outside of Latin-1 is printed. Collected first,
    // for a character's octets are segments of their own.
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    skipSpace();
    while (peek() != '>') {
      if (peek() == '"') {
        flush(octets, text);
        text.append(adjacentStrings());
        skipSpace();
        if (source.startsWith("/utf8", position)) {
          position += "/utf8".length();
        }
      } else {
        int octet = integer().intValue();
        if (octet < 0 || octet > 255) {
          throw error("a number in a binary is not from 0 to 255");
        }
        octets.write(octet);
      }
      skipSpace();
      if (peek() == ',') {
        position++;
        skipSpace();
        if (peek() == '>') {
          throw error("a value is missing after the comma");
        }
      } else if (peek() != '>') {
        throw error("a comma or >> is missing");
      }
    }
    expect('>');
    expect('>');
    flush(octets, text);
    return new ErlangTerm.Text(text.toString());
  }

  private static void flush(ByteArrayOutputStream octets, StringBuilder text) {
    text.append(octets.toString(StandardCharsets.UTF_8));
    octets.reset();
  }

  private String adjacentStrings() throws SyntaxException {
    StringBuilder text = new StringBuilder();
    do {
      text.append(quoted('"'));
      skipSpace();
    } while (position < source.length() && peek() == '"');
    return text.toString();
  }

  private String quoted(char quote) throws SyntaxException {
    expect(quote);
    StringBuilder text = new StringBuilder();
    while (true) {
      char c = next();
      if (c == quote) {
        return text.toString();
      }
      if (c == '\\') {
        escape(text);
      } else {
        text.append(c);
      }
    }
  }

  private void escape(StringBuilder text) throws SyntaxException {
    char c = next();
    switch (c) {
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case 'v' -> text.append('\u000b');
      case 'b' -> text.append('\b');
      case 'f' -> text.append('\f');
      case 'e' -> text.append('\u001b');
      case 's' -> text.append(' ');
      case 'd' -> text.append('\u007f');
      case '^' -> text.append((char) (next() & 0x1f));
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        int octal = c - '0';
        for (int i = 0; i < 2 && position < source.length() && isOctal(peek()); i++) {
          octal = octal * 8 + (next() - '0');
        }
        text.append((char) octal);
      }
      default -> text.append(c);
    }
  }

  private BigInteger integer() throws SyntaxException {
    int start = position;
    if (peek() == '-') {
      position++;
    }
    int digits = position;
    while (position < source.length() && isDigit(source.charAt(position))) {
      position++;
    }
    if (position == digits) {
      throw error("digits are missing");
    }
    if (position - digits > LONGEST_INTEGER) {
      throw error("an integer of more than " + LONGEST_INTEGER + " digits");
    }
    return new BigInteger(source.substring(start, position));
  }

  private String word() {
    int start = position;
    while (position < source.length() && isWord(source.charAt(position))) {
      position++;
    }
    return source.substring(start, position);
  }

  private void skipSpace() {
    while (position < source.length() && isSpace(source.charAt(position))) {
      position++;
    }
  }

  private char peek() throws SyntaxException {
    if (position >= source.length()) {
      throw error("the file ends inside a term");
    }
    return source.charAt(position);
  }

  private char next() throws SyntaxException {
    char c = peek();
    position++;
    return c;
  }

  private void expect(char wanted) throws SyntaxException {
    if (peek() != wanted) {
      throw error("'" + wanted + "' is missing");
    }
    position++;
  }

  private SyntaxException error(String what) {
    return new SyntaxException(what, position);
  }

  private static boolean isSpace(char c) {
    return c <= ' ';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isOctal(char c) {
    return c >= '0' && c <= '7';
  }

  private static boolean isWord(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '@';
  }
}
