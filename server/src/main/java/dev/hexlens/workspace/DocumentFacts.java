package dev.hexlens.workspace;

import dev.hexlens.elixir.facts.Exports;
import dev.hexlens.elixir.link.ElixirExports;
import dev.hexlens.index.LiveExtractor;
import dev.hexlens.index.LiveExtractor.LiveFile;
import dev.hexlens.store.FileFacts;
import dev.hexlens.store.postgres.DatabaseException;
import java.util.Optional;

/** What the names of a document mean, whichever file of the world it is. */
public final class DocumentFacts {
  private final Workspace workspace;

  public DocumentFacts(Workspace workspace) {
    this.workspace = workspace;
  }

  /** The facts of a document; empty when it is not Elixir. */
  public Optional<FileFacts> of(OpenDocument document) {
    WorkspaceFolder folder = document.path() == null ? null : workspace.folderOf(document.path());
    if (folder != null) {
      LiveFile live = folder.live(document, workspace.documents().all());
      if (live != null) {
        return Optional.of(live.facts());
      }
    }
    return stray(document);
  }

  /** A file of a package, or of nobody: linked with everything that is known by name. */
  private Optional<FileFacts> stray(OpenDocument document) {
    String path = document.path() == null ? "stray.ex" : document.path().toString();
    try (LiveExtractor extractor = new LiveExtractor()) {
      LiveExtractor.Read read = extractor.read(path, document.bytes());
      Exports own = name -> read.exports().get(name);
      return Optional.of(extractor.link(read, own.or(everything())).facts());
    }
  }

  private Exports everything() {
    Exports all = ElixirExports.instance();
    for (WorkspaceFolder folder : workspace.folders()) {
      all = all.or(folder.modules());
    }
    return all.or(hex());
  }

  private Exports hex() {
    return name -> {
      try {
        return workspace.hex().open().modules().module(name);
      } catch (DatabaseException e) {
        return null; // the search that follows says so
      }
    };
  }
}
