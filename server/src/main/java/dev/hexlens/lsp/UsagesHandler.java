package dev.hexlens.lsp;

import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.protocol.Counts;
import dev.hexlens.protocol.PackageUsages;
import dev.hexlens.protocol.UsagesBatch;
import dev.hexlens.protocol.UsagesParams;
import dev.hexlens.protocol.UsagesResult;
import dev.hexlens.search.NameAt;
import dev.hexlens.search.SymbolName;
import dev.hexlens.search.UsageSearch.FileUsages;
import dev.hexlens.search.UsageSearch.Usage;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.workspace.Corpus;
import dev.hexlens.workspace.SearchScope;
import dev.hexlens.workspace.Workspace;
import dev.hexlens.workspace.WorkspaceFolder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.jspecify.annotations.Nullable;

/** {@code hexlens/usages}: who uses a symbol, package by package, as it is found. */
record UsagesHandler(
    Workspace workspace, Places places, Cursor cursor, SearchScope scope, int limit) {

  UsagesResult handle(
      UsagesParams params, Batches<PackageUsages> batches, Cancellation cancellation) {
    Set<Symbol> symbols = symbols(params, cancellation);
    Workspace.Searchable searchable = workspace.searchable(scope);
    Collector collector =
        new Collector(places, batches, limit, Boolean.TRUE.equals(params.countsOnly()));
    UsagesSearcher.Outcome outcome =
        UsagesSearcher.search(
            symbols,
            true,
            Boolean.TRUE.equals(params.includeDeclaration()),
            searchable.corpora(),
            collector::add,
            cancellation);
    List<PackageUsages> whole = collector.finish();
    List<String> notes = new ArrayList<>();
    searchable.failures().forEach(failure -> notes.add(String.valueOf(failure.getMessage())));
    if (workspace.isIndexing()) {
      notes.add("The workspace is still being indexed: there may be more.");
    }
    if (symbols.isEmpty()) {
      notes.add(
          params.symbol() == null
              ? "There is no name here whose meaning is known."
              : "Nothing that is indexed names " + params.symbol() + ".");
    }
    return new UsagesResult(
        symbols.stream().map(Symbol::printed).toList(),
        whole,
        new Counts(
            collector.found,
            collector.files,
            collector.packages,
            collector.listed == collector.found && outcome.complete(),
            outcome.candidates(),
            outcome.searched()),
        notes);
  }

  private Set<Symbol> symbols(UsagesParams params, Cancellation cancellation) {
    TextDocumentIdentifier document = params.textDocument();
    Position position = params.position();
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
    Set<Symbol> symbols = new LinkedHashSet<>();
    for (WorkspaceFolder folder : workspace.folders()) {
      symbols.addAll(folder.symbols().named(name.module(), name.name(), cancellation));
    }
    symbols.addAll(
        workspace.hex().open().symbols().named(name.module(), name.name(), cancellation));
    symbols.removeIf(symbol -> !name.admits(symbol));
    return symbols;
  }

  /** Gathers the usages of one package after the other. */
  private static final class Collector {
    private final Places places;
    private final Batches<PackageUsages> batches;
    private final int limit;
    private final boolean countsOnly;
    private final List<dev.hexlens.protocol.Usage> usages = new ArrayList<>();
    private @Nullable Corpus corpus;
    private String packageName = "";
    private String version = "";
    private int count;
    int found;
    int listed;
    int files;
    int packages;

    Collector(Places places, Batches<PackageUsages> batches, int limit, boolean countsOnly) {
      this.places = places;
      this.batches = batches;
      this.limit = limit;
      this.countsOnly = countsOnly;
    }

    boolean add(Corpus from, FileUsages file) {
      boolean same =
          from.equals(corpus)
              && file.at().packageName().equals(packageName)
              && file.at().version().equals(version);
      if (!same) {
        close();
        corpus = from;
        packageName = file.at().packageName();
        version = file.at().version();
      }
      files++;
      for (Usage usage : file.usages()) {
        found++;
        count++;
        if (!countsOnly && listed < limit) {
          listed++;
          Symbol in = usage.in();
          usages.add(
              new dev.hexlens.protocol.Usage(
                  places.place(
                      from, file.at(), file.source(), file.lines(), usage.start(), usage.end()),
                  usage.kind(),
                  usage.symbol().printed(),
                  usage.certainty().name().toLowerCase(java.util.Locale.ROOT),
                  in == null ? null : in.printed()));
        }
      }
      return true; // the places are bounded, the counts are whole
    }

    private void close() {
      if (corpus != null && count > 0) {
        packages++;
        batches.add(
            new PackageUsages(corpus.origin().printed(), packageName, version, count, usages),
            usages.size());
      }
      usages.clear();
      count = 0;
    }

    List<PackageUsages> finish() {
      close();
      if (countsOnly) {
        listed = found;
      }
      return batches.finish();
    }
  }

  /** The batches that go to the client. */
  static Object batch(List<PackageUsages> packages) {
    return new UsagesBatch(packages);
  }
}
