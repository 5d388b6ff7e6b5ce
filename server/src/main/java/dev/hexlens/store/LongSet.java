package dev.hexlens.store;

import java.util.Arrays;

/**
 * Ids of contents, some hundred thousand of them, put together and asked for in a few nanoseconds
 * each. They are bits of a hash, so their own bits say where to look.
 */
final class LongSet {
  private static final int FIRST = 64;

  /** Stands for no id; whether it is one itself is kept apart. */
  private static final long NONE = 0;

  private long[] slots = new long[FIRST];
  private boolean hasNone;
  private int size;

  void add(long id) {
    if (id == NONE) {
      size += hasNone ? 0 : 1;
      hasNone = true;
      return;
    }
    int slot = slot(id);
    if (slots[slot] == NONE) {
      slots[slot] = id;
      size++;
      if (size * 2 > slots.length) {
        grow();
      }
    }
  }

  private void grow() {
    long[] before = slots;
    slots = new long[2 * before.length];
    for (long id : before) {
      if (id != NONE) {
        slots[slot(id)] = id;
      }
    }
  }

  /** Where it is, or would be. */
  private int slot(long id) {
    int mask = slots.length - 1;
    int slot = (int) (id ^ id >>> 32) & mask;
    while (slots[slot] != NONE && slots[slot] != id) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  boolean has(long id) {
    return id == NONE ? hasNone : slots[slot(id)] == id;
  }

  int size() {
    return size;
  }

  long[] toArray() {
    long[] ids = new long[size];
    int count = 0;
    for (long id : slots) {
      if (id != NONE) {
        ids[count++] = id;
      }
    }
    return hasNone ? ids : Arrays.copyOf(ids, count);
  }
}
