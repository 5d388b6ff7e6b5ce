package dev.hexlens.lsp;

import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.elixir.syntax.LineIndex;
import dev.hexlens.search.NameAt;
import dev.hexlens.search.UsageSearch;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.FileFacts;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.workspace.Corpora;
import dev.hexlens.workspace.Corpus;
import dev.hexlens.workspace.DocumentFacts;
import dev.hexlens.workspace.OpenDocument;
import dev.hexlens.workspace.SearchScope;
import dev.hexlens.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.TextDocumentIdentifier;

/** Finds out what a cursor points at. */
final class Cursor {
  private final Workspace workspace;
  private final Places places;

  Cursor(Workspace workspace, Places places) {
    this.workspace = workspace;
    this.places = places;
  }

  /** The name under a cursor; empty where there is none, or its meaning is not known. */
  Optional<NameAt> name(TextDocumentIdentifier identifier, Position position) {
    OpenDocument document = text(workspace, identifier.getUri());
    Optional<FileFacts> facts = new DocumentFacts(workspace).of(document);
    int offset = places.positions().offset(LineIndex.of(document.bytes()), position);
    return facts.flatMap(known -> NameAt.find(known, offset));
  }

  /** A document as it is on the screen, or on disk: some clients ask about files not open too. */
  static OpenDocument text(Workspace workspace, String uri) {
    OpenDocument open = workspace.documents().get(uri);
    if (open != null) {
      return open;
    }
    Path path = Uris.path(uri);
    if (path == null || !Files.isRegularFile(path)) {
      throw Failures.invalid(uri + " is neither open nor a file");
    }
    try {
      return new OpenDocument(uri, path, 0, Files.readAllBytes(path));
    } catch (IOException e) {
      throw Failures.failed(uri + " can't be read: " + e.getMessage());
    }
  }

  /**
   * The symbols that are asked for together: a function with default arguments is one function,
   * whichever of its arities the cursor is on.
   */
  Set<Symbol> together(Set<Symbol> symbols, Corpora corpora, Cancellation cancellation) {
    Set<Symbol> all = new LinkedHashSet<>(symbols);
    if (symbols.size() != 1) {
      return all;
    }
    Symbol only = symbols.iterator().next();
    if (only.namespace() != Symbol.Namespace.FUNCTION) {
      return all;
    }
    for (Corpus corpus : corpora.all()) {
      for (UsageSearch.Hit hit :
          new UsageSearch(corpus).definitions(only, Scope.ALL, 1, cancellation)) {
        all.addAll(NameAt.arities(Objects.requireNonNull(hit.usage().definition())));
      }
      if (all.size() > 1) {
        break;
      }
    }
    return all;
  }

  /** Where to look for what a cursor's name means: everywhere. */
  Corpora everywhere() {
    return workspace.searchable(SearchScope.EVERYWHERE).corpora();
  }
}
