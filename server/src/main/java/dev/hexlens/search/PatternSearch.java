package dev.hexlens.search;

import dev.hexlens.elixir.syntax.CompactTree;
import dev.hexlens.elixir.syntax.LineIndex;
import dev.hexlens.elixir.syntax.QuotedTree;
import dev.hexlens.pattern.FileSearch;
import dev.hexlens.pattern.FileView;
import dev.hexlens.pattern.Match;
import dev.hexlens.pattern.Query;
import dev.hexlens.store.CandidateSource;
import dev.hexlens.store.CandidateSource.Pages;
import dev.hexlens.store.CandidateSource.Parts;
import dev.hexlens.store.Candidates;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.Candidates.StoredFile;
import dev.hexlens.store.FileFacts;
import dev.hexlens.store.postgres.Cancellation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers pattern queries from the store: required terms, then candidates by rank, then the matcher
 * over each candidate's stored tree. The index only ever rules out what can't match.
 */
public final class PatternSearch {
  /** Files read at a time: the first answers come soon, and a round trip serves many. */
  private static final int FIRST_CHUNK = 16;

  private static final int MAX_CHUNK = 256;

  private final CandidateSource candidates;
  private final TermPlanner planner;

  public PatternSearch(CandidateSource candidates, TermPlanner planner) {
    this.candidates = candidates;
    this.planner = planner;
  }

  /**
   * A match with where it stands.
   *
   * @param facts of its file, without references
   */
  public record Hit(Candidate at, byte[] source, LineIndex lines, Match match, FileFacts facts) {}

  /**
   * How a search went.
   *
   * @param candidates files that the index proposed
   * @param verified files in which something matched
   * @param rejected files in which nothing did
   * @param complete whether all candidates were looked at
   * @param releases of which candidates may be
   * @param releasesDone of them those that were looked at as a whole
   */
  public record Summary(
      Map<Integer, String> terms,
      int candidates,
      int verified,
      int rejected,
      int hits,
      boolean complete,
      int releases,
      int releasesDone,
      double lookupSeconds,
      double readSeconds,
      double matchSeconds) {}

  /**
   * Streams the matches, packages by rank, then path and place.
   *
   * @param sink gets each match as it is verified; false ends the search
   */
  public Summary search(
      Query query, Candidates.Scope scope, Predicate<Hit> sink, Cancellation cancellation) {
    return search(List.of(query), scope, Around.ANYTHING, sink, cancellation);
  }

  /**
   * Streams the matches of several queries, each range once, packages by rank, then path and place.
   *
   * @param queries at least one
   * @param sink gets each match as it is verified, on the calling thread; false ends the search
   */
  public Summary search(
      List<Query> queries,
      Candidates.Scope scope,
      Around around,
      Predicate<Hit> sink,
      Cancellation cancellation) {
    Map<Integer, String> terms = new LinkedHashMap<>();
    List<Set<Integer>> alternatives = new ArrayList<>();
    for (Query query : queries) {
      Map<Integer, String> required = planner.plan(query).terms();
      Set<Integer> all = new HashSet<>(required.keySet());
      all.addAll(around.terms());
      alternatives.add(all);
      terms.putAll(required);
    }
    long start = System.nanoTime();
    Pages pages = candidates.pages(alternatives, scope, cancellation);
    Progress progress = new Progress();
    int chunk = FIRST_CHUNK;
    List<Candidate> page = pages.next(chunk);
    progress.lookupNanos = System.nanoTime() - start;
    while (!page.isEmpty() && progress.wanted) {
      long reading = System.nanoTime();
      List<StoredFile> files = candidates.read(page, Parts.MATCHING, cancellation);
      long read = System.nanoTime();
      progress.readNanos += read - reading;
      // Matching is the larger part of the work, and each file's is its own.
      List<List<Hit>> found =
          files.parallelStream().map(file -> matches(queries, around, file, cancellation)).toList();
      found.forEach(hits -> deliver(hits, sink, progress));
      long matched = System.nanoTime();
      progress.matchNanos += matched - read;
      chunk = Math.min(MAX_CHUNK, chunk * 2);
      page = progress.wanted ? pages.next(chunk) : List.of();
      progress.lookupNanos += System.nanoTime() - matched;
    }
    return new Summary(
        terms,
        pages.size(),
        progress.verified,
        progress.rejected,
        progress.hits,
        progress.wanted,
        pages.releases(),
        progress.last == null ? pages.releases() : pages.releasesBefore(progress.last),
        progress.lookupNanos / 1e9,
        progress.readNanos / 1e9,
        progress.matchNanos / 1e9);
  }

  private static final class Progress {
    int verified;
    int rejected;
    int hits;
    boolean wanted = true;

    /** The file in which the search ended before the end. */
    @Nullable Candidate last;

    long lookupNanos;
    long readNanos;
    long matchNanos;
  }

  private static void deliver(List<Hit> hits, Predicate<Hit> sink, Progress progress) {
    if (!progress.wanted) {
      return;
    }
    if (hits.isEmpty()) {
      progress.rejected++;
    } else {
      progress.verified++;
    }
    for (Hit hit : hits) {
      progress.hits++;
      if (!sink.test(hit)) {
        progress.wanted = false;
        progress.last = hit.at();
        return;
      }
    }
  }

  private static List<Hit> matches(
      List<Query> queries, Around around, StoredFile stored, Cancellation cancellation) {
    cancellation.throwIfCancelled();
    CompactTree compact = CompactTree.read(stored.tree());
    List<Query> possible =
        queries.stream().filter(query -> query.possibleIn(compact.names())).toList();
    if (possible.isEmpty()) {
      return List.of();
    }
    QuotedTree tree = compact.tree();
    FileView file =
        new FileView(
            tree,
            stored.source(),
            () -> new StoredNames(stored.at().path(), tree, stored.source(), stored.facts()));
    FileSearch search = new FileSearch(file);
    List<Match> matches = new ArrayList<>(search.find(possible.getFirst()));
    if (possible.size() > 1) {
      possible.subList(1, possible.size()).forEach(query -> matches.addAll(search.find(query)));
      matches.sort(
          Comparator.comparingInt(Match::start)
              .thenComparing(Comparator.comparingInt(Match::end).reversed()));
    }
    List<Hit> hits = new ArrayList<>();
    long last = -1;
    for (Match match : matches) {
      long range = ((long) match.start() << 32) | match.end();
      if (range != last && around.admits(stored.facts(), match.start(), match.end())) {
        hits.add(new Hit(stored.at(), stored.source(), file.lines(), match, stored.facts()));
        last = range;
      }
    }
    return hits;
  }
}
