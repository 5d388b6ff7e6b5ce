package dev.hexlens.workspace;

import dev.hexlens.store.CandidateSource;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.postgres.DatabaseException;
import dev.hexlens.workspace.Corpus.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
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

  /** Lets a folder go; the caller closes it. Null when there is none of this URI. */
  public @Nullable WorkspaceFolder remove(String uri) {
    for (WorkspaceFolder folder : folders) {
      if (folder.uri().equals(uri)) {
        folders.remove(folder);
        return folder;
      }
    }
    return null;
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
  public record Searchable(List<Corpus> corpora, List<DatabaseException> failures) {}

  /**
   * What a question goes to, in the order of its answers: the folders' own files, their packages,
   * then Hex without those packages.
   */
  public Searchable searchable(SearchScope scope) {
    Collection<OpenDocument> open = documents.all();
    List<Corpus> own = new ArrayList<>();
    List<Corpus> dependencies = new ArrayList<>();
    List<DatabaseException> failures = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (WorkspaceFolder folder : folders) {
      try {
        CandidateSource source = folder.candidates(open);
        own.add(own(folder, source, scope));
        dependencies.add(dependencies(folder, source, scope, seen));
      } catch (DatabaseException e) {
        failures.add(e);
      }
    }
    List<Corpus> all = new ArrayList<>();
    if (scope.origins().contains(Origin.WORKSPACE)) {
      all.addAll(own);
      // Who works on a package has its sources twice once it is published.
      folders.forEach(folder -> seen.add(folder.name()));
    }
    if (scope.origins().contains(Origin.DEPENDENCY)) {
      all.addAll(dependencies);
    }
    if (scope.origins().contains(Origin.HEX)) {
      try {
        all.add(
            new Corpus(
                Origin.HEX,
                null,
                hex.open().candidates(),
                scopeOf(scope),
                file -> scope.admits(file) && !seen.contains(file.packageName())));
      } catch (DatabaseException e) {
        failures.add(e);
      }
    }
    return new Searchable(all, failures);
  }

  private static Corpus own(WorkspaceFolder folder, CandidateSource source, SearchScope scope) {
    Scope named = new Scope(folder.name(), folder.version());
    return new Corpus(Origin.WORKSPACE, folder, source, named, scope::admits);
  }

  private static Corpus dependencies(
      WorkspaceFolder folder, CandidateSource source, SearchScope scope, Set<String> seen) {
    return new Corpus(
        Origin.DEPENDENCY,
        folder,
        source,
        Scope.ALL,
        file -> {
          boolean own =
              file.packageName().equals(folder.name()) && file.version().equals(folder.version());
          if (!own) {
            seen.add(file.packageName());
          }
          return !own && scope.admits(file);
        });
  }

  /** One package can be asked for in SQL; more are chosen from what comes. */
  private static Scope scopeOf(SearchScope scope) {
    if (scope.packages().size() != 1) {
      return Scope.ALL;
    }
    String only = scope.packages().iterator().next();
    int at = only.indexOf('@');
    return at < 0
        ? new Scope(only, null)
        : new Scope(only.substring(0, at), only.substring(at + 1));
  }

  @Override
  public void close() {
    folders.forEach(WorkspaceFolder::close);
    hex.close();
  }
}
