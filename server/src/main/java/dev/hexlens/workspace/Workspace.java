package dev.hexlens.workspace;

import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.search.SymbolName;
import dev.hexlens.store.CandidateSource;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.Candidates.Scope.PackageName;
import dev.hexlens.store.Releases;
import dev.hexlens.store.Symbols;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.DatabaseException;
import dev.hexlens.workspace.Corpus.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Everything that an editor's questions go to: its folders, its documents, and Hex. */
public final class Workspace implements AutoCloseable {
  private final List<WorkspaceFolder> folders = new CopyOnWriteArrayList<>();
  private final OpenDocuments documents = new OpenDocuments();
  private final HexStore hex;

  public Workspace(HexStore hex) {
    this.hex = hex;
  }

  public OpenDocuments documents() {
    return documents;
  }

  public HexStore hex() {
    return hex;
  }

  public List<WorkspaceFolder> folders() {
    return List.copyOf(folders);
  }

  public void add(WorkspaceFolder folder) {
    folders.add(folder);
  }

  /** The folder of a URI; null when there is none. */
  public @Nullable WorkspaceFolder folder(String uri) {
    return folders.stream().filter(folder -> folder.uri().equals(uri)).findFirst().orElse(null);
  }

  /** Lets a folder go; the caller closes it. Null when there is none of this URI. */
  public @Nullable WorkspaceFolder remove(String uri) {
    WorkspaceFolder folder = folder(uri);
    folders.remove(folder);
    return folder;
  }

  /** The innermost folder that a file lies in; null when there is none. */
  public @Nullable WorkspaceFolder folderOf(Path file) {
    WorkspaceFolder best = null;
    for (WorkspaceFolder folder : folders) {
      boolean inside = file.startsWith(folder.root());
      if (inside && (best == null || folder.root().startsWith(best.root()))) {
        best = folder;
      }
    }
    return best;
  }

  /** Whether a folder's answers are not whole yet. */
  public boolean isIndexing() {
    return folders.stream().anyMatch(folder -> folder.state() == WorkspaceFolder.State.INDEXING);
  }

  /** What is to be searched, and what of it can't be. */
  public record Searchable(Corpora corpora, List<DatabaseException> failures) {}

  /**
   * What a question goes to, in the order of its answers: the folders' own files, the packages that
   * they have on disk, those that their mix.lock names beside these, then Hex without any of them.
   */
  public Searchable searchable(SearchScope scope) {
    Collection<OpenDocument> open = documents.all();
    List<Corpus> own = new ArrayList<>();
    List<Corpus> dependencies = new ArrayList<>();
    List<DatabaseException> failures = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Set<PackageName> locked = new LinkedHashSet<>();
    for (WorkspaceFolder folder : folders) {
      try {
        CandidateSource source = folder.candidates(open);
        own.add(own(folder, source, scope));
        dependencies.add(dependencies(folder, source, scope));
        names.addAll(folder.packagesOnDisk());
        locked.addAll(folder.packagesLocked());
      } catch (DatabaseException e) {
        failures.add(e);
      }
    }
    locked.removeIf(each -> names.contains(each.name()));
    List<Corpus> all = new ArrayList<>();
    if (scope.origins().contains(Origin.WORKSPACE)) {
      all.addAll(own);
      // Who works on a package has its sources twice once it is published.
      folders.forEach(folder -> names.add(folder.name()));
    }
    if (scope.origins().contains(Origin.DEPENDENCY)) {
      all.addAll(dependencies);
    }
    if (scope.origins().contains(Origin.HEX)
        || (scope.origins().contains(Origin.DEPENDENCY) && !locked.isEmpty())) {
      try {
        published(scope, names, List.copyOf(locked), all);
      } catch (DatabaseException e) {
        failures.add(e);
      }
    }
    return new Searchable(new Corpora(all), failures);
  }

  /** The symbols that are known where a corpus comes from. */
  public Symbols symbols(Corpus corpus) {
    WorkspaceFolder folder = corpus.folder();
    return folder == null ? hex.open().symbols() : folder.symbols();
  }

  /** What a name means, wherever it is known. */
  public Set<Symbol> meant(SymbolName name, Cancellation cancellation) {
    Set<Symbol> symbols = new LinkedHashSet<>();
    for (WorkspaceFolder folder : folders) {
      symbols.addAll(name.meant(folder.symbols(), cancellation));
    }
    symbols.addAll(name.meant(hex.open().symbols(), cancellation));
    return symbols;
  }

  /** The packages that a mix.lock names and that are indexed nowhere. */
  public List<PackageName> missing() {
    Set<PackageName> missing = new LinkedHashSet<>();
    Set<String> onDisk = new HashSet<>();
    for (WorkspaceFolder folder : folders) {
      missing.addAll(folder.packagesLocked());
      onDisk.addAll(folder.packagesOnDisk());
    }
    missing.removeIf(each -> onDisk.contains(each.name()));
    if (!missing.isEmpty()) {
      new Releases(hex.open().database())
          .indexed()
          .forEach(each -> missing.remove(new PackageName(each.name(), each.version())));
    }
    return List.copyOf(missing);
  }

  private static Corpus own(WorkspaceFolder folder, CandidateSource source, SearchScope scope) {
    Scope named =
        new Scope(List.of(new PackageName(folder.name(), folder.version())), scope.paths())
            .generated(scope.generated());
    return new Corpus(Origin.WORKSPACE, folder, source, named, scope::admits);
  }

  private static Corpus dependencies(
      WorkspaceFolder folder, CandidateSource source, SearchScope scope) {
    boolean known = folder.state() == WorkspaceFolder.State.READY;
    List<PackageName> packages =
        known && scope.packages().isEmpty()
            ? folder.packagesOnDisk().stream().map(name -> new PackageName(name, null)).toList()
            : scope.packages();
    return new Corpus(
        Origin.DEPENDENCY,
        folder,
        known && folder.packagesOnDisk().isEmpty() ? new NoCandidates(source) : source,
        new Scope(packages, scope.paths()).generated(scope.generated()),
        file ->
            scope.admits(file)
                && !(file.packageName().equals(folder.name())
                    && file.version().equals(folder.version())));
  }

  private void published(
      SearchScope scope, Set<String> names, List<PackageName> locked, List<Corpus> all) {
    CandidateSource source = hex.open().candidates();
    Scope dependencies = new Scope(locked, path -> true);
    if (scope.origins().contains(Origin.DEPENDENCY) && !locked.isEmpty()) {
      Scope these = new Scope(locked, scope.paths()).generated(scope.generated());
      all.add(new Corpus(Origin.DEPENDENCY, null, source, these, scope::admits));
    }
    if (scope.origins().contains(Origin.HEX)) {
      all.add(
          new Corpus(
              Origin.HEX,
              null,
              source,
              scope.stored(),
              file ->
                  scope.admits(file)
                      && !names.contains(file.packageName())
                      && (locked.isEmpty()
                          || !dependencies.admits(file.packageName(), file.version()))));
    }
  }

  @Override
  public void close() {
    folders.forEach(WorkspaceFolder::close);
    hex.close();
  }
}
