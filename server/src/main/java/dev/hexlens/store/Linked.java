package dev.hexlens.store;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** The linkages that an index proposes: contents, each with the signatures that count. */
final class Linked implements Proposed {
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

  @Override
  public int size() {
    return size;
  }

  @Override
  public boolean has(long content, long signature) {
    return keys.contains(new Key(content, signature));
  }

  @Override
  public Long[] contents() {
    return Arrays.stream(contents, 0, size).boxed().toArray(Long[]::new);
  }
}
