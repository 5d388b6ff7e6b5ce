package dev.hexlens.store;

import org.jspecify.annotations.Nullable;

/**
 * A file ready to be stored, compressed already.
 *
 * @param path relative to the package, with slashes
 * @param source the content's bytes, compressed
 * @param extraction null for what is kept as text only
 */
public record FileRecord(
    String path, Content content, byte[] source, @Nullable Extraction extraction) {

  /**
   * What was made of a content.
   *
   * @param extractor the version of the extractor
   * @param tree the compact tree, compressed; null when nothing could be made of it
   * @param signature identifies the facts and terms among all of this content
   * @param terms sorted, each once
   */
  public record Extraction(
      int extractor,
      State state,
      byte @Nullable [] tree,
      long signature,
      FileFacts facts,
      int[] terms) {}

  /** Whether a program wrote it. */
  public boolean isGenerated() {
    return GeneratedCode.isIn(content.bytes(), source.length);
  }

  /** How whole a file is. */
  public enum State {
    OK("ok"),
    /** A part does not parse; the rest is indexed. */
    DAMAGED("damaged"),
    /** The parser gave up. */
    UNREADABLE("unreadable");

    private final String stored;

    State(String stored) {
      this.stored = stored;
    }

    String stored() {
      return stored;
    }
  }

  /** A file of which only the text is kept. */
  public static FileRecord text(String path, Content content) {
    return new FileRecord(path, content, Compression.compress(content.bytes()), null);
  }

  /** A file with what was made of it; {@code tree} as {@code CompactTree} wrote it. */
  public static FileRecord extracted(
      String path,
      Content content,
      int extractor,
      State state,
      byte @Nullable [] tree,
      FileFacts facts,
      int[] terms) {
    byte[] compressed = tree == null ? null : Compression.compress(tree);
    long signature = Signature.of(extractor, facts, terms);
    return new FileRecord(
        path,
        content,
        Compression.compress(content.bytes()),
        new Extraction(extractor, state, compressed, signature, facts, terms));
  }
}
