package dev.hexlens.index;

import dev.hexlens.elixir.ElixirReader;
import dev.hexlens.elixir.facts.Exports;
import dev.hexlens.elixir.facts.Facts;
import dev.hexlens.elixir.facts.ModuleExports;
import dev.hexlens.elixir.facts.NameResolution;
import dev.hexlens.elixir.facts.Reference;
import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.elixir.link.Linker;
import dev.hexlens.elixir.parser.ParseTimeout;
import dev.hexlens.elixir.syntax.CompactTree;
import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.elixir.syntax.LineIndex;
import dev.hexlens.elixir.syntax.QuotedTree;
import dev.hexlens.pattern.Term;
import dev.hexlens.pattern.TermCollector;
import dev.hexlens.store.Content;
import dev.hexlens.store.FileFacts;
import dev.hexlens.store.FileRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes of sources what the store keeps. Two passes over a release: what each file says by itself,
 * then, when the exports of all its modules and of its dependencies are known, what its names mean.
 * For one thread at a time.
 */
public final class Extractor implements AutoCloseable {
  /**
   * Goes up when a change in reading Elixir makes stored extractions differ from fresh ones; they
   * are then made again.
   */
  public static final int VERSION = 10;

  /** Releases of more source than this let their trees go between the passes. */
  private static final long KEEP_TREES_BYTES = 12L << 20;

  private final ElixirReader reader;

  public Extractor() {
    this(new ElixirReader());
  }

  private Extractor(ElixirReader reader) {
    this.reader = reader;
  }

  /** For one file that is edited again and again. */
  static Extractor incremental() {
    return new Extractor(ElixirReader.incremental());
  }

  /** A file as it came. */
  public record Source(String path, byte[] bytes) {}

  /** A release after the first pass. */
  public record Extracted(List<ExtractedFile> files, Map<String, ModuleExports> exports) {
    /** What could not be read, a sentence a file. */
    public List<String> problems() {
      return files.stream().flatMap(file -> Stream.ofNullable(file.problem())).toList();
    }
  }

  /** The first pass: everything that a file says by itself. */
  public Extracted extract(List<Source> sources) {
    long bytes = sources.stream().mapToLong(source -> source.bytes().length).sum();
    boolean keep = bytes <= KEEP_TREES_BYTES;
    List<ExtractedFile> files = new ArrayList<>();
    Map<String, ModuleExports> exports = new HashMap<>();
    for (Source source : sources) {
      throwIfInterrupted();
      SourceLanguage.of(source.path())
          .ifPresent(language -> files.add(extract(source, language, keep, exports)));
    }
    return new Extracted(List.copyOf(files), Map.copyOf(exports));
  }

  private ExtractedFile extract(
      Source source, SourceLanguage language, boolean keep, Map<String, ModuleExports> exports) {
    Content content = Content.of(language.stored(), source.bytes());
    if (language == SourceLanguage.ERLANG) {
      Facts facts = SourceFacts.ofErlang(source.path(), source.bytes()).orElse(null);
      if (facts != null) {
        facts.exports().forEach(module -> exports.putIfAbsent(module.name(), module));
      }
      return new ExtractedFile(
          source.path(), content, FileRecord.State.OK, null, null, null, facts);
    }
    try {
      QuotedTree tree = reader.read(source.path(), source.bytes());
      // what is no whole program in a template is more likely text than a mistake
      boolean damaged = tree.damaged() && language == SourceLanguage.ELIXIR;
      FileRecord.State state = damaged ? FileRecord.State.DAMAGED : FileRecord.State.OK;
      byte[] compact = CompactTree.write(tree);
      QuotedTree kept = keep ? tree.frozen() : tree;
      Facts facts = ElixirReader.facts(source.path(), kept, source.bytes());
      facts
          .exports()
          .forEach(module -> exports.putIfAbsent(module.name(), module.at(source.path())));
      return new ExtractedFile(
          source.path(),
          content,
          state,
          damaged ? problem(source, tree) : null,
          compact,
          keep ? new ExtractedFile.Live(kept, facts) : null,
          null);
    } catch (ParseTimeout e) {
      return new ExtractedFile(
          source.path(),
          content,
          FileRecord.State.UNREADABLE,
          source.path() + " is kept as text only: " + e.getMessage(),
          null,
          null,
          null);
    }
  }

  private static String problem(Source source, QuotedTree tree) {
    String where = "";
    for (int node = 0; node < tree.size() && where.isEmpty(); node++) {
      if (tree.form(node) == Form.ERROR) {
        where = " at line " + LineIndex.of(source.bytes()).line(tree.start(node));
      }
    }
    return source.path() + " does not parse" + where + "; its healthy part is indexed";
  }

  /**
   * The second pass: what the names mean that need other files.
   *
   * @param exports those of the release itself, its dependencies and Elixir
   */
  public List<FileRecord> link(Extracted extracted, Exports exports) {
    Linker linker = new Linker(exports);
    List<FileRecord> linked = new ArrayList<>();
    for (ExtractedFile file : extracted.files()) {
      throwIfInterrupted();
      linked.add(link(file, linker));
    }
    return List.copyOf(linked);
  }

  /** Whoever gave the work up does not want the rest of it. */
  private static void throwIfInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted");
    }
  }

  private static FileRecord link(ExtractedFile file, Linker linker) {
    Linked linked = linked(file, linker);
    return linked == null
        ? FileRecord.text(file.path(), file.content())
        : FileRecord.extracted(
            file.path(),
            file.content(),
            VERSION,
            file.state(),
            file.tree(),
            linked.facts(),
            linked.terms());
  }

  /**
   * What linking made of a file.
   *
   * @param terms sorted, each once
   */
  record Linked(FileFacts facts, int[] terms) {}

  /** Links one file; null for what is kept as text. */
  @Nullable Linked linked(ExtractedFile file, Exports exports) {
    return linked(file, new Linker(exports));
  }

  private static @Nullable Linked linked(ExtractedFile file, Linker linker) {
    if (file.facts() != null) {
      FileFacts facts = facts(file.facts(), linker, List.of());
      return new Linked(facts, IntStream.of(factTerms(facts, file.facts())).sorted().toArray());
    }
    if (file.tree() == null) {
      return null;
    }
    ExtractedFile.Live live = file.revived().placed(linker, file.path());
    NameResolution names = linker.names(live.facts());
    FileFacts facts = facts(live.facts(), linker, imports(live, names));
    return new Linked(
        facts,
        TermCollector.collect(
            live.tree(), file.content().bytes(), names, factTerms(facts, live.facts())));
  }

  private static FileFacts facts(Facts facts, Linker linker, List<FileFacts.Imported> imports) {
    List<FileFacts.Defined> definitions =
        facts.definitions().stream()
            .map(d -> new FileFacts.Defined(d.kind(), d.symbol(), d.minArity(), d.clauses()))
            .toList();
    List<FileFacts.Referred> references =
        linker.link(facts).stream()
            .sorted(Comparator.comparingInt(Reference::start).thenComparing(Reference::kind))
            .map(r ->
                new FileFacts.Referred(
                    r.kind(), r.start(), r.end(), r.symbol(), r.certainty(), r.in()))
            .toList();
    return new FileFacts(definitions, references, imports);
  }

  /** What linking found out about names that the file alone does not tell. */
  private static List<FileFacts.Imported> imports(ExtractedFile.Live live, NameResolution names) {
    Facts facts = live.facts();
    Set<FileFacts.Imported> seen = new HashSet<>();
    List<FileFacts.Imported> imports = new ArrayList<>();
    boolean aliases = facts.references().stream().anyMatch(r -> r.kind() == Reference.Kind.USE);
    for (int node = 0; node < live.tree().size(); node++) {
      if (aliases && live.tree().is(node, Form.CALL, "__aliases__")) {
        String own = facts.names().module(node);
        String linked = names.module(node);
        if (own != null && linked != null && !own.equals(linked)) {
          FileFacts.Imported alias = FileFacts.Imported.alias(facts.environment(node), own, linked);
          if (seen.add(alias)) {
            imports.add(alias);
          }
        }
        continue;
      }
      Facts.OpenCall call = facts.openCall(node);
      if (call != null) {
        Symbol name = Symbol.function(null, call.name(), call.arity());
        if (seen.add(new FileFacts.Imported(call.environment(), name))) {
          String linked = names.importedFrom(node);
          if (!Objects.equals(linked, facts.names().importedFrom(node))) {
            imports.add(new FileFacts.Imported(call.environment(), name.in(linked)));
          }
        }
      }
    }
    return imports;
  }

  private static int[] factTerms(FileFacts facts, Facts read) {
    IntStream references =
        facts.references().stream()
            .map(FileFacts.Referred::symbol)
            .filter(symbol -> symbol.module() != null)
            .distinct() // before they are printed: most come more than once
            .mapToInt(symbol -> Term.reference(symbol.namespace().name(), symbol.printed()));
    IntStream definitions = facts.definitions().stream().flatMapToInt(Extractor::definedTerms);
    IntStream views =
        read.exports().stream()
            .filter(module -> module.templates() != null)
            .mapToInt(module -> StoredModules.HAS_TEMPLATES);
    return IntStream.concat(IntStream.concat(references, definitions), views).distinct().toArray();
  }

  /** A definition with default arguments defines several arities. */
  private static IntStream definedTerms(FileFacts.Defined defined) {
    Symbol symbol = defined.symbol();
    return IntStream.rangeClosed(defined.minArity(), symbol.arity())
        .mapToObj(arity -> new Symbol(symbol.namespace(), symbol.module(), symbol.name(), arity))
        .mapToInt(each -> Term.defines(each.namespace().name(), each.printed()));
  }

  @Override
  public void close() {
    reader.close();
  }
}
