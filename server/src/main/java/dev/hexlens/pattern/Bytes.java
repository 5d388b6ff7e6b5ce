package dev.hexlens.pattern;

/** Searching in bytes. */
final class Bytes {
  private Bytes() {}

  static boolean contain(byte[] source, byte[] word) {
    byte first = word[0];
    int last = source.length - word.length;
    for (int at = 0; at <= last; at++) {
      if (source[at] == first && matches(source, at, word)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(byte[] source, int at, byte[] word) {
    for (int i = 1; i < word.length; i++) {
      if (source[at + i] != word[i]) {
        return false;
      }
    }
    return true;
  }
}
