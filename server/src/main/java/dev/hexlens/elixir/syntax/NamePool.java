package dev.hexlens.elixir.syntax;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The names and literals of one file, each once. A tree's nodes hold indexes into it, so that
 * comparing two nodes of a file compares two integers, and a file that lacks a name of a pattern is
 * ruled out without looking at its nodes.
 */
public final class NamePool {
  private byte[] bytes;
  private int[] offsets;
  private int count;
  private int[] slots;
  private @Nullable String[] texts;

  NamePool() {
    this.bytes = new byte[4096];
    this.offsets = new int[513];
    this.slots = new int[1024];
    this.texts = new String[0];
    Arrays.fill(slots, -1);
  }

  /**
   * A pool read back: {@code offsets} has one entry more than there are names; it is only searched,
   * never added to.
   */
  NamePool(byte[] bytes, int[] offsets, int count) {
    this.bytes = bytes;
    this.offsets = offsets;
    this.count = count;
    this.slots = new int[0];
    this.texts = new String[0];
  }

  void clear() {
    count = 0;
    Arrays.fill(slots, -1);
    texts = new String[0];
  }

  /** A copy that no longer changes, holding no more than it needs. */
  NamePool frozen() {
    return new NamePool(
        Arrays.copyOf(bytes, offsets[count]), Arrays.copyOf(offsets, count + 1), count);
  }

  public int size() {
    return count;
  }

  int length(int name) {
    return offsets[name + 1] - offsets[name];
  }

  int intern(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return intern(utf8, 0, utf8.length);
  }

  int intern(byte[] source, int from, int to) {
    int hash = hash(source, from, to);
    int slot = hash & (slots.length - 1);
    while (slots[slot] >= 0) {
      if (equal(slots[slot], source, from, to)) {
        return slots[slot];
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = count;
    return add(source, from, to);
  }

  private int add(byte[] source, int from, int to) {
    int at = offsets[count];
    int length = to - from;
    if (at + length > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(at + length, bytes.length * 2));
    }
    System.arraycopy(source, from, bytes, at, length);
    if (count + 2 > offsets.length) {
      offsets = Arrays.copyOf(offsets, offsets.length * 2);
    }
    offsets[++count] = at + length;
    if (count * 2 > slots.length) {
      grow();
    }
    return count - 1;
  }

  private void grow() {
    slots = new int[slots.length * 2];
    Arrays.fill(slots, -1);
    for (int name = 0; name < count; name++) {
      int slot = hash(bytes, offsets[name], offsets[name + 1]) & (slots.length - 1);
      while (slots[slot] >= 0) {
        slot = (slot + 1) & (slots.length - 1);
      }
      slots[slot] = name;
    }
  }

  /** The index of the name with these bytes, or -1 when the file has no such name. */
  public int find(byte[] name) {
    if (slots.length > 0) {
      int slot = hash(name, 0, name.length) & (slots.length - 1);
      while (slots[slot] >= 0) {
        if (equal(slots[slot], name, 0, name.length)) {
          return slots[slot];
        }
        slot = (slot + 1) & (slots.length - 1);
      }
      return -1;
    }
    for (int candidate = 0; candidate < count; candidate++) {
      if (equal(candidate, name, 0, name.length)) {
        return candidate;
      }
    }
    return -1;
  }

  /**
   * The name as text; what is not UTF-8 comes out with replacement characters, see {@link
   * #bytes(int)}.
   */
  public String text(int name) {
    if (texts.length < count) {
      texts = Arrays.copyOf(texts, Math.max(count, 16));
    }
    String text = texts[name];
    if (text == null) {
      text = new String(bytes, offsets[name], length(name), StandardCharsets.UTF_8);
      texts[name] = text;
    }
    return text;
  }

  /** A copy of the name's bytes. */
  public byte[] bytes(int name) {
    return Arrays.copyOfRange(bytes, offsets[name], offsets[name + 1]);
  }

  private boolean equal(int name, byte[] source, int from, int to) {
    int length = offsets[name + 1] - offsets[name];
    return length == to - from
        && Arrays.equals(bytes, offsets[name], offsets[name + 1], source, from, to);
  }

  private static int hash(byte[] source, int from, int to) {
    int hash = to - from;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + source[i];
    }
    return hash ^ (hash >>> 15);
  }
}
