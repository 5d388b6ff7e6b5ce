package dev.hexlens.store;

import java.util.Arrays;

/** The linkages that an index proposes: contents, each with the signatures that count. */
final class Linked implements Proposed {
  private static final int FIRST = 64;
  private static final int EMPTY = -1;

  private long[] contents = new long[FIRST];
  private long[] signatures = new long[FIRST];
  private int size;

  /** Places in the lists, by what the ids of contents have for a hash; they are one. */
  private int[] slots = emptySlots(2 * FIRST);

  private static int[] emptySlots(int count) {
    int[] slots = new int[count];
    Arrays.fill(slots, EMPTY);
    return slots;
  }

  void add(long content, long signature) {
    int slot = slot(content, signature);
    if (slots[slot] != EMPTY) {
      return;
    }
    if (size == contents.length) {
      contents = Arrays.copyOf(contents, 2 * size);
      signatures = Arrays.copyOf(signatures, 2 * size);
      slots = emptySlots(4 * size);
      for (int place = 0; place < size; place++) {
        slots[slot(contents[place], signatures[place])] = place;
      }
      slot = slot(content, signature);
    }
    slots[slot] = size;
    contents[size] = content;
    signatures[size++] = signature;
  }

  /** Where it is, or would be. */
  private int slot(long content, long signature) {
    int mask = slots.length - 1;
    int slot = (int) (content ^ content >>> 32) & mask;
    while (slots[slot] != EMPTY
        && (contents[slots[slot]] != content || signatures[slots[slot]] != signature)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public boolean has(long content, long signature) {
    return slots[slot(content, signature)] != EMPTY;
  }

  @Override
  public long[] contents() {
    return Arrays.copyOf(contents, size);
  }
}
