package dev.hexlens.cli;

import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.search.SearchCursor;
import dev.hexlens.search.SymbolName;
import dev.hexlens.search.UsageSearch;
import dev.hexlens.search.UsageSearch.Question;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.workspace.Corpus;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hexlens references}: who uses a symbol, in everything that is indexed. */
@Command(
    name = "references",
    description = "Find who refers to a module, function, type or attribute.",
    mixinStandardHelpOptions = true)
final class ReferencesCommand implements Callable<Integer> {
  @Parameters(paramLabel = "Mod.fun[/arity]")
  private String name = "";

  @Mixin private ScopeOptions scope = new ScopeOptions();
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private Continuation continuation = new Continuation();
  @Mixin private StoreOptions store = new StoreOptions();

  @Option(names = "--include-declaration", description = "Definitions too, before references.")
  private boolean includeDeclaration;

  private final Console console;

  ReferencesCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    SymbolName wanted =
        SymbolName.parse(name)
            .orElseThrow(() ->
                new CommandFailure(
                    "`%s` is no symbol: write Mod, Mod.fun, Mod.fun/2, Mod.@attr or :lists.map/2"
                        .formatted(name)));
    if (includeDeclaration && continuation.isUnderWay()) {
      throw new CommandFailure("--include-declaration comes first: leave it out with --after");
    }
    AnswerPrinter printer = new AnswerPrinter(console, output);
    try (Searched searched = Searched.open(console, store, scope)) {
      Set<Symbol> symbols = searched.workspace().meant(wanted, Cancellation.NONE);
      if (symbols.isEmpty()) {
        console.err().println("hexlens: nothing that is indexed names " + name);
      }
      if (includeDeclaration) {
        searched
            .corpora()
            .search(
                null,
                (corpus, after) ->
                    search(corpus, Question.definitions(symbols), after, printer).next());
      }
      continuation.search(
          searched.corpora(),
          (corpus, after) -> {
            UsageSearch.Summary summary =
                search(corpus, Question.references(symbols), after, printer);
            continuation.count(summary.releases(), summary.releasesDone());
            return summary.next();
          });
    }
    printer.finish();
    continuation.print(console.err());
    return printer.exitCode();
  }

  private UsageSearch.Summary search(
      Corpus corpus, Question question, @Nullable SearchCursor after, AnswerPrinter printer) {
    return new UsageSearch(corpus)
        .search(
            question,
            Scope.ALL,
            scope.around(),
            after,
            hit -> printer.add(UsageAnswer.of(hit)),
            Cancellation.NONE);
  }
}
