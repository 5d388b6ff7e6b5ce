package dev.hexlens.store;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Contents that are indexed together. A slot's lists are stored as 64 headers, then the lists that
 * have a body: a header is a number of 7-bit groups, the body's bytes times 4, plus its kind.
 */
final class TextSegment {
  /** A list of it is then at most 512 bytes. */
  static final int MOST = 4_096;

  private static final int NONE = 0;
  private static final int ALL = 1;
  private static final int DIFFERENCES = 2;
  private static final int BITS = 3;

  private static final int BYTE = 0x80;

  private final List<Long> contents = new ArrayList<>();

  /** To each slot: place of the content times 64, plus the list. */
  private final int[][] slots = new int[TextGrams.SLOTS][16];

  private final int[] sizes = new int[TextGrams.SLOTS];

  void add(long content, TextGrams grams) {
    int place = contents.size();
    contents.add(content);
    for (int slot = 0; slot < TextGrams.SLOTS; slot++) {
      for (long lists = grams.lists(slot); lists != 0; lists &= lists - 1) {
        if (sizes[slot] == slots[slot].length) {
          slots[slot] = Arrays.copyOf(slots[slot], 2 * sizes[slot]);
        }
        slots[slot][sizes[slot]++] = place * TextGrams.LISTS + Long.numberOfTrailingZeros(lists);
      }
    }
  }

  int size() {
    return contents.size();
  }

  long id() {
    return contents.getFirst();
  }

  byte[] contents() {
    ByteBuffer bytes = ByteBuffer.allocate(contents.size() * Long.BYTES);
    contents.forEach(bytes::putLong);
    return bytes.array();
  }

  /** The ids in what {@link #contents} made. */
  static long[] contents(byte[] stored) {
    long[] ids = new long[stored.length / Long.BYTES];
    ByteBuffer.wrap(stored).asLongBuffer().get(ids);
    return ids;
  }

  boolean isEmpty(int slot) {
    return sizes[slot] == 0;
  }

  /** The lists of a slot, as they are stored. */
  byte[] lists(int slot) {
    int[] counts = new int[TextGrams.LISTS];
    for (int i = 0; i < sizes[slot]; i++) {
      counts[slots[slot][i] % TextGrams.LISTS]++;
    }
    int[][] places = new int[TextGrams.LISTS][];
    for (int list = 0; list < TextGrams.LISTS; list++) {
      places[list] = new int[counts[list]];
      counts[list] = 0;
    }
    for (int i = 0; i < sizes[slot]; i++) {
      int list = slots[slot][i] % TextGrams.LISTS;
      places[list][counts[list]++] = slots[slot][i] / TextGrams.LISTS;
    }
    ByteArrayOutputStream headers = new ByteArrayOutputStream();
    ByteArrayOutputStream bodies = new ByteArrayOutputStream();
    for (int[] list : places) {
      int before = bodies.size();
      int kind = body(list, bodies);
      number((bodies.size() - before) * 4 + kind, headers);
    }
    headers.writeBytes(bodies.toByteArray());
    return headers.toByteArray();
  }

  private int body(int[] places, ByteArrayOutputStream out) {
    if (places.length == 0) {
      return NONE;
    }
    if (places.length == size()) {
      return ALL;
    }
    int bytes = (size() + 7) / 8;
    if (places.length >= bytes) { // a difference takes a byte at least
      byte[] bits = new byte[bytes];
      for (int place : places) {
        bits[place / 8] |= (byte) (1 << (place % 8));
      }
      out.writeBytes(bits);
      return BITS;
    }
    int last = -1;
    for (int place : places) {
      number(place - last - 1, out);
      last = place;
    }
    return DIFFERENCES;
  }

  private static void number(int value, ByteArrayOutputStream out) {
    int rest = value;
    while (rest >= BYTE) {
      out.write(rest | BYTE);
      rest >>>= 7;
    }
    out.write(rest);
  }

  /**
   * Reads a list.
   *
   * @param lists as {@link #lists} made them
   * @param wanted -1 for all that are in one of them
   * @param size how many contents the segment has
   */
  static BitSet read(byte[] lists, int wanted, int size) {
    BitSet found = new BitSet(size);
    ByteBuffer headers = ByteBuffer.wrap(lists);
    int[] lengths = new int[TextGrams.LISTS];
    for (int list = 0; list < TextGrams.LISTS; list++) {
      lengths[list] = number(headers);
    }
    int at = headers.position();
    for (int list = 0; list < TextGrams.LISTS; list++) {
      int length = lengths[list] / 4;
      if (wanted < 0 || wanted == list) {
        read(ByteBuffer.wrap(lists, at, length), lengths[list] % 4, size, found);
      }
      at += length;
    }
    return found;
  }

  private static void read(ByteBuffer body, int kind, int size, BitSet found) {
    switch (kind) {
      case ALL -> found.set(0, size);
      case BITS -> found.or(BitSet.valueOf(body));
      default -> {
        int place = -1;
        while (body.hasRemaining()) {
          place += number(body) + 1;
          found.set(place);
        }
      }
    }
  }

  private static int number(ByteBuffer from) {
    int value = 0;
    int shift = 0;
    while (true) {
      int next = from.get();
      value |= (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
      shift += 7;
    }
  }
}
