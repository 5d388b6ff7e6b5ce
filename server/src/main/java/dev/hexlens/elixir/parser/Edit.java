package dev.hexlens.elixir.parser;

import java.util.Arrays;

/**
 * Where two texts differ: everything before and behind is alike. Offsets count bytes.
 *
 * @param start of what differs, in both
 * @param oldEnd behind it in the text that was
 * @param newEnd behind it in the text that is
 */
record Edit(int start, int oldEnd, int newEnd) {
  /** What makes one text the other; found by comparing, so nobody has to keep account of edits. */
  static Edit between(byte[] before, byte[] after) {
    int shorter = Math.min(before.length, after.length);
    int mismatch = Arrays.mismatch(before, after);
    int start = mismatch < 0 ? shorter : mismatch;
    int common = 0;
    while (common < shorter - start
        && before[before.length - 1 - common] == after[after.length - 1 - common]) {
      common++;
    }
    return new Edit(start, before.length - common, after.length - common);
  }

  /** By how much the text behind it moves. */
  int shift() {
    return newEnd - oldEnd;
  }
}
