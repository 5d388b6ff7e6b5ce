package dev.hexlens.lsp;

import dev.hexlens.search.Around;
import dev.hexlens.workspace.Corpora;
import dev.hexlens.workspace.Corpus;
import dev.hexlens.workspace.CorpusCursor;
import dev.hexlens.workspace.SearchScope;
import dev.hexlens.workspace.Workspace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What our searches have in common.
 *
 * @param limit places at most
 * @param bounded whether who asks has narrowed it
 * @param after where to go on; null to begin
 */
record SearchRequest(
    Workspace workspace,
    Turns turns,
    Places places,
    SearchScope scope,
    Around around,
    int limit,
    boolean bounded,
    @Nullable CorpusCursor after) {

  /** A search of all that is asked for; what can't be searched is in its notes. */
  Tally begin() {
    Workspace.Searchable found = workspace.searchable(scope);
    List<Corpus> inTurns =
        found.corpora().all().stream()
            .map(each ->
                new Corpus(
                    each.origin(),
                    each.folder(),
                    turns.of(each.source()),
                    each.scope(),
                    each.admits()))
            .toList();
    return new Tally(workspace, new Workspace.Searchable(new Corpora(inTurns), found.failures()));
  }

  /** Searches from where the one before stopped; null when it came to the end. */
  @Nullable CorpusCursor search(Corpora corpora, Corpora.Search search) {
    return corpora.search(after, search);
  }
}
