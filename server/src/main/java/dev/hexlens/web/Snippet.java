package dev.hexlens.web;

import dev.hexlens.elixir.syntax.LineIndex;
import dev.hexlens.elixir.syntax.QuotedTree;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines around something found, as a page shows them.
 *
 * @param more lines of it that were left out
 */
record Snippet(List<Line> lines, int more) {
  /** One line before and one after say where it stands. */
  private static final int CONTEXT = 1;

  private static final int MOST_LINES = 8;

  /** Generated files have lines of any length; of these the part around the mark is shown. */
  private static final int LONGEST = 300;

  private static final int BEFORE_MARK = 80;

  /**
   * A line.
   *
   * @param number from 1
   * @param mark from and to of the part that was found, in UTF-16 units of the text; null for none
   * @param cut whether the text is only a part of the line
   */
  record Line(int number, String text, int @Nullable [] mark, boolean cut) {}

  /** The lines around a range of bytes. */
  static Snippet of(byte[] source, LineIndex lines, int start, int end) {
    int first = lines.line(start);
    int last = lines.line(Math.max(start, end - 1));
    int shownLast = Math.min(last, first + MOST_LINES - 1);
    List<Line> shown = new ArrayList<>();
    for (int number = Math.max(1, first - CONTEXT);
        number <= Math.min(lines.lines(), shownLast + CONTEXT);
        number++) {
      if (number > shownLast && shownLast < last) {
        break;
      }
      String text = text(source, lines, number);
      boolean context = number < first || number > last;
      if (!context || !text.isBlank()) {
        shown.add(context ? line(number, text, null) : marked(lines, number, text, start, end));
      }
    }
    return new Snippet(shown, last - shownLast);
  }

  private static String text(byte[] source, LineIndex lines, int number) {
    return QuotedTree.slice(source, lines.lineStart(number), lines.lineEnd(number)).stripTrailing();
  }

  private static Line marked(LineIndex lines, int number, String text, int start, int end) {
    int from =
        lines.line(start) == number
            ? lines.columnUtf16(start) - 1
            : text.length() - text.stripLeading().length();
    int to = end < lines.lineEnd(number) ? lines.columnUtf16(end) - 1 : text.length();
    from = Math.min(from, text.length());
    return line(number, text, new int[] {from, Math.clamp(to, from, text.length())});
  }

  private static Line line(int number, String text, int @Nullable [] mark) {
    if (text.length() <= LONGEST) {
      return new Line(number, text, mark, false);
    }
    int from = mark == null ? 0 : Math.max(0, mark[0] - BEFORE_MARK);
    int to = Math.min(text.length(), from + LONGEST);
    return new Line(
        number,
        text.substring(from, to),
        mark == null ? null : new int[] {mark[0] - from, Math.min(mark[1], to) - from},
        true);
  }
}
