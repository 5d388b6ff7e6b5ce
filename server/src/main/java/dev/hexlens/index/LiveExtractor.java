package dev.hexlens.index;

import dev.hexlens.elixir.facts.Exports;
import dev.hexlens.elixir.facts.ModuleExports;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.Candidates.StoredFile;
import dev.hexlens.store.FileFacts;
import dev.hexlens.store.GeneratedCode;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Makes of a text on the screen what the store keeps of a file on disk, by the same steps. One for
 * each text: of what it has read it keeps what an edit leaves. For one thread at a time.
 */
public final class LiveExtractor implements AutoCloseable {
  private static final FileFacts NOTHING = new FileFacts(List.of(), List.of(), List.of());

  private static final byte[] NO_TREE = {};

  private final Extractor extractor = Extractor.incremental();

  /** A text after the first pass. */
  public static final class Read {
    private final byte[] source;
    private final Extractor.Extracted extracted;

    private Read(byte[] source, Extractor.Extracted extracted) {
      this.source = source;
      this.extracted = extracted;
    }

    /** What its modules export, by name. */
    public Map<String, ModuleExports> exports() {
      return extracted.exports();
    }
  }

  /** A text as a search sees it. */
  public static final class LiveFile {
    private final Read read;
    private final byte[] tree;
    private final FileFacts facts;
    private final int[] terms;

    private LiveFile(Read read, byte[] tree, FileFacts facts, int[] terms) {
      this.read = read;
      this.tree = tree;
      this.facts = facts;
      this.terms = terms;
    }

    public byte[] source() {
      return read.source;
    }

    public FileFacts facts() {
      return facts;
    }

    /** Whether it may hold what has all these terms. */
    public boolean hasAll(Collection<Integer> wanted) {
      return wanted.stream().allMatch(term -> Arrays.binarySearch(terms, term) >= 0);
    }

    /** Whether it says of itself that a program wrote it. */
    public boolean isGenerated() {
      return GeneratedCode.saysSo(read.source);
    }

    /** Whether patterns can be matched: what is not Elixir has names only. */
    public boolean hasTree() {
      return tree.length > 0;
    }

    /** The file as if it came from the store. */
    public StoredFile at(Candidate candidate) {
      return new StoredFile(candidate, tree, facts, read.source);
    }
  }

  public Read read(String path, byte[] source) {
    return new Read(source, extractor.extract(List.of(new Extractor.Source(path, source))));
  }

  public LiveFile link(Read read, Exports seen) {
    for (ExtractedFile file : read.extracted.files()) {
      Extractor.Linked linked = extractor.linked(file, seen);
      if (linked != null) {
        byte[] tree = file.tree();
        return new LiveFile(read, tree == null ? NO_TREE : tree, linked.facts(), linked.terms());
      }
    }
    return new LiveFile(read, NO_TREE, NOTHING, new int[0]);
  }

  @Override
  public void close() {
    extractor.close();
  }
}
