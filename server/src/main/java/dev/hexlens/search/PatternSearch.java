package dev.hexlens.search;

import dev.hexlens.elixir.syntax.CompactTree;
import dev.hexlens.elixir.syntax.LineIndex;
import dev.hexlens.elixir.syntax.QuotedTree;
import dev.hexlens.pattern.FileSearch;
import dev.hexlens.pattern.FileView;
import dev.hexlens.pattern.Match;
import dev.hexlens.pattern.Query;
import dev.hexlens.store.CandidateSource;
import dev.hexlens.store.CandidateSource.Parts;
import dev.hexlens.store.Candidates;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.Candidates.StoredFile;
import dev.hexlens.store.postgres.Cancellation;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

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

  /** A match with where it stands. */
  public record Hit(Candidate at, byte[] source, LineIndex lines, Match match) {}

  /**
   * How a search went.
   *
   * @param candidates files that the index proposed
   * @param verified files in which something matched
   * @param rejected files in which nothing did
   * @param complete whether all candidates were looked at
   */
  public record Summary(
      Map<Integer, String> terms,
      int candidates,
      int verified,
      int rejected,
      int hits,
      boolean complete,
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
    TermPlanner.Plan plan = planner.plan(query);
    long start = System.nanoTime();
    List<Candidate> proposed = candidates.find(plan.terms().keySet(), scope, cancellation);
    long lookup = System.nanoTime() - start;
    Progress progress = new Progress();
    int chunk = FIRST_CHUNK;
    int at = 0;
    while (at < proposed.size() && progress.wanted) {
      int to = Math.min(proposed.size(), at + chunk);
      long reading = System.nanoTime();
      List<StoredFile> files = candidates.read(proposed.subList(at, to), Parts.ALL, cancellation);
      long read = System.nanoTime();
      progress.readNanos += read - reading;
      for (StoredFile file : files) {
        cancellation.throwIfCancelled();
        if (progress.wanted) {
          verify(query, file, sink, progress);
        }
      }
      progress.matchNanos += System.nanoTime() - read;
      at = to;
      chunk = Math.min(MAX_CHUNK, chunk * 2);
    }
    return new Summary(
        plan.terms(),
        proposed.size(),
        progress.verified,
        progress.rejected,
        progress.hits,
        progress.wanted,
        lookup / 1e9,
        progress.readNanos / 1e9,
        progress.matchNanos / 1e9);
  }

  private static final class Progress {
    int verified;
    int rejected;
    int hits;
    boolean wanted = true;
    long readNanos;
    long matchNanos;
  }

  private static void verify(
      Query query, StoredFile stored, Predicate<Hit> sink, Progress progress) {
    CompactTree compact = CompactTree.read(stored.tree());
    if (!query.possibleIn(compact.names())) {
      progress.rejected++;
      return;
    }
    QuotedTree tree = compact.tree();
    FileView file =
        new FileView(
            tree,
            stored.source(),
            () -> new StoredNames(stored.at().path(), tree, stored.source(), stored.facts()));
    List<Match> matches = new FileSearch(file).find(query);
    if (matches.isEmpty()) {
      progress.rejected++;
      return;
    }
    progress.verified++;
    for (Match match : matches) {
      progress.hits++;
      if (!sink.test(new Hit(stored.at(), stored.source(), file.lines(), match))) {
        progress.wanted = false;
        return;
      }
    }
  }
}
