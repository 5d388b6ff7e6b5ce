package dev.hexlens.store;

/** The files that an index proposes, by their contents. */
interface Proposed {
  int size();

  boolean has(long content, long signature);

  /** The contents, some perhaps more than once. */
  long[] contents();

  /** These contents, whatever is known of their names. */
  record Contents(LongSet ids) implements Proposed {
    @Override
    public int size() {
      return ids.size();
    }

    @Override
    public boolean has(long content, long signature) {
      return ids.has(content);
    }

    @Override
    public long[] contents() {
      return ids.toArray();
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
    public long[] contents() {
      return one.size() < other.size() ? one.contents() : other.contents();
    }
  }
}
