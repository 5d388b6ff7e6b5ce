package dev.hexlens.store;

import java.util.Set;

/** The files that an index proposes, by their contents. */
interface Proposed {
  int size();

  boolean has(long content, long signature);

  /** The contents, some perhaps more than once. */
  Long[] contents();

  /** These contents, whatever is known of their names. */
  record Contents(Set<Long> ids) implements Proposed {
    @Override
    public int size() {
      return ids.size();
    }

    @Override
    public boolean has(long content, long signature) {
      return ids.contains(content);
    }

    @Override
    public Long[] contents() {
      return ids.toArray(Long[]::new);
    }
  }

  /** What two indexes propose. */
  record Both(Proposed one, Proposed other) implements Proposed {
    @Override
    public int size() {
      return Math.min(one.size(), other.size());
    }

    @Override
    public boolean has(long content, long signature) {
      return one.has(content, signature) && other.has(content, signature);
    }

    @Override
    public Long[] contents() {
      return one.size() < other.size() ? one.contents() : other.contents();
    }
  }
}
