package dev.hexlens.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.elixir.syntax.LineIndex;
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
  private static final Gson GSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  @Parameters(paramLabel = "Mod.fun[/arity]")
  private String name = "";

  @Mixin private ScopeOptions scope = new ScopeOptions();
  @Mixin private StoreOptions store = new StoreOptions();

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  @Option(names = "--limit", paramLabel = "N", description = "Stop after so many.")
  private @Nullable Integer limit;

  @Option(names = "--include-declaration", description = "Definitions too, before references.")
  private boolean includeDeclaration;

  private final Console console;
  private int found;

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
    try (Database database = store.open(console)) {
      Candidates candidates = new Candidates(database, new SymbolDictionary(), Extractor.VERSION);
      ReferenceSearch search = new ReferenceSearch(candidates, new Symbols(database));
      List<Symbol> symbols = search.symbols(wanted, Cancellation.NONE);
      for (Symbol symbol : symbols) {
        if (includeDeclaration) {
          int most = limit == null ? Integer.MAX_VALUE : limit;
          search
              .definitions(symbol, scope.scope(), most, Cancellation.NONE)
              .forEach(definition -> printDefinition(definition, symbol));
        }
        if (!search.references(symbol, scope.scope(), this::print, Cancellation.NONE)) {
          console.err().println("hexlens: stopped after " + found + " (--limit)");
          break;
        }
      }
      if (symbols.isEmpty()) {
        console.err().println("hexlens: nothing that is indexed names " + name);
      }
    }
    return found > 0 ? ExitCode.FOUND : ExitCode.NOTHING_FOUND;
  }

  private boolean print(ReferenceSearch.Use use) {
    found++;
    FileFacts.Referred reference = use.reference();
    if (json) {
      JsonObject object = place(use.at(), use.lines(), reference.start(), reference.end());
      object.addProperty("fact", "reference");
      object.addProperty("kind", reference.kind().printed());
      object.addProperty(
          "written", QuotedTree.slice(use.source(), reference.start(), reference.end()));
      object.addProperty("target", reference.symbol().printed());
      object.addProperty("certainty", reference.certainty().name().toLowerCase(Locale.ROOT));
      Symbol in = reference.in();
      object.addProperty("in", in == null ? null : in.printed());
      console.out().println(GSON.toJson(object));
    } else {
      console.out().println(line(use.at(), use.source(), use.lines(), reference.start()));
    }
    return limit == null || found < limit;
  }

  private void printDefinition(ReferenceSearch.Definition definition, Symbol symbol) {
    int start = definition.definition().clauses().getFirst().nameStart();
    int end = definition.definition().clauses().getFirst().nameEnd();
    found++;
    if (json) {
      JsonObject object = place(definition.at(), definition.lines(), start, end);
      object.addProperty("fact", "definition");
      object.addProperty("kind", definition.definition().kind().printed());
      object.addProperty("module", symbol.module());
      object.addProperty("name", symbol.name());
      object.addProperty("arity", definition.definition().symbol().arity());
      console.out().println(GSON.toJson(object));
    } else {
      console.out().println(line(definition.at(), definition.source(), definition.lines(), start));
    }
  }

  private static JsonObject place(Candidates.Candidate at, LineIndex lines, int start, int end) {
    JsonObject object = new JsonObject();
    object.addProperty("package", at.packageName());
    object.addProperty("version", at.version());
    object.addProperty("path", at.path());
    object.add("start", MatchPrinter.place(lines, start));
    object.add("end", MatchPrinter.place(lines, end));
    return object;
  }

  static String line(Candidates.Candidate at, byte[] source, LineIndex lines, int start) {
    int line = lines.line(start);
    return "%s@%s %s:%d:%d  %s"
        .formatted(
            at.packageName(),
            at.version(),
            at.path(),
            line,
            lines.column(start),
            QuotedTree.slice(source, lines.lineStart(line), lines.lineEnd(line)).strip());
  }
}
