package dev.hexlens.store;

/**
 * Tells the linkages of one content apart: two that say the same are one row. It depends on what
 * was found, so a change in a module that matters to none of a file's names leaves the file's
 * linkage as it is.
 */
final class Signature {
  private static final long PRIME = 0x100000001b3L;

  private Signature() {}

  /** Never 0, which stands for "no linkage". */
  static long of(int extractor, FileFacts facts, int[] terms) {
    long hash = 0xcbf29ce484222325L + extractor;
    for (int term : terms) {
      hash = (hash ^ term) * PRIME;
    }
    for (FileFacts.Referred reference : facts.references()) {
      hash = (hash ^ reference.start()) * PRIME;
      hash = (hash ^ reference.symbol().printed().hashCode()) * PRIME;
      hash = (hash ^ reference.certainty().ordinal()) * PRIME;
    }
    for (FileFacts.Defined defined : facts.definitions()) {
      hash = (hash ^ defined.symbol().printed().hashCode()) * PRIME;
    }
    for (FileFacts.Imported imported : facts.imports()) {
      hash = (hash ^ imported.environment()) * PRIME;
      hash = (hash ^ imported.symbol().printed().hashCode()) * PRIME;
    }
    return hash == 0 ? 1 : hash;
  }
}
