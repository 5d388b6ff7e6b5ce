package dev.hexlens.store;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** The linkages that an index proposes: contents, each with the signatures that count. */
final class Linked {
  private long[] contents = new long[64];
  private int size;
  private final Set<Key> keys = new HashSet<>();

  private record Key(long content, long signature) {}

  void add(long content, long signature) {
    if (keys.add(new Key(content, signature))) {
      if (size == contents.length) {
        contents = Arrays.copyOf(contents, 2 * size);
      }
      contents[size++] = content;
    }
  }

  int size() {
    return size;
  }

  boolean has(long content, long signature) {
    return keys.contains(new Key(content, signature));
  }

  /** The contents, some perhaps more than once. */
  Long[] contents() {
    return Arrays.stream(contents, 0, size).boxed().toArray(Long[]::new);
  }
}
