package dev.hexlens.bench;

import dev.hexlens.bench.Questions.Asked;
import dev.hexlens.index.Extractor;
import dev.hexlens.pattern.Pattern;
import dev.hexlens.pattern.Query;
import dev.hexlens.search.Around;
import dev.hexlens.search.PatternSearch;
import dev.hexlens.search.SymbolName;
import dev.hexlens.search.SymbolSearch;
import dev.hexlens.search.TermPlanner;
import dev.hexlens.search.TextQuery;
import dev.hexlens.search.TextSearch;
import dev.hexlens.search.UsageSearch;
import dev.hexlens.store.Candidates;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.SymbolDictionary;
import dev.hexlens.store.Symbols;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.DatabaseConfig;
import dev.hexlens.store.postgres.Prefix;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Times questions to the index that the environment names, warm, first 100 answers each: a line a
 * question with the median and the 95th percentile in milliseconds, and at the end the 95th
 * percentile of each kind's. With a folder of the same sources, each question also goes to ast-grep
 * or grep, where they can ask it: all answers, for they have no first hundred.
 */
public final class SearchBenchmark {
  /** Rounds of all questions before the first is timed: as a server is that runs for a while. */
  private static final int WARM_UP = 3;

  private static final int ROUNDS = 20;
  private static final int FIRST = 100;

  private final Candidates candidates;
  private final Symbols symbols;
  private final @Nullable OtherTools others;
  private final Map<String, List<Double>> percentiles = new TreeMap<>();

  private SearchBenchmark(Database database, @Nullable OtherTools others) {
    this.candidates = new Candidates(database, new SymbolDictionary(), Extractor.VERSION);
    this.symbols = new Symbols(database);
    this.others = others;
  }

  /**
   * Runs.
   *
   * @param args nothing, or a folder with the sources; the environment's {@code AST_GREP} names
   *     ast-grep where it is not on the PATH
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    DatabaseConfig config = DatabaseConfig.fromEnvironment(System.getenv(), Prefix.DEFAULT);
    OtherTools others = args.length == 0 ? null : OtherTools.over(Path.of(args[0]));
    try (Database database = Database.open(config, SearchBenchmark::note)) {
      new SearchBenchmark(database, others).run();
    }
  }

  private static void note(String note) {
    System.err.println(note);
  }

  private void run() throws IOException, InterruptedException {
    for (int round = 0; round < WARM_UP; round++) {
      ask(SearchBenchmark::warmUp);
    }
    ask(this::time);
    percentiles.forEach((kind, all) -> {
      double[] sorted = all.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      System.out.printf(
          Locale.ROOT,
          "%-10s p95 of %d questions: median %.1f ms, 95th percentile %.1f ms, most %.1f ms%n",
          kind,
          sorted.length,
          sorted[sorted.length / 2],
          sorted[(int) Math.ceil(0.95 * sorted.length) - 1],
          sorted[sorted.length - 1]);
    });
  }

  private static void warmUp(String what, Asked question, IntSupplier work) {
    if (work.getAsInt() > FIRST && !what.equals("all")) {
      throw new IllegalStateException("more than were asked for: " + question.text());
    }
  }

  /** What is done with a question. */
  private interface Ask {
    void ask(String what, Asked question, IntSupplier work)
        throws IOException, InterruptedException;
  }

  private void ask(Ask ask) throws IOException, InterruptedException {
    for (Asked each : Questions.PATTERNS) {
      ask.ask("pattern", each, () -> pattern(each.text(), FIRST));
    }
    for (Asked each : Questions.TEXTS) {
      ask.ask("text", each, () -> text(each.text(), false));
    }
    for (Asked each : Questions.EXPRESSIONS) {
      ask.ask("regex", each, () -> text(each.text(), true));
    }
    for (Asked each : Questions.REFERENCES) {
      ask.ask("references", each, () -> references(each.text()));
    }
    for (Asked each : Questions.SYMBOLS) {
      ask.ask(
          "symbols",
          each,
          () -> new SymbolSearch(symbols).search(each.text(), FIRST, Cancellation.NONE).size());
    }
    ask.ask(
        "all",
        new Asked("Enum.map(_, _)", null),
        () -> pattern("Enum.map(_, _)", Integer.MAX_VALUE));
  }

  private int pattern(String pattern, int limit) {
    int[] found = new int[1];
    new PatternSearch(candidates, TermPlanner.ALL_REQUIRED)
        .search(
            Query.of(Pattern.parse(pattern)),
            Scope.ALL,
            hit -> found[0]++ < limit,
            Cancellation.NONE);
    return Math.min(found[0], limit);
  }

  private int text(String text, boolean regex) {
    int[] found = new int[1];
    new TextSearch(candidates)
        .search(
            new TextQuery(text, regex, TextQuery.Place.ANYWHERE),
            Scope.ALL,
            Around.ANYTHING,
            null,
            Duration.ofMinutes(1),
            hit -> found[0]++ < FIRST,
            Cancellation.NONE);
    return Math.min(found[0], FIRST);
  }

  private int references(String symbol) {
    int[] found = new int[1];
    SymbolName name = SymbolName.parse(symbol).orElseThrow();
    new UsageSearch(candidates)
        .search(
            UsageSearch.Question.references(name.meant(symbols, Cancellation.NONE)),
            Scope.ALL,
            hit -> found[0]++ < FIRST,
            Cancellation.NONE);
    return Math.min(found[0], FIRST);
  }

  private void time(String what, Asked question, IntSupplier work)
      throws IOException, InterruptedException {
    int found = 0;
    double[] millis = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      found = work.getAsInt();
      millis[round] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(millis);
    double percentile = millis[(int) Math.ceil(0.95 * ROUNDS) - 1];
    percentiles.computeIfAbsent(what, key -> new ArrayList<>()).add(percentile);
    System.out.printf(
        Locale.ROOT,
        "%-10s %-44s %5d found  median %7.1f ms  p95 %7.1f ms%s%n",
        what,
        question.text(),
        found,
        millis[ROUNDS / 2],
        percentile,
        others == null ? "" : others.ask(what, question));
  }
}
