package dev.hexlens.lsp;

import dev.hexlens.pattern.Match;
import dev.hexlens.pattern.Pattern;
import dev.hexlens.pattern.Query;
import dev.hexlens.protocol.Counts;
import dev.hexlens.protocol.PatternMatch;
import dev.hexlens.protocol.PatternSearchBatch;
import dev.hexlens.protocol.PatternSearchParams;
import dev.hexlens.protocol.PatternSearchResult;
import dev.hexlens.search.PatternSearch;
import dev.hexlens.search.TermPlanner;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.workspace.Corpus;
import dev.hexlens.workspace.SearchScope;
import dev.hexlens.workspace.Workspace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code hexlens/patternSearch}: every match there is, as it is found. */
record PatternSearchHandler(
    Workspace workspace, Places places, SearchScope scope, int limit, boolean bounded) {

  PatternSearchResult handle(
      PatternSearchParams params, Batches<PatternMatch> batches, Cancellation cancellation) {
    if (params.pattern() == null) {
      throw Failures.invalid("patternSearch needs a pattern");
    }
    Pattern pattern = Pattern.parse(params.pattern());
    if (pattern.isBroad() && !bounded) {
      throw Failures.invalid(
          "`%s` matches everything there is: give a limit or a scope, or write more of it"
              .formatted(params.pattern()));
    }
    Query query = new Query(pattern, FilterFields.filters(params.filters()), List.of());
    Workspace.Searchable searchable = workspace.searchable(scope);
    Tally tally = new Tally();
    for (Corpus corpus : searchable.corpora()) {
      PatternSearch.Summary summary =
          new PatternSearch(corpus, TermPlanner.ALL_REQUIRED)
              .search(
                  query,
                  Scope.ALL,
                  hit -> {
                    if (tally.found == limit) {
                      return false;
                    }
                    tally.add(corpus, hit);
                    batches.add(match(corpus, hit), 1);
                    return true;
                  },
                  cancellation);
      tally.add(summary);
      if (!summary.complete()) {
        tally.complete = false;
        break;
      }
    }
    List<String> notes = new ArrayList<>();
    searchable.failures().forEach(failure -> notes.add(String.valueOf(failure.getMessage())));
    if (workspace.isIndexing()) {
      notes.add("The workspace is still being indexed: there may be more.");
    }
    return new PatternSearchResult(
        batches.finish(),
        new Counts(
            tally.found,
            tally.files.size(),
            tally.packages.size(),
            tally.complete,
            tally.candidates,
            tally.verified + tally.rejected),
        pattern.hints(),
        notes,
        Boolean.TRUE.equals(params.explain()) ? tally.explanation() : null);
  }

  private PatternMatch match(Corpus corpus, PatternSearch.Hit hit) {
    Map<String, String> captures = new LinkedHashMap<>();
    for (Match.Capture capture : hit.match().captures()) {
      captures.put(capture.name(), capture.text());
    }
    return new PatternMatch(
        places.place(
            corpus, hit.at(), hit.source(), hit.lines(), hit.match().start(), hit.match().end()),
        captures);
  }

  /** The batches that go to the client. */
  static Object batch(List<PatternMatch> matches) {
    return new PatternSearchBatch(matches);
  }

  private static final class Tally {
    final Set<String> files = new HashSet<>();
    final Set<String> packages = new HashSet<>();
    private final Map<Integer, String> terms = new LinkedHashMap<>();
    int found;
    int candidates;
    int verified;
    int rejected;
    boolean complete = true;
    private double lookup;
    private double read;
    private double match;

    void add(Corpus corpus, PatternSearch.Hit hit) {
      found++;
      String release = corpus.origin() + " " + hit.at().packageName() + "@" + hit.at().version();
      packages.add(release);
      files.add(release + " " + hit.at().path());
    }

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
