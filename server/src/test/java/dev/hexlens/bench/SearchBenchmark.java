package dev.hexlens.bench;

import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.index.Extractor;
import dev.hexlens.pattern.Pattern;
import dev.hexlens.pattern.Query;
import dev.hexlens.search.Around;
import dev.hexlens.search.PatternSearch;
import dev.hexlens.search.ReferenceSearch;
import dev.hexlens.search.SymbolSearch;
import dev.hexlens.search.TermPlanner;
import dev.hexlens.search.TextQuery;
import dev.hexlens.search.TextSearch;
import dev.hexlens.store.Candidates;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.SymbolDictionary;
import dev.hexlens.store.Symbols;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.DatabaseConfig;
import dev.hexlens.store.postgres.Prefix;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * Times questions to the index that the environment names, warm, first 100 answers each: a line a
 * question with the median and the 95th percentile in milliseconds.
 */
public final class SearchBenchmark {
  private static final int WARM_UP = 3;
  private static final int ROUNDS = 11;
  private static final int FIRST = 100;

  private static final List<String> PATTERNS =
      List.of(
          "Enum.map(_, _)",
          "Repo.get!(_, _)",
          "Map.get(_, _)",
          "GenServer.call(...)",
          "raise ArgumentError, _",
          "{:ok, _}",
          "%{status: 404}",
          "def handle_call/3",
          "use GenServer",
          "_ |> Enum.map(_) |> Enum.join(_)",
          "Kernel.length(_)",
          "x == x",
          "_ + _",
          "fn x -> x end",
          "Process.sleep(1234567)");

  private static final List<Symbol> SYMBOLS =
      List.of(
          Symbol.function("Enum", "map", 2),
          Symbol.function("Plug.Conn", "put_resp_header", 3),
          Symbol.function("Ecto.Changeset", "cast", 3),
          Symbol.function("Jason", "encode!", 1),
          Symbol.function(":telemetry", "execute", 3),
          Symbol.module("Ecto.Query"));

  private static final List<String> NAMES =
      List.of("map", "put_resp", "Ecto.Changeset.ca", "handle_call", "encode", "Phoenix.Live");

  private static final List<TextQuery> TEXTS =
      List.of(
          literal("Enum.map"),
          literal("def"),
          literal("TODO"),
          literal("quantum"),
          literal("zzzyx"),
          literal("§"),
          literal("x"),
          literal("~>"),
          literal("deprecated since"),
          literal("https://tools.ietf.org"),
          literal("put_resp_content_type(conn"),
          literal("Größe"),
          regex("fo+bar|ba[rz]qux"),
          regex("GenServer\\.(call|cast)\\("),
          regex("(?i)http/1\\.[01]"),
          regex("@spec \\w+\\(binary"),
          regex("^\\s*# ?TODO"),
          regex("[0-9]{9,}"),
          regex("rescue\\s+\\w+ in \\[?ArgumentError"));

  private static TextQuery literal(String text) {
    return new TextQuery(text, false, TextQuery.Place.ANYWHERE);
  }

  private static TextQuery regex(String text) {
    return new TextQuery(text, true, TextQuery.Place.ANYWHERE);
  }

  private SearchBenchmark() {}

  public static void main(String[] args) {
    DatabaseConfig config = DatabaseConfig.fromEnvironment(System.getenv(), Prefix.DEFAULT);
    try (Database database = Database.open(config, SearchBenchmark::note)) {
      Candidates candidates = new Candidates(database, new SymbolDictionary(), Extractor.VERSION);
      Symbols symbols = new Symbols(database);
      SymbolSearch found = new SymbolSearch(symbols);
      PatternSearch search = new PatternSearch(candidates, TermPlanner.ALL_REQUIRED);
      ReferenceSearch references = new ReferenceSearch(candidates, symbols);
      PATTERNS.forEach(p -> time("search", p, () -> search(search, p)));
      TextSearch texts = new TextSearch(candidates);
      TEXTS.forEach(t -> time("text", t.text(), () -> search(texts, t)));
      SYMBOLS.forEach(s -> time("references", s.printed(), () -> references(references, s)));
      NAMES.forEach(
          n -> time("symbols", n, () -> found.search(n, FIRST, Cancellation.NONE).size()));
    }
  }

  private static void note(String note) {
    System.err.println(note);
  }

  private static int search(PatternSearch search, String pattern) {
    int[] found = new int[1];
    search.search(
        Query.of(Pattern.parse(pattern)), Scope.ALL, hit -> ++found[0] < FIRST, Cancellation.NONE);
    return found[0];
  }

  private static int search(TextSearch search, TextQuery query) {
    int[] found = new int[1];
    search.search(
        query,
        Scope.ALL,
        Around.ANYTHING,
        Duration.ofMinutes(1),
        hit -> ++found[0] < FIRST,
        Cancellation.NONE);
    return found[0];
  }

  private static int references(ReferenceSearch references, Symbol symbol) {
    int[] found = new int[1];
    references.references(symbol, Scope.ALL, use -> ++found[0] < FIRST, Cancellation.NONE);
    return found[0];
  }

  private static void time(String what, String question, IntSupplier work) {
    int found = 0;
    double[] millis = new double[ROUNDS];
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      long start = System.nanoTime();
      found = work.getAsInt();
      if (round >= 0) {
        millis[round] = (System.nanoTime() - start) / 1e6;
      }
    }
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "%-10s %-36s %4d found  median %7.1f ms  p95 %7.1f ms%n",
        what,
        question,
        found,
        millis[ROUNDS / 2],
        millis[ROUNDS - 1]);
  }
}
