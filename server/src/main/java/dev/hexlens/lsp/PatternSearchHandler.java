package dev.hexlens.lsp;

import dev.hexlens.pattern.Match;
import dev.hexlens.pattern.Pattern;
import dev.hexlens.pattern.Query;
import dev.hexlens.protocol.PatternMatch;
import dev.hexlens.protocol.PatternSearchBatch;
import dev.hexlens.protocol.PatternSearchParams;
import dev.hexlens.protocol.PatternSearchResult;
import dev.hexlens.search.PatternSearch;
import dev.hexlens.search.TermPlanner;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.workspace.Corpus;
import dev.hexlens.workspace.CorpusCursor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code hexlens/patternSearch}: every match there is, as it is found. */
record PatternSearchHandler(SearchRequest request) {

  PatternSearchResult handle(
      PatternSearchParams params, Batches<PatternMatch> batches, Cancellation cancellation) {
    if (params.pattern() == null) {
      throw Failures.invalid("patternSearch needs a pattern");
    }
    Pattern pattern = Pattern.parse(params.pattern());
    if (pattern.isBroad() && !request.bounded()) {
      throw Failures.invalid(
          "`%s` matches everything there is: give a limit or a scope, or write more of it"
              .formatted(params.pattern()));
    }
    Query query = new Query(pattern, FilterFields.filters(params.filters()), List.of());
    Tally tally = request.begin();
    Work work = new Work();
    CorpusCursor next =
        request.search(
            tally.corpora(),
            (corpus, after) -> {
              PatternSearch.Summary summary =
                  new PatternSearch(corpus, TermPlanner.ALL_REQUIRED)
                      .search(
                          List.of(query),
                          Scope.ALL,
                          request.around(),
                          after,
                          hit -> {
                            if (tally.found() == request.limit()) {
                              return false;
                            }
                            tally.add(corpus, hit.at());
                            batches.add(match(corpus, hit), 1);
                            return true;
                          },
                          cancellation);
              tally.add(summary.candidates(), summary.verified() + summary.rejected());
              work.add(summary);
              return summary.next();
            });
    return new PatternSearchResult(
        batches.finish(),
        tally.counts(next == null),
        pattern.hints(),
        tally.notes(),
        next == null ? null : next.toString(),
        Boolean.TRUE.equals(params.explain()) ? work.explanation() : null);
  }

  private PatternMatch match(Corpus corpus, PatternSearch.Hit hit) {
    Map<String, String> captures = new LinkedHashMap<>();
    for (Match.Capture capture : hit.match().captures()) {
      captures.put(capture.name(), capture.text());
    }
    return new PatternMatch(
        request
            .places()
            .place(
                corpus,
                hit.at(),
                hit.source(),
                hit.lines(),
                hit.match().start(),
                hit.match().end()),
        captures);
  }

  /** The batches that go to the client. */
  static Object batch(List<PatternMatch> matches) {
    return new PatternSearchBatch(matches);
  }

  /** What the searches of all corpora did together. */
  private static final class Work {
    private final Map<Integer, String> terms = new LinkedHashMap<>();
    private int candidates;
    private int verified;
    private int rejected;
    private double lookup;
    private double read;
    private double match;

    void add(PatternSearch.Summary summary) {
      terms.putAll(summary.terms());
      candidates += summary.candidates();
      verified += summary.verified();
      rejected += summary.rejected();
      lookup += summary.lookupSeconds();
      read += summary.readSeconds();
      match += summary.matchSeconds();
    }

    PatternSearchResult.Explanation explanation() {
      return new PatternSearchResult.Explanation(
          terms.values().stream().sorted().toList(),
          candidates,
          verified,
          rejected,
          lookup * 1e3,
          read * 1e3,
          match * 1e3);
    }
  }
}
