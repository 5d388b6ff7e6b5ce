package dev.hexlens.web;

import dev.hexlens.store.postgres.Database;
import dev.hexlens.workspace.Corpora;
import dev.hexlens.workspace.HexStore;
import dev.hexlens.workspace.SearchScope;
import dev.hexlens.workspace.Workspace;
import dev.hexlens.workspace.WorkspaceFolder;
import java.util.List;

/** What answers questions: a prefix, and the folders whose own files come first. */
record Store(Workspace workspace) {
  static Store of(Database database, List<WorkspaceFolder> folders) {
    Workspace workspace = new Workspace(HexStore.of(database));
    folders.forEach(workspace::add);
    return new Store(workspace);
  }

  /**
   * What a question goes to.
   *
   * @throws dev.hexlens.store.postgres.DatabaseException when a part of it can't be had
   */
  Corpora corpora(SearchScope scope) {
    Workspace.Searchable searchable = workspace.searchable(scope);
    if (!searchable.failures().isEmpty()) {
      throw searchable.failures().getFirst();
    }
    return searchable.corpora();
  }
}
