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
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Looks for text in everything that is stored, of whatever language. */
public final class TextSearch {
  /**
   * Files read together: as many as fill a screen with little left over, then ever more, for who
   * goes through them all.
   */
  private static final int FIRST_CHUNK = 32;

  private static final int SMALL_CHUNKS = 3 * FIRST_CHUNK;
  private static final int MAX_CHUNK = 256;

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
   * @param next where to go on; null when all were searched, and all their matches told, or when
   *     the time was over before anything was
   * @param inTime false when the time was over before the end
   */
  public record Summary(
      int files,
      int searched,
      int releases,
      int releasesDone,
      @Nullable SearchCursor next,
      boolean inTime) {
    /** Whether all files were searched, and all their matches told. */
    public boolean complete() {
      return next == null && inTime;
    }
  }

  /**
   * Streams the places, packages by rank, then path and place.
   *
   * @param after where an earlier search stopped; null to begin
   * @param time when it is over, what was found is all
   * @param sink gets each, on the calling thread; false when it is not wanted, which ends the
   *     search
   * @throws StaleCursor when the packages are in another order meanwhile
   * @throws dev.hexlens.store.UnknownPosition when the cursor is of another search
   */
  public Summary search(
      TextQuery query,
      Scope scope,
      Around around,
      @Nullable SearchCursor after,
      Duration time,
      Predicate<Hit> sink,
      Cancellation cancellation) {
    Bookmark bookmark = new Bookmark(files, after);
    Run run = new Run(query, around, bookmark, System.nanoTime() + time.toNanos());
    try (Cancellation.Limited limited = cancellation.within(time)) {
      return run.search(bookmark.from(scope, false), sink, cancellation, limited.token());
    } catch (CancellationException e) {
      if (cancellation.isCancelled()) {
        throw e;
      }
      return run.outOfTime(); // while Postgres was at work
    }
  }

  /** One search. */
  private final class Run {
    private final TextQuery query;
    private final Around around;
    private final Bookmark bookmark;
    private final long deadline;
    private @Nullable Pages pages;
    private @Nullable Candidate last;
    private int searched;

    Run(TextQuery query, Around around, Bookmark bookmark, long deadline) {
      this.query = query;
      this.around = around;
      this.bookmark = bookmark;
      this.deadline = deadline;
    }

    /**
     * Searches.
     *
     * @param inTime cancelled with the other, or when the time is over: for what Postgres does
     */
    Summary search(
        Scope scope, Predicate<Hit> sink, Cancellation cancellation, Cancellation inTime) {
      boolean plain = query.place() == TextQuery.Place.ANYWHERE && around.isAnything();
      TextFinder finder = query.finder();
      // Comments, strings and definitions are known of files that have a tree.
      Pages proposed = files.texts(query.terms(), plain ? null : around.terms(), scope, inTime);
      pages = proposed;
      int chunk = FIRST_CHUNK;
      for (List<Candidate> page = proposed.next(chunk);
          !page.isEmpty();
          page = proposed.next(chunk)) {
        List<StoredFile> read = files.read(page, plain ? Parts.SOURCE : Parts.MATCHING, inTime);
        List<Searched> found =
            read.parallelStream()
                .map(file -> {
                  cancellation.throwIfCancelled();
                  boolean late = System.nanoTime() > deadline;
                  return new Searched(file.at(), late ? null : hits(query, finder, around, file));
                })
                .toList();
        for (Searched file : found) {
          if (file.hits() == null) {
            return summary(file.at(), bookmark.before(file.at()), false);
          }
          for (Hit hit : file.hits()) {
            if (bookmark.isNew(hit.at(), false) && !sink.test(hit)) {
              return summary(hit.at(), bookmark.here(), true);
            }
          }
          searched++;
          last = file.at();
        }
        if (searched >= SMALL_CHUNKS) {
          chunk = Math.min(MAX_CHUNK, 2 * chunk);
        }
      }
      return new Summary(searched, searched, proposed.releases(), proposed.releases(), null, true);
    }

    /** How far it came when Postgres had to stop. */
    Summary outOfTime() {
      return last == null
          ? new Summary(pages == null ? 0 : pages.size(), 0, 0, 0, null, false)
          : summary(last, bookmark.behind(last), false);
    }

    private Summary summary(Candidate at, SearchCursor next, boolean inTime) {
      Pages all = Objects.requireNonNull(pages);
      return new Summary(
          all.size(), searched, all.releases(), all.releasesBefore(at), next, inTime);
    }
  }

  /**
   * A file and what was found in it.
   *
   * @param hits null when there was no time for it
   */
  private record Searched(Candidate at, @Nullable List<Hit> hits) {}

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
      if ((form == Form.STRING
              || form == Form.DIGEST
              || form == Form.BYTES
              || form == Form.TEMPLATE)
          && tree.start(node) <= range[0]
          && range[1] <= tree.end(node)) {
        return true;
      }
    }
    return false;
  }
}
