package dev.hexlens.cli;

import com.google.gson.JsonObject;
import dev.hexlens.index.Extractor;
import dev.hexlens.search.Around;
import dev.hexlens.search.ReferenceSearch;
import dev.hexlens.search.SymbolSearch;
import dev.hexlens.store.Candidates;
import dev.hexlens.store.FileFacts;
import dev.hexlens.store.SymbolDictionary;
import dev.hexlens.store.Symbols;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import java.util.HashSet;
import java.util.List;
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
    Candidates.Scope where = scope.scope();
    Around around = scope.around();
    try (Database database = store.open(console)) {
      Candidates candidates = new Candidates(database, new SymbolDictionary(), Extractor.VERSION);
      Symbols symbols = new Symbols(database);
      ReferenceSearch definitions = new ReferenceSearch(candidates, symbols);
      SymbolSearch search = new SymbolSearch(symbols);
      Set<Symbols.Known> seen = new HashSet<>();
      int asked = limit;
      boolean more = true;
      while (more) {
        List<Symbols.Known> best = search.search(query, asked, Cancellation.NONE);
        for (Symbols.Known known : best) {
          if (!printer.isFull() && seen.add(known) && isWanted(known, around)) {
            int room = limit - printer.found();
            definitions
                .definitions(known.symbol(), where, room, Cancellation.NONE)
                .forEach(definition -> printer.add(answer(known, definition)));
          }
        }
        more = !printer.isFull() && best.size() >= asked;
        asked = (int) Math.min(Integer.MAX_VALUE, (long) asked * MORE);
      }
    }
    printer.finish();
    return printer.exitCode();
  }

  private static boolean isWanted(Symbols.Known known, Around around) {
    return (around.module() == null || around.module().equals(known.symbol().module()))
        && (around.kinds().isEmpty()
            || around.kinds().stream().anyMatch(kind -> kind.printed().equals(known.kind())));
  }

  private static Answer answer(Symbols.Known known, ReferenceSearch.Definition definition) {
    FileFacts.Defined defined = definition.definition();
    String symbol = known.symbol().printed();
    String kind = defined.kind().printed();
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
          object.addProperty("symbol", symbol);
          object.addProperty("kind", kind);
          return object;
        },
        known.symbol()::module,
        kind + " " + symbol);
  }
}
