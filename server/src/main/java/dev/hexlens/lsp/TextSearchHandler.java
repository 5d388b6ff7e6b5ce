package dev.hexlens.lsp;

import dev.hexlens.elixir.syntax.QuotedTree;
import dev.hexlens.protocol.TextMatch;
import dev.hexlens.protocol.TextSearchBatch;
import dev.hexlens.protocol.TextSearchParams;
import dev.hexlens.protocol.TextSearchResult;
import dev.hexlens.search.TextQuery;
import dev.hexlens.search.TextSearch;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.workspace.Corpus;
import dev.hexlens.workspace.CorpusCursor;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code hexlens/textSearch}: every place of a text, as it is found. */
record TextSearchHandler(SearchRequest request) {
  /** Without a time limit of its own a search ends after this. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** A longer match is cut: nobody reads it in a list. */
  private static final int MAX_TEXT = 240;

  TextSearchResult handle(
      TextSearchParams params, Batches<TextMatch> batches, Cancellation cancellation) {
    TextQuery query = query(params);
    Duration time = time(params);
    long end = System.nanoTime() + time.toNanos();
    Tally tally = request.begin();
    CorpusCursor next =
        request.search(
            tally.corpora(),
            (corpus, after) -> {
              TextSearch.Summary summary =
                  new TextSearch(corpus)
                      .search(
                          query,
                          Scope.ALL,
                          request.around(),
                          after,
                          Duration.ofNanos(Math.max(0, end - System.nanoTime())),
                          hit -> {
                            if (tally.found() == request.limit()) {
                              return false;
                            }
                            tally.add(corpus, hit.at());
                            batches.add(match(corpus, hit), 1);
                            return true;
                          },
                          cancellation);
              tally.add(summary.files(), summary.searched());
              if (!summary.inTime() && tally.endsEarly()) {
                tally.note(
                    "The search was ended after %d ms: there may be more."
                        .formatted(time.toMillis()));
              }
              return summary.next();
            });
    return new TextSearchResult(
        batches.finish(),
        tally.counts(next == null),
        tally.notes(),
        next == null ? null : next.toString());
  }

  private static TextQuery query(TextSearchParams params) {
    if (params.text() == null) {
      throw Failures.invalid("textSearch needs a text");
    }
    try {
      return new TextQuery(
          params.text(), Boolean.TRUE.equals(params.regex()), place(params.place()));
    } catch (IllegalArgumentException e) {
      throw Failures.invalid(String.valueOf(e.getMessage()));
    }
  }

  private static TextQuery.Place place(@Nullable String given) {
    return switch (given) {
      case null -> TextQuery.Place.ANYWHERE;
      case "anywhere" -> TextQuery.Place.ANYWHERE;
      case "comments" -> TextQuery.Place.COMMENTS;
      case "strings" -> TextQuery.Place.STRINGS;
      default ->
          throw Failures.invalid("place is anywhere, comments or strings, not `" + given + "`");
    };
  }

  private static Duration time(TextSearchParams params) {
    Integer given = params.timeLimit();
    if (given != null && given < 1) {
      throw Failures.invalid("timeLimit must be 1 millisecond or more, not " + given);
    }
    return given == null ? PATIENCE : Duration.ofMillis(given);
  }

  private TextMatch match(Corpus corpus, TextSearch.Hit hit) {
    String matched = QuotedTree.slice(hit.source(), hit.start(), hit.end());
    return new TextMatch(
        request.places().place(corpus, hit.at(), hit.source(), hit.lines(), hit.start(), hit.end()),
        matched.length() > MAX_TEXT ? matched.substring(0, MAX_TEXT) + "…" : matched);
  }

  /** The batches that go to the client. */
  static Object batch(List<TextMatch> texts) {
    return new TextSearchBatch(texts);
  }
}
