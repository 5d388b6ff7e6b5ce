package dev.hexlens.cli;

import com.google.gson.JsonObject;
import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.elixir.syntax.QuotedTree;
import dev.hexlens.index.Extractor;
import dev.hexlens.search.ReferenceSearch;
import dev.hexlens.search.SymbolName;
import dev.hexlens.store.Candidates;
import dev.hexlens.store.FileFacts;
import dev.hexlens.store.SymbolDictionary;
import dev.hexlens.store.Symbols;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
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
    AnswerPrinter printer = new AnswerPrinter(console, output);
    try (Database database = store.open(console)) {
      Candidates candidates = new Candidates(database, new SymbolDictionary(), Extractor.VERSION);
      ReferenceSearch search = new ReferenceSearch(candidates, new Symbols(database));
      List<Symbol> symbols = search.symbols(wanted, Cancellation.NONE);
      for (Symbol symbol : symbols) {
        if (includeDeclaration) {
          search
              .definitions(symbol, scope.scope(), output.limit(), Cancellation.NONE)
              .forEach(definition -> printer.add(answer(definition, symbol)));
        }
        if (printer.isFull()
            || !search.references(
                symbol,
                scope.scope(),
                scope.around(),
                use -> printer.add(answer(use)),
                Cancellation.NONE)) {
          break;
        }
      }
      if (symbols.isEmpty()) {
        console.err().println("hexlens: nothing that is indexed names " + name);
      }
    }
    printer.finish();
    return printer.exitCode();
  }

  private static Answer answer(ReferenceSearch.Use use) {
    FileFacts.Referred reference = use.reference();
    Symbol in = reference.in();
    return new Answer(
        use.at().packageName(),
        use.at().version(),
        use.at().path(),
        use.source(),
        use.lines(),
        reference.start(),
        reference.end(),
        () -> {
          JsonObject object = new JsonObject();
          object.addProperty("fact", "reference");
          object.addProperty("kind", reference.kind().printed());
          object.addProperty(
              "written", QuotedTree.slice(use.source(), reference.start(), reference.end()));
          object.addProperty("target", reference.symbol().printed());
          object.addProperty("certainty", reference.certainty().name().toLowerCase(Locale.ROOT));
          object.addProperty("in", in == null ? null : in.printed());
          return object;
        },
        () -> in == null ? null : in.module());
  }

  private static Answer answer(ReferenceSearch.Definition definition, Symbol symbol) {
    FileFacts.Defined defined = definition.definition();
    return new Answer(
        definition.at().packageName(),
        definition.at().version(),
        definition.at().path(),
        definition.source(),
        definition.lines(),
        defined.clauses().getFirst().nameStart(),
        defined.clauses().getFirst().nameEnd(),
        () -> {
          JsonObject object = new JsonObject();
          object.addProperty("fact", "definition");
          object.addProperty("kind", defined.kind().printed());
          object.addProperty("module", symbol.module());
          object.addProperty("name", symbol.name());
          object.addProperty("arity", defined.symbol().arity());
          return object;
        },
        symbol::module);
  }
}
