package dev.hexlens.lsp;

import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.search.NameAt;
import dev.hexlens.search.UsageSearch;
import dev.hexlens.search.UsageSearch.Question;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.workspace.CorpusCursor;
import dev.hexlens.workspace.SearchScope;
import dev.hexlens.workspace.Workspace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.ReferenceParams;

/** {@code textDocument/references}: workspace first, then its dependencies, then Hex; bounded. */
record ReferencesHandler(
    Workspace workspace,
    Places places,
    Cursor cursor,
    SearchScope scope,
    int limit,
    Notices notices) {

  List<Location> handle(ReferenceParams params, Cancellation cancellation) {
    Optional<NameAt> name = cursor.name(params.getTextDocument(), params.getPosition());
    if (name.isEmpty()) {
      return List.of();
    }
    Set<Symbol> symbols = cursor.together(name.get().symbols(), cursor.everywhere(), cancellation);
    boolean declaration = params.getContext() != null && params.getContext().isIncludeDeclaration();
    List<Location> found = new ArrayList<>();
    Workspace.Searchable searchable = workspace.searchable(scope);
    searchable.failures().forEach(notices::outage);
    Question question = new Question(symbols, true, declaration);
    CorpusCursor more =
        searchable
            .corpora()
            .search(
                null,
                (corpus, after) -> {
                  Map<Candidate, String> uris = new HashMap<>();
                  return new UsageSearch(corpus)
                      .search(
                          question.withTexts(places.needsTexts(corpus)),
                          Scope.ALL,
                          hit ->
                              found.size() < limit && found.add(places.location(corpus, hit, uris)),
                          cancellation)
                      .next();
                });
    if (more != null) {
      notices.cut(
          "HexLens shows the first %,d references. Ask for usages to see them all, or raise hexlens.limits.references."
              .formatted(limit));
    }
    return List.copyOf(found);
  }
}
