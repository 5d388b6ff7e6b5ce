package dev.hexlens.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import dev.hexlens.index.Extractor;
import dev.hexlens.search.Around;
import dev.hexlens.search.ReferenceSearch;
import dev.hexlens.search.SymbolSearch;
import dev.hexlens.store.Candidates;
import dev.hexlens.store.SymbolDictionary;
import dev.hexlens.store.Symbols;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hexlens symbols}: definitions by name, in everything that is indexed. */
@Command(
    name = "symbols",
    description = "Find definitions by a part of their name.",
    mixinStandardHelpOptions = true)
final class SymbolsCommand implements Callable<Integer> {
  private static final Gson GSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  @Parameters(paramLabel = "QUERY")
  private String query = "";

  @Mixin private ScopeOptions scope = new ScopeOptions();
  @Mixin private StoreOptions store = new StoreOptions();

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  @Option(names = "--limit", paramLabel = "N", description = "At most so many. Default: 50.")
  private int limit = 50;

  private final Console console;
  private int found;

  SymbolsCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (Database database = store.open(console)) {
      Candidates candidates = new Candidates(database, new SymbolDictionary(), Extractor.VERSION);
      Symbols symbols = new Symbols(database);
      ReferenceSearch search = new ReferenceSearch(candidates, symbols);
      for (Symbols.Known known :
          new SymbolSearch(symbols).search(query, limit, Cancellation.NONE)) {
        Around around = scope.around();
        boolean wanted =
            (around.module() == null || around.module().equals(known.symbol().module()))
                && (around.kinds().isEmpty()
                    || around.kinds().stream()
                        .anyMatch(kind -> kind.printed().equals(known.kind())));
        if (wanted) {
          search
              .definitions(known.symbol(), scope.scope(), limit - found, Cancellation.NONE)
              .forEach(definition -> print(known, definition));
        }
        if (found >= limit) {
          console.err().println("hexlens: stopped after " + found + " (--limit)");
          break;
        }
      }
    }
    return found > 0 ? ExitCode.FOUND : ExitCode.NOTHING_FOUND;
  }

  private void print(Symbols.Known known, ReferenceSearch.Definition definition) {
    found++;
    int start = definition.definition().clauses().getFirst().nameStart();
    int end = definition.definition().clauses().getFirst().nameEnd();
    Candidates.Candidate at = definition.at();
    if (json) {
      JsonObject object = new JsonObject();
      object.addProperty("package", at.packageName());
      object.addProperty("version", at.version());
      object.addProperty("path", at.path());
      object.add("start", MatchPrinter.place(definition.lines(), start));
      object.add("end", MatchPrinter.place(definition.lines(), end));
      object.addProperty("symbol", known.symbol().printed());
      object.addProperty("kind", definition.definition().kind().printed());
      console.out().println(GSON.toJson(object));
    } else {
      console
          .out()
          .printf(
              "%s@%s %s:%d:%d  %s %s%n",
              at.packageName(),
              at.version(),
              at.path(),
              definition.lines().line(start),
              definition.lines().column(start),
              definition.definition().kind().printed(),
              known.symbol().printed());
    }
  }
}
