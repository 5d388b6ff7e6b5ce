package dev.hexlens.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The three bytes in a row that a source has, each as a bit among 2^17: a slot for the first two,
 * of which the third is one of 64. So a text of two bytes is looked up in one slot as well. A
 * source has some 1,200 of them to 5 KB.
 */
final class TextGrams {
  static final int SLOTS = 2_048;

  /** To a slot. */
  static final int LISTS = 64;

  /** The shortest text that can be looked up. */
  static final int PAIR = 2;

  private static final int BYTES = 256;

  /** What follows the last byte. */
  private static final int END = 0;

  private static final byte[] SMALL = new byte[BYTES];

  /** What is frequent in sources has a place of its own. */
  private static final byte[] THIRD = new byte[BYTES];

  static {
    for (int b = 0; b < BYTES; b++) {
      SMALL[b] = (byte) (b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b);
    }
    String frequent = "abcdefghijklmnopqrstuvwxyz0123456789_ \n.,:;()[]{}<>\"'@%&|=-+/#!?\\";
    for (int b = 0; b < BYTES; b++) {
      int place = frequent.indexOf(b);
      THIRD[b] = (byte) ((place < 0 ? b : place) % LISTS);
    }
  }

  /** A bit for each list of a slot. */
  private final long[] slots = new long[SLOTS];

  /**
   * A list.
   *
   * @param list -1 for any of the slot
   */
  record Gram(int slot, int list) {}

  /** Small letters for capitals of ASCII, also for the two further letters that fold to one. */
  static byte[] folded(byte[] source) {
    byte[] folded = new byte[source.length];
    int size = 0;
    for (int i = 0; i < source.length; i++) {
      byte b = source[i];
      if (b >= 0) {
        folded[size++] = SMALL[b];
      } else if (isLongS(source, i)) {
        folded[size++] = 's';
        i++;
      } else if (isKelvin(source, i)) {
        folded[size++] = 'k';
        i += 2;
      } else {
        folded[size++] = b;
      }
    }
    return size == folded.length ? folded : Arrays.copyOf(folded, size);
  }

  /** U+017F folds to s. */
  private static boolean isLongS(byte[] source, int at) {
    return source[at] == (byte) 0xc5 && at + 1 < source.length && source[at + 1] == (byte) 0xbf;
  }

  /** U+212A, the sign of the unit, folds to k. */
  private static boolean isKelvin(byte[] source, int at) {
    return source[at] == (byte) 0xe2
        && at + 2 < source.length
        && source[at + 1] == (byte) 0x84
        && source[at + 2] == (byte) 0xaa;
  }

  private static int slot(int first, int second) {
    int hash = (first << 8 | second) * 0x9e3779b1;
    return ((hash ^ hash >>> 15) * 0x85ebca77) >>> 21;
  }

  /** Reads a source in place of the one before. */
  void read(byte[] source) {
    Arrays.fill(slots, 0);
    byte[] text = folded(source);
    if (text.length == 0) {
      return;
    }
    int first = text[0] & 0xff;
    int second = text.length > 1 ? text[1] & 0xff : END;
    for (int i = 2; i < text.length; i++) {
      int third = text[i] & 0xff;
      slots[slot(first, second)] |= 1L << THIRD[third];
      first = second;
      second = third;
    }
    slots[slot(first, second)] |= 1L << THIRD[END];
  }

  /** A bit for each list of a slot that it is in. */
  long lists(int slot) {
    return slots[slot];
  }

  boolean has(Gram gram) {
    long lists = slots[gram.slot()];
    return gram.list() < 0 ? lists != 0 : (lists >>> gram.list() & 1) != 0;
  }

  /** The lists in which every source is that holds these bytes, folded ones, at least two. */
  static List<Gram> of(byte[] bytes) {
    if (bytes.length == PAIR) {
      return List.of(new Gram(slot(bytes[0] & 0xff, bytes[1] & 0xff), -1));
    }
    List<Gram> grams = new ArrayList<>();
    for (int i = 2; i < bytes.length; i++) {
      grams.add(new Gram(slot(bytes[i - 2] & 0xff, bytes[i - 1] & 0xff), THIRD[bytes[i] & 0xff]));
    }
    return grams.stream().distinct().toList();
  }
}
