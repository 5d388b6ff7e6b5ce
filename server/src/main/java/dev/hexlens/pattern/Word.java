package dev.hexlens.pattern;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A word to be found in sources that are not parsed: an ASCII name where no letter, digit or
 * underscore touches it. Horspool's search, which looks at one byte in as many as the word is long.
 */
public final class Word {
  private static final int BYTES = 256;

  private final byte[] text;

  /** By byte: how far to go on when it stands where the word would end; 0 for its last one. */
  private final int[] skip = new int[BYTES];

  Word(byte[] text) {
    this.text = text.clone();
    int last = text.length - 1;
    Arrays.fill(skip, text.length);
    for (int i = 0; i <= last; i++) {
      skip[text[i] & 0xff] = last - i;
    }
  }

  public Word(String text) {
    this(text.getBytes(StandardCharsets.US_ASCII));
  }

  public int length() {
    return text.length;
  }

  boolean standsIn(byte[] source) {
    return next(source, 0) >= 0;
  }

  /** Where the word stands next, at or behind an offset; -1 when it doesn't. */
  public int next(byte[] source, int from) {
    int last = text.length - 1;
    int end = from + last;
    while (end < source.length) {
      int jump = skip[source[end] & 0xff];
      if (jump > 0) {
        end += jump;
      } else if (isAt(source, end - last)) {
        return end - last;
      } else {
        end++;
      }
    }
    return -1;
  }

  private boolean isAt(byte[] source, int at) {
    int behind = at + text.length;
    return Arrays.equals(source, at, behind, text, 0, text.length)
        && (at == 0 || !isPart(source[at - 1]))
        && (behind == source.length || !isPart(source[behind]));
  }

  /** Whether a byte can be part of a word; those of other letters than ASCII's count as blanks. */
  public static boolean isPart(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '_';
  }
}
