package dev.hexlens.lsp;

import dev.hexlens.elixir.syntax.QuotedTree;
import dev.hexlens.protocol.Counts;
import dev.hexlens.protocol.TextMatch;
import dev.hexlens.protocol.TextSearchBatch;
import dev.hexlens.protocol.TextSearchParams;
import dev.hexlens.protocol.TextSearchResult;
import dev.hexlens.search.Around;
import dev.hexlens.search.TextQuery;
import dev.hexlens.search.TextSearch;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.workspace.Corpus;
import dev.hexlens.workspace.SearchScope;
import dev.hexlens.workspace.Workspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code hexlens/textSearch}: every place of a text, as it is found. */
record TextSearchHandler(Workspace workspace, Places places, SearchScope scope, int limit) {
  /** Without a time limit of its own a search ends after this. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** A longer match is cut: nobody reads it in a list. */
  private static final int MAX_TEXT = 240;

  TextSearchResult handle(
      TextSearchParams params, Batches<TextMatch> batches, Cancellation cancellation) {
    TextQuery query = query(params);
    Duration time = time(params);
    long end = System.nanoTime() + time.toNanos();
    Workspace.Searchable searchable = workspace.searchable(scope);
    Tally tally = new Tally();
    List<String> notes = new ArrayList<>();
    searchable.failures().forEach(failure -> notes.add(String.valueOf(failure.getMessage())));
    for (Corpus corpus : searchable.corpora()) {
      TextSearch.Summary summary =
          new TextSearch(corpus)
              .search(
                  query,
                  Scope.ALL,
                  Around.ANYTHING,
                  Duration.ofNanos(Math.max(0, end - System.nanoTime())),
                  hit -> {
                    if (tally.found == limit) {
                      return false;
                    }
                    tally.add(corpus, hit);
                    batches.add(match(corpus, hit), 1);
                    return true;
                  },
                  cancellation);
      tally.files += summary.files();
      tally.searched += summary.searched();
      if (!summary.complete()) {
        tally.complete = false;
        if (!summary.inTime()) {
          notes.add(
              "The search was ended after %d ms: there may be more.".formatted(time.toMillis()));
        }
        break;
      }
    }
    if (workspace.isIndexing()) {
      notes.add("The workspace is still being indexed: there may be more.");
    }
    return new TextSearchResult(
        batches.finish(),
        new Counts(
            tally.found,
            tally.with.size(),
            tally.packages.size(),
            tally.complete,
            tally.files,
            tally.searched),
        notes);
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
        places.place(corpus, hit.at(), hit.source(), hit.lines(), hit.start(), hit.end()),
        matched.length() > MAX_TEXT ? matched.substring(0, MAX_TEXT) + "…" : matched);
  }

  /** The batches that go to the client. */
  static Object batch(List<TextMatch> texts) {
    return new TextSearchBatch(texts);
  }

  private static final class Tally {
    final Set<String> with = new HashSet<>();
    final Set<String> packages = new HashSet<>();
    int found;
    int files;
    int searched;
    boolean complete = true;

    void add(Corpus corpus, TextSearch.Hit hit) {
      found++;
      String release = corpus.origin() + " " + hit.at().packageName() + "@" + hit.at().version();
      packages.add(release);
      with.add(release + " " + hit.at().path());
    }
  }
}
