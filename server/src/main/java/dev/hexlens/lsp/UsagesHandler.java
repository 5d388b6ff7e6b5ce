package dev.hexlens.lsp;

import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.protocol.PackageUsages;
import dev.hexlens.protocol.UsagesBatch;
import dev.hexlens.protocol.UsagesParams;
import dev.hexlens.protocol.UsagesResult;
import dev.hexlens.search.NameAt;
import dev.hexlens.search.SymbolName;
import dev.hexlens.search.UsageSearch;
import dev.hexlens.search.UsageSearch.Hit;
import dev.hexlens.search.UsageSearch.Question;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.Candidates.Scope.Position;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.workspace.Corpus;
import dev.hexlens.workspace.CorpusCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.jspecify.annotations.Nullable;

/** {@code hexlens/usages}: who uses a symbol, package by package, as it is found. */
record UsagesHandler(SearchRequest request, Cursor cursor) {

  UsagesResult handle(
      UsagesParams params, Batches<PackageUsages> batches, Cancellation cancellation) {
    Set<Symbol> symbols = symbols(params, cancellation);
    Question question =
        new Question(symbols, true, Boolean.TRUE.equals(params.includeDeclaration()));
    Tally tally = request.begin();
    Collector collector =
        new Collector(
            request,
            tally,
            batches,
            Boolean.TRUE.equals(params.countsOnly()) ? 0 : request.limit());
    CorpusCursor ended =
        request.search(
            tally.corpora(),
            (corpus, after) -> {
              UsageSearch search = new UsageSearch(corpus);
              UsageSearch.Summary summary =
                  search.search(
                      question,
                      Scope.ALL,
                      request.around(),
                      after,
                      hit -> collector.add(corpus, search, hit),
                      cancellation);
              tally.add(summary.candidates(), summary.searched());
              return summary.next();
            });
    List<PackageUsages> whole = collector.finish();
    if (symbols.isEmpty()) {
      tally.note(
          params.symbol() == null
              ? "There is no name here whose meaning is known."
              : "Nothing that is indexed names " + params.symbol() + ".");
    }
    boolean countsOnly = Boolean.TRUE.equals(params.countsOnly());
    CorpusCursor next = collector.next();
    return new UsagesResult(
        symbols.stream().map(Symbol::printed).toList(),
        whole,
        tally.counts(ended == null && (countsOnly || next == null)),
        tally.notes(),
        countsOnly || next == null ? null : next.toString());
  }

  private Set<Symbol> symbols(UsagesParams params, Cancellation cancellation) {
    TextDocumentIdentifier document = params.textDocument();
    var position = params.position();
    if (params.symbol() != null) {
      return named(params.symbol(), cancellation);
    }
    if (document == null || position == null) {
      throw Failures.invalid("usages needs a symbol, or textDocument and position");
    }
    return cursor
        .name(document, position)
        .map(NameAt::symbols)
        .map(symbols -> cursor.together(symbols, cursor.everywhere(), cancellation))
        .orElse(Set.of());
  }

  private Set<Symbol> named(String text, Cancellation cancellation) {
    SymbolName name =
        SymbolName.parse(text)
            .orElseThrow(() ->
                Failures.invalid(
                    "`%s` is no symbol: write Mod, Mod.fun, Mod.fun/2, Mod.@attr or :lists.map/2"
                        .formatted(text)));
    return request.workspace().meant(name, cancellation);
  }

  /** Gathers the usages of one package after the other; the places are bounded, not the counts. */
  private static final class Collector {
    private final SearchRequest request;
    private final Tally tally;
    private final Batches<PackageUsages> batches;
    private final int limit;
    private final List<dev.hexlens.protocol.Usage> usages = new ArrayList<>();
    private @Nullable Corpus corpus;
    private @Nullable Position release;
    private int count;
    private int listed;
    private @Nullable CorpusCursor next;

    /**
     * @param limit so many places; 0 for counts alone
     */
    Collector(SearchRequest request, Tally tally, Batches<PackageUsages> batches, int limit) {
      this.request = request;
      this.tally = tally;
      this.batches = batches;
      this.limit = limit;
    }

    boolean add(Corpus from, UsageSearch search, Hit hit) {
      Position its = hit.at().position().first();
      if (!from.equals(corpus) || !its.equals(release)) {
        close();
        corpus = from;
        release = its;
      }
      tally.add(from, hit.at());
      count++;
      if (listed < limit) {
        listed++;
        usages.add(usage(from, hit));
      } else if (next == null) {
        next = tally.corpora().at(from, search.before(hit));
      }
      return true;
    }

    private dev.hexlens.protocol.Usage usage(Corpus from, Hit hit) {
      Symbol in = hit.usage().in();
      return new dev.hexlens.protocol.Usage(
          request
              .places()
              .place(
                  from,
                  hit.at(),
                  hit.source(),
                  hit.lines(),
                  hit.usage().start(),
                  hit.usage().end()),
          hit.usage().kind(),
          hit.usage().symbol().printed(),
          hit.usage().certainty().name().toLowerCase(Locale.ROOT),
          in == null ? null : in.printed());
    }

    private void close() {
      if (corpus != null && release != null) {
        batches.add(
            new PackageUsages(
                corpus.origin().printed(),
                release.packageName(),
                release.version(),
                count,
                List.copyOf(usages)),
            usages.size());
      }
      usages.clear();
      count = 0;
    }

    List<PackageUsages> finish() {
      close();
      return batches.finish();
    }

    /** The first place that was counted and not listed; null for none. */
    @Nullable CorpusCursor next() {
      return next;
    }
  }

  /** The batches that go to the client. */
  static Object batch(List<PackageUsages> packages) {
    return new UsagesBatch(packages);
  }
}
