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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers pattern queries from the store: required terms, then candidates by rank, then the matcher
 * over each candidate's stored tree. The index only ever rules out what can't match.
 */
public final class PatternSearch {
  /**
   * Files looked at together: the first answers come soon, and a round trip serves many. Half as
   * many as before, so that not much is read that nobody waits for any more.
   */
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
    Timer timer = new Timer();
    Bookmark bookmark = new Bookmark(candidates, after);
    Pages pages = candidates.pages(alternatives, bookmark.from(scope, true), cancellation);
    Delivery delivery = new Delivery(bookmark, sink);
    int seen = 0;
    List<Candidate> page = pages.next(FIRST_CHUNK);
    timer.lookedUp();
    while (!page.isEmpty() && delivery.wanted) {
      // Matching is the larger part of the work, and each file's is its own.
      List<StoredFile> trees = candidates.read(page, Parts.TREE, cancellation);
      timer.read();
      Map<Candidate, Possible> possible = new HashMap<>();
      trees.parallelStream()
          .map(file -> Possible.of(file, queries, cancellation))
          .filter(file -> !file.queries().isEmpty())
          .toList()
          .forEach(file -> possible.put(file.at(), file));
      timer.matched();
      List<Candidate> likely = page.stream().filter(possible::containsKey).toList();
      List<StoredFile> rest =
          likely.isEmpty()
              ? List.of()
              : candidates.read(likely, Parts.DEFINITIONS_AND_SOURCE, cancellation);
      timer.read();
      Map<Candidate, List<Hit>> hits = new HashMap<>();
      rest.parallelStream()
          .map(file ->
              Objects.requireNonNull(possible.get(file.at())).with(file, around, cancellation))
          .filter(found -> !found.isEmpty())
          .toList()
          .forEach(found -> hits.put(found.getFirst().at(), found));
      trees.forEach(file -> delivery.add(file.at(), hits.getOrDefault(file.at(), List.of())));
      timer.matched();
      seen += page.size();
      int chunk = Math.clamp(seen / 2, FIRST_CHUNK, MAX_CHUNK);
      page = delivery.wanted ? pages.next(chunk) : List.of();
      timer.lookedUp();
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
        timer.lookupNanos / 1e9,
        timer.readNanos / 1e9,
        timer.matchNanos / 1e9);
  }

  /** Tells each stage the time since the one before. */
  private static final class Timer {
    private long last = System.nanoTime();
    long lookupNanos;
    long readNanos;
    long matchNanos;

    void lookedUp() {
      lookupNanos += lap();
    }

    void read() {
      readNanos += lap();
    }

    void matched() {
      matchNanos += lap();
    }

    private long lap() {
      long now = System.nanoTime();
      long passed = now - last;
      last = now;
      return passed;
    }
  }

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

    void add(Candidate file, List<Hit> found) {
      if (release == null || !release.position().isBeside(file)) {
        endRelease();
        release = file;
      }
      if (!wanted) {
        return;
      }
      if (found.isEmpty()) {
        rejected++;
      } else {
        verified++;
      }
      for (Hit hit : found) {
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

  /**
   * A file that its tree alone does not rule out: what its names mean and its source are read of
   * such files only.
   *
   * @param tree null where no query is left
   */
  private record Possible(Candidate at, @Nullable QuotedTree tree, List<Query> queries) {
    static Possible of(StoredFile stored, List<Query> queries, Cancellation cancellation) {
      cancellation.throwIfCancelled();
      CompactTree compact = CompactTree.read(stored.tree());
      List<Query> named =
          queries.stream().filter(query -> query.possibleIn(compact.names())).toList();
      if (named.isEmpty()) {
        return new Possible(stored.at(), null, List.of());
      }
      QuotedTree tree = compact.tree();
      List<Query> possible =
          named.stream().filter(query -> FileSearch.possibleIn(tree, query)).toList();
      return new Possible(stored.at(), tree, possible);
    }

    /** The matches, with the rest of what is kept of the file. */
    List<Hit> with(StoredFile stored, Around around, Cancellation cancellation) {
      cancellation.throwIfCancelled();
      if (tree == null) {
        return List.of();
      }
      FileView file =
          new FileView(
              tree,
              stored.source(),
              () -> new StoredNames(at.path(), tree, stored.source(), stored.facts()));
      FileSearch search = new FileSearch(file);
      List<Match> matches = new ArrayList<>();
      queries.forEach(query -> matches.addAll(search.find(query)));
      if (queries.size() > 1) {
        matches.sort(
            Comparator.comparingInt(Match::start)
                .thenComparing(Comparator.comparingInt(Match::end).reversed()));
      }
      List<Hit> hits = new ArrayList<>();
      long last = -1;
      for (Match match : matches) {
        long range = ((long) match.start() << 32) | match.end();
        if (range != last && around.admits(stored.facts(), match.start(), match.end())) {
          hits.add(new Hit(at, stored.source(), file.lines(), match, stored.facts()));
          last = range;
        }
      }
      return hits;
    }
  }
}
