package dev.hexlens.index;

import dev.hexlens.elixir.ElixirReader;
import dev.hexlens.elixir.facts.Facts;
import dev.hexlens.elixir.link.Linker;
import dev.hexlens.elixir.syntax.CompactTree;
import dev.hexlens.elixir.syntax.QuotedTree;
import dev.hexlens.store.Candidates.StoredFile;
import dev.hexlens.store.Content;
import dev.hexlens.store.FileRecord;
import org.jspecify.annotations.Nullable;

/**
 * A file after the first pass: read, but its open names not linked yet.
 *
 * @param problem a sentence about what of it could not be read; null when all could
 * @param tree the compact tree; null for what is kept as text
 * @param live the tree and facts themselves; null where they were let go to save memory
 * @param facts of a file of which no tree is made; null for others
 */
record ExtractedFile(
    String path,
    Content content,
    FileRecord.State state,
    @Nullable String problem,
    byte @Nullable [] tree,
    @Nullable Live live,
    @Nullable Facts facts) {

  /** A file as the store has it, to be linked again. */
  static ExtractedFile stored(StoredFile file) {
    String language = SourceLanguage.of(file.at().path()).orElse(SourceLanguage.ELIXIR).stored();
    return new ExtractedFile(
        file.at().path(),
        Content.of(language, file.source()),
        FileRecord.State.OK,
        null,
        file.tree(),
        null,
        null);
  }

  /** What linking needs of a file. */
  record Live(QuotedTree tree, Facts facts) {
    /** The same of a template in the module that it belongs to. */
    Live placed(Linker linker, String path) {
      return new Live(tree, linker.placed(facts, path));
    }
  }

  /** The tree and facts, made again from the compact tree where they were let go. */
  Live revived() {
    if (live != null) {
      return live;
    }
    if (tree == null) {
      throw new IllegalStateException(path + " has no syntax tree");
    }
    QuotedTree read = CompactTree.read(tree).tree();
    return new Live(read, ElixirReader.facts(path, read, content.bytes()));
  }
}
