package dev.hexlens.lsp;

import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.search.NameAt;
import dev.hexlens.search.UsageSearch;
import dev.hexlens.search.UsageSearch.Question;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.workspace.Corpus;
import dev.hexlens.workspace.SearchScope;
import dev.hexlens.workspace.Workspace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.Location;

/** {@code textDocument/definition}: in the first corpus that has one. */
record DefinitionHandler(Workspace workspace, Places places, Cursor cursor, Notices notices) {
  /** A name that so many packages define is not this one's. */
  private static final int LIMIT = 20;

  List<Location> handle(DefinitionParams params, Cancellation cancellation) {
    Optional<NameAt> name = cursor.name(params.getTextDocument(), params.getPosition());
    if (name.isEmpty()) {
      return List.of();
    }
    Workspace.Searchable searchable = workspace.searchable(SearchScope.EVERYWHERE);
    searchable.failures().forEach(notices::outage);
    for (Corpus corpus : searchable.corpora().all()) {
      List<Location> found = in(corpus, name.get().symbols(), cancellation);
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  private List<Location> in(Corpus corpus, Set<Symbol> symbols, Cancellation cancellation) {
    List<Location> found = new ArrayList<>();
    var _ =
        new UsageSearch(corpus)
            .search(
                Question.definitions(symbols).withTexts(places.needsTexts(corpus)),
                Scope.ALL,
                hit ->
                    found.size() < LIMIT
                        && found.add(places.location(corpus, hit, new HashMap<>())),
                cancellation);
    return found;
  }
}
