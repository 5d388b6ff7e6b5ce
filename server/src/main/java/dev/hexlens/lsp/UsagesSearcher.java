package dev.hexlens.lsp;

import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.search.UsageSearch;
import dev.hexlens.search.UsageSearch.FileUsages;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.workspace.Corpus;
import java.util.List;
import java.util.Set;

/** Asks one corpus after the other who uses symbols. */
final class UsagesSearcher {
  private UsagesSearcher() {}

  /** Gets the files in which something was found. */
  interface Sink {
    /** Returns false to end the search. */
    boolean accept(Corpus corpus, FileUsages file);
  }

  /** How far a search came. */
  record Outcome(int candidates, int searched, boolean complete) {}

  static Outcome search(
      Set<Symbol> symbols,
      boolean references,
      boolean definitions,
      List<Corpus> corpora,
      Sink sink,
      Cancellation cancellation) {
    int candidates = 0;
    int searched = 0;
    var question = new UsageSearch.Question(symbols, references, definitions);
    for (Corpus corpus : corpora) {
      UsageSearch.Progress progress =
          new UsageSearch(corpus)
              .search(question, Scope.ALL, file -> sink.accept(corpus, file), cancellation);
      candidates += progress.candidates();
      searched += progress.searched();
      if (!progress.complete()) {
        return new Outcome(candidates, searched, false);
      }
    }
    return new Outcome(candidates, searched, true);
  }
}
