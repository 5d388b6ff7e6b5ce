package dev.hexlens.workspace;

import dev.hexlens.search.SearchCursor;
import dev.hexlens.search.StaleCursor;
import dev.hexlens.workspace.Corpus.Origin;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a question goes to, in the order of its answers. */
public record Corpora(List<Corpus> all) {
  public Corpora {
    all = List.copyOf(all);
  }

  /** A search of one corpus. */
  public interface Search {
    /**
     * Searches.
     *
     * @param after where to go on; null to begin
     * @return where it stopped; null when it came to the end
     */
    @Nullable SearchCursor in(Corpus corpus, @Nullable SearchCursor after);
  }

  /**
   * Searches one after the other until one search stops.
   *
   * @param after where to go on; null to begin
   * @return where it stopped; null when it came to the end
   * @throws StaleCursor when the cursor's corpus is not among these
   */
  public @Nullable CorpusCursor search(@Nullable CorpusCursor after, Search search) {
    CorpusCursor from = after;
    Map<Origin, Integer> numbers = new EnumMap<>(Origin.class);
    for (Corpus corpus : all) {
      int number = numbers.merge(corpus.origin(), 1, Integer::sum) - 1;
      if (from == null || (from.origin() == corpus.origin() && from.number() == number)) {
        SearchCursor next = search.in(corpus, from == null ? null : from.within());
        if (next != null) {
          return new CorpusCursor(corpus.origin(), number, next);
        }
        from = null;
      }
    }
    if (from != null) {
      throw new StaleCursor(
          "the cursor is of a search that looks elsewhere too: search from the beginning");
    }
    return null;
  }

  /** The cursor before a place in one of these. */
  public CorpusCursor at(Corpus corpus, SearchCursor within) {
    int number = 0;
    for (Corpus each : all) {
      if (each.equals(corpus)) {
        return new CorpusCursor(corpus.origin(), number, within);
      }
      number += each.origin() == corpus.origin() ? 1 : 0;
    }
    throw new IllegalArgumentException("not one of these corpora");
  }
}
