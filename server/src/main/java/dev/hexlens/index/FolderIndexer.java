package dev.hexlens.index;

import dev.hexlens.elixir.facts.Exports;
import dev.hexlens.elixir.facts.ModuleExports;
import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.elixir.link.ElixirExports;
import dev.hexlens.elixir.link.SourceSet;
import dev.hexlens.elixir.template.Template;
import dev.hexlens.pattern.Term;
import dev.hexlens.store.CandidateSource.Parts;
import dev.hexlens.store.Candidates;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.Candidates.StoredFile;
import dev.hexlens.store.FileFacts;
import dev.hexlens.store.FileRecord;
import dev.hexlens.store.FileStamps.Stamp;
import dev.hexlens.store.Loader;
import dev.hexlens.store.ReleaseRecord;
import dev.hexlens.store.SymbolDictionary;
import dev.hexlens.store.TextPostings;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one folder's files in the store up to date, file by file. A changed file is read and linked
 * again; so is what imports or uses a module whose exports it changed, and nothing else. For one
 * thread at a time.
 */
public final class FolderIndexer implements AutoCloseable {
  /** The ecosystem of folders that are kept up to date. */
  public static final String ECOSYSTEM = "workspace";

  /** Sources in memory at once, with their trees. */
  private static final long BATCH_BYTES = 24L << 20;

  /** From so many changed modules on, reading every file is cheaper than asking for each module. */
  private static final int MANY_MODULES = 48;

  private static final int READ = 128;

  /** What a folder's release carries for a checksum: who read its files. */
  public static final String READ_BY = "extractor " + Extractor.VERSION;

  private final Folder folder;
  private final Candidates candidates;
  private final StoredModules modules;
  private final Loader loader;
  private final TextPostings texts;
  private final ParallelExtractor extractor;

  /**
   * A folder as the store names it.
   *
   * @param name of its project, or of the folder itself
   * @param location for people
   */
  public record Folder(String name, String version, String location) {}

  /** A file that is new or has changed. */
  public record Change(String path, byte[] bytes, Stamp stamp) {}

  public FolderIndexer(
      Folder folder,
      Database database,
      SymbolDictionary symbols,
      Candidates candidates,
      StoredModules modules,
      int concurrency) {
    this.folder = folder;
    this.candidates = candidates;
    this.modules = modules;
    this.loader = new Loader(database, symbols);
    this.texts = new TextPostings(database);
    this.extractor = new ParallelExtractor(concurrency);
  }

  /**
   * Brings files up to date.
   *
   * @param removed paths of files that are no more
   * @param progress gets the number of files done since the last call
   * @return what of the changed files is not whole, a sentence each, by path
   */
  public Map<String, String> update(
      List<Change> changed,
      Collection<String> removed,
      IntConsumer progress,
      Cancellation cancellation) {
    Set<String> paths = new HashSet<>(removed);
    changed.forEach(change -> paths.add(change.path()));
    Map<String, @Nullable ModuleExports> before = definedIn(paths, cancellation);
    Map<String, ModuleExports> after = new HashMap<>();
    Map<String, String> problems = new HashMap<>();
    List<List<Change>> batches = batches(changed);
    Extractor.@Nullable Extracted only = null;
    for (List<Change> batch : batches) {
      Extractor.Extracted read = extractor.extract(sources(batch), cancellation);
      read.files()
          .forEach(file -> {
            if (file.problem() != null) {
              problems.put(file.path(), file.problem());
            }
          });
      read.exports().forEach(after::putIfAbsent);
      only = batches.size() == 1 ? read : null;
    }
    Exports known = new SourceSet(after.values());
    Set<String> own = new HashSet<>(before.keySet());
    own.addAll(after.keySet());
    Exports seen = known.or(modules.without(own)).or(ElixirExports.instance());
    if (batches.isEmpty() && !removed.isEmpty()) {
      loader.update(release(List.of()), removed, Map.of());
    }
    for (int i = 0; i < batches.size(); i++) {
      List<Change> batch = batches.get(i);
      Extractor.Extracted read =
          only == null ? extractor.extract(sources(batch), cancellation) : only;
      List<FileRecord> files = extractor.link(read, seen, cancellation);
      Map<String, Stamp> stamps = new HashMap<>();
      batch.forEach(change -> stamps.put(change.path(), change.stamp()));
      loader.update(release(files), i == 0 ? removed : List.of(), stamps);
      progress.accept(batch.size());
    }
    Set<String> affected = new HashSet<>(before.keySet());
    affected.addAll(after.keySet());
    affected.removeIf(name -> Objects.equals(before.get(name), after.get(name)));
    modules.forget(affected);
    boolean views =
        Stream.concat(before.values().stream(), after.values().stream())
            .anyMatch(module ->
                module != null && module.templates() != null && affected.contains(module.name()));
    relink(affected, paths, views, cancellation);
    texts.build();
    return problems;
  }

  /** The modules that these files define as the store has them. */
  private Map<String, @Nullable ModuleExports> definedIn(
      Set<String> paths, Cancellation cancellation) {
    Map<String, @Nullable ModuleExports> defined = new HashMap<>();
    List<Candidate> stored = candidates.at(folder.name(), paths, cancellation);
    for (StoredFile file : candidates.read(stored, Parts.DEFINITIONS, cancellation)) {
      for (String module : definedBy(file)) {
        defined.put(module, modules.module(module));
      }
    }
    return defined;
  }

  private static Set<String> definedBy(StoredFile file) {
    Set<String> defined = new HashSet<>();
    for (FileFacts.Defined definition : file.facts().definitions()) {
      Symbol symbol = definition.symbol();
      if (symbol.namespace() == Symbol.Namespace.MODULE && symbol.module() != null) {
        defined.add(symbol.module());
      }
    }
    return defined;
  }

  private static List<List<Change>> batches(List<Change> changed) {
    List<List<Change>> batches = new ArrayList<>();
    long bytes = BATCH_BYTES;
    for (Change change : changed) {
      if (bytes >= BATCH_BYTES) {
        batches.add(new ArrayList<>());
        bytes = 0;
      }
      batches.getLast().add(change);
      bytes += change.bytes().length;
    }
    return batches;
  }

  private static List<Extractor.Source> sources(List<Change> changes) {
    return changes.stream()
        .map(change -> new Extractor.Source(change.path(), change.bytes()))
        .toList();
  }

  private ReleaseRecord release(List<FileRecord> files) {
    return new ReleaseRecord(
        ECOSYSTEM,
        folder.name(),
        folder.version(),
        READ_BY,
        "path",
        Map.of(),
        folder.location(),
        files,
        List.of());
  }

  /**
   * Links the folder's files again that import or use one of these modules, directly or through the
   * macros of another.
   *
   * @param done paths that are linked already
   */
  public void relink(Set<String> affected, Set<String> done, Cancellation cancellation) {
    relink(affected, done, false, cancellation);
  }

  /**
   * The same.
   *
   * @param views whether one of the modules has or had templates
   */
  private void relink(
      Set<String> affected, Set<String> done, boolean views, Cancellation cancellation) {
    boolean templates = views;
    Set<String> linked = new HashSet<>(done);
    Set<String> visited = new HashSet<>(affected);
    Set<String> next = new HashSet<>(affected);
    while (!next.isEmpty()) {
      Set<String> further = new HashSet<>();
      List<Candidate> proposed = proposed(next, cancellation);
      if (templates || next.stream().anyMatch(this::hasTemplates)) {
        proposed.addAll(templates(proposed, cancellation));
        templates = false;
      }
      proposed.removeIf(candidate -> linked.contains(candidate.path()));
      for (int at = 0; at < proposed.size(); at += READ) {
        List<Candidate> some = proposed.subList(at, Math.min(proposed.size(), at + READ));
        Set<String> wanted = next;
        List<Candidate> dependent =
            candidates.read(some, Parts.FACTS, cancellation).stream()
                .filter(file -> dependsOn(file.facts(), wanted) || belongsTo(file, wanted))
                .map(StoredFile::at)
                .toList();
        List<StoredFile> dependents = candidates.read(dependent, Parts.ALL, cancellation);
        for (StoredFile file : dependents) {
          linked.add(file.at().path());
          definedBy(file).stream().filter(this::injects).filter(visited::add).forEach(further::add);
        }
        store(dependents, cancellation);
      }
      next = further;
    }
  }

  private List<Candidate> proposed(Set<String> affected, Cancellation cancellation) {
    Scope own = new Scope(folder.name(), null);
    if (affected.size() > MANY_MODULES) {
      return new ArrayList<>(candidates.find(List.of(), own, cancellation));
    }
    Set<Candidate> proposed = new HashSet<>();
    for (String module : affected) {
      proposed.addAll(
          candidates.find(
              List.of(Term.reference(Symbol.Namespace.MODULE.name(), module)), own, cancellation));
    }
    return new ArrayList<>(proposed);
  }

  private static boolean dependsOn(FileFacts facts, Set<String> modules) {
    return facts.references().stream()
        .anyMatch(reference ->
            switch (reference.kind()) {
              case USE, IMPORT, REQUIRE -> modules.contains(reference.symbol().module());
              default -> false;
            });
  }

  private boolean hasTemplates(String module) {
    ModuleExports exports = modules.module(module);
    return exports != null && exports.templates() != null;
  }

  /** The folder's templates that are not among these. */
  private List<Candidate> templates(List<Candidate> known, Cancellation cancellation) {
    Set<Candidate> others = new HashSet<>(known);
    return candidates.find(List.of(), new Scope(folder.name(), null), cancellation).stream()
        .filter(candidate -> Template.Language.of(candidate.path()) != null)
        .filter(others::add)
        .toList();
  }

  /** Whether a template belongs, or belonged, to one of these modules. */
  private boolean belongsTo(StoredFile file, Set<String> views) {
    if (Template.Language.of(file.at().path()) == null) {
      return false;
    }
    String view = modules.view(file.at().path());
    return (view != null && views.contains(view))
        || file.facts().references().stream()
            .anyMatch(each -> each.in() != null && views.contains(each.in().module()));
  }

  /** Whether what a module's macros do to others may depend on further modules. */
  private boolean injects(String module) {
    ModuleExports exports = modules.module(module);
    return exports != null && (!exports.recipes().isEmpty() || !exports.uses().isEmpty());
  }

  private void store(List<StoredFile> files, Cancellation cancellation) {
    if (files.isEmpty()) {
      return;
    }
    Map<String, Long> before = new HashMap<>();
    List<ExtractedFile> extracted = new ArrayList<>();
    for (StoredFile file : files) {
      before.put(file.at().path(), file.at().signature());
      extracted.add(ExtractedFile.stored(file));
    }
    Exports seen = modules.or(ElixirExports.instance());
    List<FileRecord> linked =
        extractor.link(new Extractor.Extracted(extracted, Map.of()), seen, cancellation).stream()
            .filter(file ->
                file.extraction() != null
                    && !Objects.equals(before.get(file.path()), file.extraction().signature()))
            .toList();
    if (!linked.isEmpty()) {
      loader.update(release(linked), List.of(), Map.of());
    }
  }

  @Override
  public void close() {
    extractor.close();
  }
}
