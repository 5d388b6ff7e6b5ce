package dev.hexlens.cli;

import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.search.Around;
import dev.hexlens.search.SymbolSearch;
import dev.hexlens.search.UsageSearch;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.Symbols;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.workspace.Corpus;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hexlens symbols}: definitions by name, in everything that is indexed. */
@Command(
    name = "symbols",
    description = {
      "Find definitions by a part of their name.",
      "Without --limit, the best 50 are shown; all are counted."
    },
    mixinStandardHelpOptions = true)
final class SymbolsCommand implements Callable<Integer> {
  private static final int SHOWN = 50;

  /** How many more are asked for when the scope has ruled too many out. */
  private static final int MORE = 8;

  /** Symbols whose definitions are looked up together. */
  private static final int TOGETHER = 64;

  @Parameters(paramLabel = "QUERY")
  private String query = "";

  @Mixin private ScopeOptions scope = new ScopeOptions();
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private StoreOptions store = new StoreOptions();

  private final Console console;

  SymbolsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    boolean all = output.isLimited() || output.form() == OutputOptions.Form.NONE;
    int limit = all ? output.limit() : SHOWN;
    AnswerPrinter printer = new AnswerPrinter(console, output, limit);
    Around around = scope.around();
    try (Searched searched = Searched.open(console, store, scope)) {
      for (Corpus corpus : searched.corpora().all()) {
        if (!printer.isFull()) {
          print(corpus, searched.workspace().symbols(corpus), around, limit, printer);
        }
      }
    }
    printer.finish();
    return printer.exitCode();
  }

  private void print(
      Corpus corpus, Symbols symbols, Around around, int limit, AnswerPrinter printer) {
    UsageSearch definitions = new UsageSearch(corpus);
    SymbolSearch search = new SymbolSearch(symbols);
    Set<Symbols.Known> seen = new HashSet<>();
    int asked = limit;
    boolean more = true;
    while (more) {
      List<Symbols.Known> best = search.search(query, asked, Cancellation.NONE);
      List<Symbol> wanted =
          best.stream()
              .filter(known -> seen.add(known) && around.admits(known.symbol(), known.kind()))
              .map(Symbols.Known::symbol)
              .toList();
      for (int at = 0; at < wanted.size() && !printer.isFull(); at += TOGETHER) {
        List<Symbol> some = wanted.subList(at, Math.min(wanted.size(), at + TOGETHER));
        int room = limit - printer.found();
        Map<Symbol, List<UsageSearch.Hit>> found =
            definitions.definitions(some, Scope.ALL, room, Cancellation.NONE);
        for (Symbol symbol : some) {
          found
              .getOrDefault(symbol, List.of())
              .forEach(hit -> printer.add(UsageAnswer.named(symbol, hit)));
        }
      }
      more = !printer.isFull() && best.size() >= asked;
      asked = (int) Math.min(Integer.MAX_VALUE, (long) asked * MORE);
    }
  }
}
