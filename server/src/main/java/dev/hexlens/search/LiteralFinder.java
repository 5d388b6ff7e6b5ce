package dev.hexlens.search;

import java.util.function.IntBinaryOperator;

/** Horspool's search over bytes, in which large and small letters of ASCII may be the same. */
final class LiteralFinder implements TextFinder {
  private static final int BYTES = 256;

  private final byte[] wanted;
  private final byte[] folded = new byte[BYTES];
  private final int[] skip = new int[BYTES];

  /**
   * @param wanted at least one byte; without capital letters of ASCII where any case counts
   */
  LiteralFinder(byte[] wanted, boolean anyCase) {
    this.wanted = wanted.clone();
    int last = wanted.length - 1;
    for (int b = 0; b < BYTES; b++) {
      folded[b] = (byte) (anyCase && b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b);
      skip[b] = wanted.length;
    }
    for (int i = 0; i < last; i++) {
      skip[wanted[i] & 0xff] = last - i;
    }
    for (int b = 'A'; anyCase && b <= 'Z'; b++) {
      skip[b] = skip[folded[b] & 0xff];
    }
  }

  @Override
  public void find(byte[] source, IntBinaryOperator sink) {
    int last = wanted.length - 1;
    int end = last;
    while (end < source.length) {
      if (isAt(source, end - last)) {
        if (sink.applyAsInt(end - last, end + 1) == 0) {
          return;
        }
        end += wanted.length;
      } else {
        end += skip[source[end] & 0xff];
      }
    }
  }

  private boolean isAt(byte[] source, int at) {
    for (int i = wanted.length - 1; i >= 0; i--) {
      if (folded[source[at + i] & 0xff] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
