package dev.hexlens.search;

import dev.hexlens.elixir.syntax.CompactTree;
import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.elixir.syntax.LineIndex;
import dev.hexlens.elixir.syntax.QuotedTree;
import dev.hexlens.store.CandidateSource;
import dev.hexlens.store.CandidateSource.Pages;
import dev.hexlens.store.CandidateSource.Parts;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.Candidates.StoredFile;
import dev.hexlens.store.FileFacts;
import dev.hexlens.store.postgres.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Looks for text in everything that is stored, of whatever language. */
public final class TextSearch {
  private static final int FIRST_CHUNK = 32;
  private static final int MAX_CHUNK = 512;

  private final CandidateSource files;

  public TextSearch(CandidateSource files) {
    this.files = files;
  }

  /**
   * A place where the text stands; a file has many.
   *
   * @param start in bytes
   * @param end exclusive
   * @param facts of its file, without references; empty unless they were needed
   */
  public record Hit(
      Candidate at, byte[] source, LineIndex lines, int start, int end, FileFacts facts) {}

  /**
   * How far a search came.
   *
   * @param files that were to be searched
   * @param searched those that were
   * @param releases of which they are
   * @param releasesDone of them those that were searched as a whole
   * @param complete whether all were, and all their matches delivered
   * @param inTime false when the time was over before that
   */
  public record Summary(
      int files, int searched, int releases, int releasesDone, boolean complete, boolean inTime) {}

  /**
   * Streams the places, packages by rank, then path and place.
   *
   * @param time when it is over, what was found is all
   * @param sink gets each, on the calling thread; false ends the search
   */
  public Summary search(
      TextQuery query,
      Scope scope,
      Around around,
      Duration time,
      Predicate<Hit> sink,
      Cancellation cancellation) {
    long deadline = System.nanoTime() + time.toNanos();
    boolean plain = query.place() == TextQuery.Place.ANYWHERE && around.isAnything();
    TextFinder finder = query.finder();
    // Comments, strings and definitions are known of files that have a tree.
    Pages pages = files.texts(query.terms(), plain ? null : around.terms(), scope, cancellation);
    int searched = 0;
    int chunk = FIRST_CHUNK;
    for (List<Candidate> page = pages.next(chunk); !page.isEmpty(); page = pages.next(chunk)) {
      List<StoredFile> read = files.read(page, plain ? Parts.SOURCE : Parts.MATCHING, cancellation);
      List<List<Hit>> found =
          read.parallelStream()
              .map(file -> {
                cancellation.throwIfCancelled();
                return System.nanoTime() > deadline
                    ? List.<Hit>of()
                    : hits(query, finder, around, file);
              })
              .toList();
      for (List<Hit> hits : found) {
        for (Hit hit : hits) {
          if (!sink.test(hit)) {
            return summary(pages, searched, hit.at(), true);
          }
        }
      }
      if (System.nanoTime() > deadline) {
        return summary(pages, searched, page.getFirst(), false);
      }
      searched += page.size();
      chunk = Math.min(MAX_CHUNK, 2 * chunk);
    }
    return new Summary(searched, searched, pages.releases(), pages.releases(), true, true);
  }

  private static Summary summary(Pages pages, int searched, Candidate at, boolean inTime) {
    return new Summary(
        pages.size(), searched, pages.releases(), pages.releasesBefore(at), false, inTime);
  }

  private static List<Hit> hits(
      TextQuery query, TextFinder finder, Around around, StoredFile file) {
    List<int[]> ranges = new ArrayList<>();
    finder.find(
        file.source(),
        (start, end) -> {
          ranges.add(new int[] {start, end});
          return 1;
        });
    if (ranges.isEmpty()) {
      return List.of();
    }
    LineIndex lines = LineIndex.of(file.source());
    Predicate<int[]> placed = placed(query.place(), file);
    List<Hit> hits = new ArrayList<>();
    for (int[] range : ranges) {
      if (placed.test(range) && around.admits(file.facts(), range[0], range[1])) {
        hits.add(new Hit(file.at(), file.source(), lines, range[0], range[1], file.facts()));
      }
    }
    return hits;
  }

  private static Predicate<int[]> placed(TextQuery.Place place, StoredFile file) {
    if (place == TextQuery.Place.ANYWHERE) {
      return range -> true;
    }
    QuotedTree tree = CompactTree.read(file.tree()).tree();
    return range ->
        place == TextQuery.Place.COMMENTS ? inComment(tree, range) : inString(tree, range);
  }

  private static boolean inComment(QuotedTree tree, int[] range) {
    for (int comment = 0; comment < tree.commentCount(); comment++) {
      if (tree.commentStart(comment) <= range[0] && range[1] <= tree.commentEnd(comment)) {
        return true;
      }
    }
    return false;
  }

  private static boolean inString(QuotedTree tree, int[] range) {
    for (int node = 0; node < tree.size(); node++) {
      Form form = tree.form(node);
      if ((form == Form.STRING || form == Form.DIGEST || form == Form.BYTES)
          && tree.start(node) <= range[0]
          && range[1] <= tree.end(node)) {
        return true;
      }
    }
    return false;
  }
}
