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
   * @param next where to go on; null when all candidates were looked at
   * @param releases of which candidates may be
   * @param releasesDone of them those that were looked at as a whole
   */
  public record Summary(
      Map<Integer, String> terms,
      int candidates,
      int verified,
      int rejected,
      int hits,
      @Nullable SearchCursor next,
      int releases,
      int releasesDone,
      double lookupSeconds,
      double readSeconds,
      double matchSeconds) {
    /** Whether all candidates were looked at. */
    public boolean complete() {
      return next == null;
    }
  }

  /** Streams the matches of one query, wherever they stand. */
  public Summary search(
      Query query, Candidates.Scope scope, Predicate<Hit> sink, Cancellation cancellation) {
    return search(List.of(query), scope, Around.ANYTHING, null, sink, cancellation);
  }

  /**
   * Streams the matches of several queries, each range once: packages by rank, inside of a release
   * those that are written as the pattern is before those that mean the same, then by path and
   * place.
   *
   * @param queries at least one
   * @param after where an earlier search stopped; null to begin
   * @param sink gets each match as soon as its turn comes, on the calling thread; false when it is
   *     not wanted, which ends the search
   * @throws StaleCursor when the packages are in another order meanwhile
   * @throws dev.hexlens.store.UnknownPosition when the cursor is of another search
   */
  public Summary search(
      List<Query> queries,
      Candidates.Scope scope,
      Around around,
      @Nullable SearchCursor after,
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
    Bookmark bookmark = new Bookmark(candidates, after);
    Pages pages = candidates.pages(alternatives, bookmark.from(scope, true), cancellation);
    Delivery delivery = new Delivery(bookmark, sink);
    long lookupNanos;
    long readNanos = 0;
    long matchNanos = 0;
    int chunk = FIRST_CHUNK;
    List<Candidate> page = pages.next(chunk);
    lookupNanos = System.nanoTime() - start;
    while (!page.isEmpty() && delivery.wanted) {
      long reading = System.nanoTime();
      List<StoredFile> files = candidates.read(page, Parts.MATCHING, cancellation);
      long read = System.nanoTime();
      readNanos += read - reading;
      // Matching is the larger part of the work, and each file's is its own.
      List<Matched> found =
          files.parallelStream()
              .map(file -> new Matched(file.at(), matches(queries, around, file, cancellation)))
              .toList();
      found.forEach(delivery::add);
      long matched = System.nanoTime();
      matchNanos += matched - read;
      chunk = Math.min(MAX_CHUNK, chunk * 2);
      page = delivery.wanted ? pages.next(chunk) : List.of();
      lookupNanos += System.nanoTime() - matched;
    }
    delivery.endRelease();
    return new Summary(
        terms,
        pages.size(),
        delivery.verified,
        delivery.rejected,
        delivery.hits,
        delivery.next,
        pages.releases(),
        delivery.last == null ? pages.releases() : pages.releasesBefore(delivery.last),
        lookupNanos / 1e9,
        readNanos / 1e9,
        matchNanos / 1e9);
  }

  private record Matched(Candidate at, List<Hit> hits) {}

  /** Tells matches in their order: those of a release that are loose wait for its end. */
  private static final class Delivery {
    private final Bookmark bookmark;
    private final Predicate<Hit> sink;
    private final List<Hit> loose = new ArrayList<>();
    private @Nullable Candidate release;
    int verified;
    int rejected;
    int hits;
    boolean wanted = true;

    /** The file in which the search ended before the end. */
    @Nullable Candidate last;

    /** Where it ended. */
    @Nullable SearchCursor next;

    Delivery(Bookmark bookmark, Predicate<Hit> sink) {
      this.bookmark = bookmark;
      this.sink = sink;
    }

    void add(Matched file) {
      if (release == null || !release.position().isBeside(file.at())) {
        endRelease();
        release = file.at();
      }
      if (!wanted) {
        return;
      }
      if (file.hits().isEmpty()) {
        rejected++;
      } else {
        verified++;
      }
      for (Hit hit : file.hits()) {
        if (!hit.match().exact()) {
          loose.add(hit);
        } else if (wanted) {
          tell(hit);
        }
      }
    }

    void endRelease() {
      for (Hit hit : loose) {
        if (wanted) {
          tell(hit);
        }
      }
      loose.clear();
    }

    private void tell(Hit hit) {
      if (bookmark.isNew(hit.at(), !hit.match().exact())) {
        if (sink.test(hit)) {
          hits++;
        } else {
          wanted = false;
          last = hit.at();
          next = bookmark.here();
        }
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
