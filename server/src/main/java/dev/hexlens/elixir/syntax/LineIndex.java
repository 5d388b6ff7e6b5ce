package dev.hexlens.elixir.syntax;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Turns byte offsets of one source into lines and columns and back. Lines end with a line feed, as
 * Elixir's tokenizer counts them; lines and columns start at 1, a column counts code points (or
 * UTF-16 units, for editors that ask so).
 *
 * <p>In an ASCII source, which nearly every one is, a column costs a binary search and no look at
 * the text.
 */
public final class LineIndex {
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long HIGH_BITS = 0x8080808080808080L;

  /** Empty where nobody has to look at it: in an ASCII source. */
  private final byte[] source;

  private final int length;
  private final int[] lineStarts;
  private final boolean ascii;

  private LineIndex(byte[] source, int[] lineStarts, boolean ascii) {
    this.source = ascii ? new byte[0] : source;
    this.length = source.length;
    this.lineStarts = lineStarts;
    this.ascii = ascii;
  }

  /**
   * Reads the line ends of a source in UTF-8; unless it is ASCII, the array is kept, not copied.
   */
  public static LineIndex of(byte[] source) {
    // The JVM searches a Latin-1 string for a character many bytes at a time.
    String text = new String(source, StandardCharsets.ISO_8859_1);
    int[] starts = new int[Math.max(16, source.length / 24)];
    int lines = 1;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) {
      if (lines == starts.length) {
        starts = Arrays.copyOf(starts, lines * 2);
      }
      starts[lines++] = end + 1;
    }
    return new LineIndex(source, Arrays.copyOf(starts, lines), isAscii(source));
  }

  private static boolean isAscii(byte[] source) {
    int at = 0;
    for (; at + Long.BYTES <= source.length; at += Long.BYTES) {
      if (((long) EIGHT.get(source, at) & HIGH_BITS) != 0) {
        return false;
      }
    }
    while (at < source.length && source[at] >= 0) {
      at++;
    }
    return at == source.length;
  }

  /** Whether every character is one byte. */
  public boolean isAscii() {
    return ascii;
  }

  /** How many bytes of memory it holds, roughly. */
  public int weight() {
    return 64 + Integer.BYTES * lineStarts.length + source.length;
  }

  /** The number of lines; a line feed at the end opens one more. */
  public int lines() {
    return lineStarts.length;
  }

  /** The line of a byte offset, 1 to {@link #lines}. */
  public int line(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** The column of a byte offset in code points, from 1. */
  public int column(int offset) {
    int start = lineStarts[line(offset) - 1];
    if (ascii) {
      return offset - start + 1;
    }
    int column = 1;
    for (int at = start; at < Math.min(offset, source.length); at++) {
      column += isContinuation(source[at]) ? 0 : 1;
    }
    return column;
  }

  /** The column of a byte offset in UTF-16 units, from 1. */
  public int columnUtf16(int offset) {
    int start = lineStarts[line(offset) - 1];
    if (ascii) {
      return offset - start + 1;
    }
    int column = 1;
    for (int at = start; at < Math.min(offset, source.length); at++) {
      byte b = source[at];
      column += isContinuation(b) ? 0 : (b & 0xf8) == 0xf0 ? 2 : 1;
    }
    return column;
  }

  /** The first byte of a line, 1 to {@link #lines}. */
  public int lineStart(int line) {
    return lineStarts[line - 1];
  }

  /** The byte after a line's last one, its line feed included. */
  public int lineEnd(int line) {
    return line < lineStarts.length ? lineStarts[line] : length;
  }

  /**
   * The byte offset of a place; a line or column that is not there gives the nearest one that is.
   *
   * @param column in code points, from 1
   */
  public int offset(int line, int column) {
    int inside = Math.clamp(line, 1, lineStarts.length);
    int start = lineStarts[inside - 1];
    int end = inside < lineStarts.length ? lineStarts[inside] - 1 : length;
    if (ascii) {
      return Math.clamp((long) start + column - 1, start, end);
    }
    int at = start;
    for (int passed = 1; passed < column && at < end; passed++) {
      at = after(at, end);
    }
    return at;
  }

  /** As {@link #offset}, with the column in UTF-16 units from 1. */
  public int offsetUtf16(int line, int column) {
    int inside = Math.clamp(line, 1, lineStarts.length);
    int start = lineStarts[inside - 1];
    int end = inside < lineStarts.length ? lineStarts[inside] - 1 : length;
    if (ascii) {
      return Math.clamp((long) start + column - 1, start, end);
    }
    int at = start;
    int passed = 1;
    while (passed < column && at < end) {
      passed += (source[at] & 0xf8) == 0xf0 ? 2 : 1;
      at = after(at, end);
    }
    return at;
  }

  private int after(int at, int end) {
    int next = at + 1;
    while (next < end && isContinuation(source[next])) {
      next++;
    }
    return next;
  }

  private static boolean isContinuation(byte b) {
    return (b & 0xc0) == 0x80;
  }
}
