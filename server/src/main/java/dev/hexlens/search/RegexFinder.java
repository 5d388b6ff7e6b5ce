package dev.hexlens.search;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.hexlens.store.TextTerms;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * RE2's matches. RE2/J reads some 5 MB a second; so it gets only the lines in which an automaton,
 * or one of a few texts that every match holds, says that one may be, and those around them.
 */
final class RegexFinder implements TextFinder {
  /** Looking for more texts takes longer than the automaton. */
  private static final int MOST_ANCHORS = 4;

  private final Pattern pattern;
  private final RegexTerms.Known known;

  /** One of them is in every match; none: nothing is known. */
  private final List<LiteralFinder> anchors;

  private final @Nullable ByteAutomaton automaton;

  private RegexFinder(
      Pattern pattern,
      RegexTerms.Known known,
      List<LiteralFinder> anchors,
      @Nullable ByteAutomaton automaton) {
    this.pattern = pattern;
    this.known = known;
    this.anchors = anchors;
    this.automaton = automaton;
  }

  /**
   * @param known null for what is no regular expression in truth
   */
  static TextFinder of(Pattern pattern, RegexTerms.@Nullable Known known) {
    if (known == null) {
      return (source, sink) -> matches(pattern, source, 0, sink);
    }
    List<String> anchors = anchors(known.terms());
    return new RegexFinder(
        pattern,
        known,
        anchors.size() > MOST_ANCHORS
            ? List.of()
            : anchors.stream().map(text -> new LiteralFinder(small(text), true)).toList(),
        known.tree() == null ? null : ByteAutomaton.of(known.tree()));
  }

  private static byte[] small(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] >= 'A' && bytes[i] <= 'Z') {
        bytes[i] = (byte) (bytes[i] + ('a' - 'A'));
      }
    }
    return bytes;
  }

  /** Texts of which every match has one: as long ones as there are; none when there are none. */
  private static List<String> anchors(TextTerms terms) {
    return switch (terms) {
      case TextTerms.Run run ->
          run.isAnything() || run.text().contains("\n") ? List.of() : List.of(run.text());
      case TextTerms.AllOf all ->
          all.terms().stream()
              .map(RegexFinder::anchors)
              .filter(each -> !each.isEmpty())
              .max(
                  Comparator.comparingInt(
                      each -> each.stream().mapToInt(String::length).min().orElse(0)))
              .orElse(List.of());
      case TextTerms.AnyOf any -> {
        List<String> each = new ArrayList<>();
        for (TextTerms one : any.terms()) {
          List<String> its = anchors(one);
          if (its.isEmpty()) {
            yield List.of();
          }
          each.addAll(its);
        }
        yield each;
      }
    };
  }

  @Override
  public void find(byte[] source, IntBinaryOperator sink) {
    BitSet lines = lines(source);
    if (lines == null) {
      matches(pattern, source, 0, sink);
      return;
    }
    int searched = 0;
    for (int line = lines.nextSetBit(0); line >= 0; line = lines.nextSetBit(line)) {
      int start = Math.max(searched, before(source, line));
      int end = after(source, line);
      for (int next = lines.nextSetBit(line + 1);
          next >= 0 && before(source, next) <= end;
          next = lines.nextSetBit(next + 1)) {
        end = after(source, next);
      }
      if ((automaton == null || automaton.mayMatch(source, start, end))
          && !matches(pattern, Arrays.copyOfRange(source, start, end), start, sink)) {
        return;
      }
      searched = end;
      line = end;
    }
  }

  /** The lines near which a match may be, by where they begin; null for all. */
  private @Nullable BitSet lines(byte[] source) {
    boolean ascii = isAscii(source);
    if (!ascii && !isUtf8(source)) {
      return null; // RE2/J takes bytes for others' that follow those that are no UTF-8
    }
    if (known.breaks() == RegexTerms.ANY_NUMBER) {
      return automaton == null || automaton.mayMatch(source, 0, source.length)
          ? null
          : new BitSet();
    }
    BitSet lines = new BitSet();
    if (anchors.isEmpty() || (known.anyCase() && !ascii)) {
      return automaton != null && ends(automaton, source, lines) ? lines : null;
    }
    for (LiteralFinder anchor : anchors) {
      anchor.find(
          source,
          (start, end) -> {
            lines.set(lineStart(source, start));
            return 1;
          });
    }
    return lines;
  }

  private boolean ends(ByteAutomaton automaton, byte[] source, BitSet lines) {
    return automaton.ends(
        source,
        place -> {
          lines.set(lineStart(source, place));
          return known.breaks() == 0 ? lineEnd(source, place) : place + 1;
        });
  }

  /** Where the lines begin that a match may reach back to. */
  private int before(byte[] source, int line) {
    int start = line;
    int breaks = 0;
    while (start > 0 && breaks < known.breaks()) {
      int end = start - 1;
      start = lineStart(source, end);
      breaks += isBlank(source, start, end) ? 0 : 1;
    }
    return start;
  }

  /** The end of the lines that a match may reach on to, with its line break. */
  private int after(byte[] source, int line) {
    int end = lineEnd(source, line);
    int breaks = 0;
    while (end < source.length && breaks < known.breaks()) {
      int start = end;
      end = lineEnd(source, start);
      breaks += isBlank(source, start, end) ? 0 : 1;
    }
    return end;
  }

  private static int lineStart(byte[] source, int at) {
    int start = at;
    while (start > 0 && source[start - 1] != '\n') {
      start--;
    }
    return start;
  }

  private static int lineEnd(byte[] source, int at) {
    int end = at;
    while (end < source.length && source[end] != '\n') {
      end++;
    }
    return Math.min(source.length, end + 1);
  }

  private static boolean isBlank(byte[] source, int start, int end) {
    for (int i = start; i < end; i++) {
      if (" \t\r\f\n".indexOf(source[i]) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAscii(byte[] source) {
    for (byte b : source) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  private static final int NONE = -1;

  private static boolean isUtf8(byte[] source) {
    int i = 0;
    while (i < source.length) {
      int first = source[i++] & 0xff;
      if (first < RegexTree.ASCII) {
        continue;
      }
      int more = first < 0xc2 || first > 0xf4 ? NONE : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
      int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80; // not longer than need be
      int most = first == 0xf4 ? 0x8f : 0xbf;
      if (more < 0 || i + more > source.length) {
        return false;
      }
      for (int end = i + more; i < end; i++) {
        int next = source[i] & 0xff;
        if (next < least || next > most) {
          return false;
        }
        least = 0x80;
        most = 0xbf;
      }
    }
    return true;
  }

  /** Whether more are wanted. */
  private static boolean matches(
      Pattern pattern, byte[] source, int offset, IntBinaryOperator sink) {
    Matcher matcher = pattern.matcher(source);
    while (matcher.find()) {
      if (matcher.end() > matcher.start()
          && sink.applyAsInt(offset + matcher.start(), offset + matcher.end()) == 0) {
        return false;
      }
    }
    return true;
  }
}
