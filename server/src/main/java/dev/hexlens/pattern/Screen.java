package dev.hexlens.pattern;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * Judges by a source's bytes alone, before it is parsed, whether a pattern can match in it. A false
 * is certain. What is looked for is the pattern's names: they stand in every source with a match,
 * but for two ways around. A source with escapes of characters by number may spell any name. And
 * modules may go by other names when another module's macro says so: one that is used, or imported.
 */
final class Screen {
  private static final List<Word> DIRECTIVES =
      List.of(new Word("use"), new Word("import"), new Word("require"));
  private static final Word BEFORE_COMPILE = new Word("before_compile");
  private static final byte[] UNQUOTE = "unquote".getBytes(StandardCharsets.US_ASCII);

  /** Words after which an expression may begin, or which may follow one, on the same line. */
  private static final Set<String> RESERVED =
      Set.of("do", "end", "else", "after", "rescue", "catch", "and", "or", "not", "in", "when");

  private final List<Word> names;
  private final List<Word> segments;

  /**
   * @param names words of every source with a match
   * @param segments words that may be missing where names come from other modules
   */
  Screen(List<byte[]> names, List<byte[]> segments) {
    this.names = names.stream().map(Word::new).toList();
    this.segments = segments.stream().map(Word::new).toList();
  }

  boolean passes(byte[] source) {
    return (all(names, source) && (all(segments, source) || borrows(source)))
        || mayEscapeNames(source);
  }

  private static boolean all(List<Word> words, byte[] source) {
    for (Word word : words) {
      if (!word.standsIn(source)) {
        return false;
      }
    }
    return true;
  }

  private static boolean mayEscapeNames(byte[] source) {
    for (int at = 1; at < source.length; at++) {
      if (source[at - 1] == '\\' && (source[at] == 'x' || source[at] == 'u')) {
        return true;
      }
    }
    return false;
  }

  /** Whether other modules' macros may change what names mean here. */
  private static boolean borrows(byte[] source) {
    for (Word word : DIRECTIVES) {
      for (int at = word.next(source, 0); at >= 0; at = word.next(source, at + 1)) {
        if (beginsExpression(source, at) && takesModule(source, at + word.length())) {
          return true;
        }
      }
    }
    return BEFORE_COMPILE.standsIn(source);
  }

  /** Not where a sentence goes on: {@code you may use Foo}. */
  private static boolean beginsExpression(byte[] source, int at) {
    int before = at - 1;
    while (before >= 0 && isBlank(source[before])) {
      before--;
    }
    int start = before;
    while (start >= 0 && Word.isPart(source[start])) {
      start--;
    }
    return start == before || isReserved(source, start + 1, before + 1);
  }

  private static boolean takesModule(byte[] source, int behind) {
    int at = behind;
    while (at < source.length && (isBlank(source[at]) || source[at] == '(' || isEnd(source[at]))) {
      at++;
    }
    if (at == behind || at == source.length) {
      return false;
    }
    byte first = source[at];
    boolean module = (first >= 'A' && first <= 'Z') || first == '_' || first < 0;
    boolean other = first == ':' || first == '#' || first == '\\' || isUnquote(source, at);
    return other || (module && isWhole(source, at));
  }

  private static boolean isUnquote(byte[] source, int at) {
    for (int i = 0; i < UNQUOTE.length; i++) {
      if (at + i >= source.length || source[at + i] != UNQUOTE[i]) {
        return false;
      }
    }
    return true;
  }

  /** Whether an expression may end behind this name: no other word follows on the line. */
  private static boolean isWhole(byte[] source, int name) {
    int at = name;
    while (at < source.length && (Word.isPart(source[at]) || source[at] == '.' || source[at] < 0)) {
      at++;
    }
    while (at < source.length && isBlank(source[at])) {
      at++;
    }
    int end = at;
    while (end < source.length && Word.isPart(source[end])) {
      end++;
    }
    return end == at || isReserved(source, at, end);
  }

  private static boolean isReserved(byte[] source, int from, int to) {
    return RESERVED.contains(new String(source, from, to - from, StandardCharsets.US_ASCII));
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  private static boolean isEnd(byte b) {
    return b == '\n' || b == '\r';
  }
}
