package dev.hexlens.cli;

import dev.hexlens.store.postgres.DatabaseException;
import dev.hexlens.workspace.Corpora;
import dev.hexlens.workspace.Corpus.Origin;
import dev.hexlens.workspace.HexStore;
import dev.hexlens.workspace.SearchScope;
import dev.hexlens.workspace.Workspace;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** What a command's question goes to: the index, and of a project its own files before it. */
final class Searched implements AutoCloseable {
  private final Workspace workspace;
  private final Corpora corpora;

  private Searched(Workspace workspace, Corpora corpora) {
    this.workspace = workspace;
    this.corpora = corpora;
  }

  /** Opens it; a project is brought up to date first. */
  static Searched open(Console console, StoreOptions store, ScopeOptions options) {
    SearchScope scope = options.scope();
    Path project = options.project();
    Workspace workspace =
        new Workspace(
            new HexStore(store.config(console), note -> console.err().println("hexlens: " + note)));
    try {
      if (project != null) {
        workspace.add(ProjectOption.open(project, console));
      }
      Workspace.Searchable searchable = workspace.searchable(scope);
      if (!searchable.failures().isEmpty()) {
        throw searchable.failures().getFirst();
      }
      if (project != null && scope.origins().contains(Origin.DEPENDENCY)) {
        workspace
            .missing()
            .forEach(each ->
                console
                    .err()
                    .println(
                        "hexlens: %s@%s, which mix.lock names, is not indexed"
                            .formatted(each.name(), each.version())));
      }
      return new Searched(workspace, searchable.corpora());
    } catch (DatabaseException e) {
      workspace.close();
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException e) {
      workspace.close();
      throw e;
    }
  }

  Corpora corpora() {
    return corpora;
  }

  Workspace workspace() {
    return workspace;
  }

  /** How Postgres looks terms up in the index. */
  List<String> plan(Collection<Integer> terms) {
    return workspace.hex().open().candidates().plan(terms);
  }

  @Override
  public void close() {
    workspace.close();
  }
}
