package dev.hexlens.cli;

import dev.hexlens.index.Extractor;
import dev.hexlens.pattern.Pattern;
import dev.hexlens.pattern.PatternException;
import dev.hexlens.pattern.Query;
import dev.hexlens.search.PatternSearch;
import dev.hexlens.search.TermPlanner;
import dev.hexlens.store.Candidates;
import dev.hexlens.store.SymbolDictionary;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hexlens search}: structural search over the index. */
@Command(
    name = "search",
    description = "Find a pattern, Elixir code with holes, in everything that is indexed.",
    mixinStandardHelpOptions = true)
final class SearchCommand implements Callable<Integer> {
  @Parameters(paramLabel = "PATTERN")
  private String pattern = "";

  @Mixin private FilterOptions filters = new FilterOptions();
  @Mixin private ScopeOptions scope = new ScopeOptions();
  @Mixin private StoreOptions store = new StoreOptions();

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  @Option(names = "--count", description = "Print how many matches there are.")
  private boolean count;

  @Option(names = "--limit", paramLabel = "N", description = "Stop after so many matches.")
  private @Nullable Integer limit;

  @Option(
      names = "--explain",
      description = "Say which terms were looked up, what they gave, and how long it took.")
  private boolean explain;

  private final Console console;
  private int found;

  SearchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Query query = query();
    query.pattern().hints().forEach(hint -> console.err().println("hint: " + hint));
    try (Database database = store.open(console)) {
      Candidates candidates = new Candidates(database, new SymbolDictionary(), Extractor.VERSION);
      PatternSearch search = new PatternSearch(candidates, TermPlanner.ALL_REQUIRED);
      PatternSearch.Summary summary =
          search.search(query, scope.scope(), this::print, Cancellation.NONE);
      if (count) {
        console.out().println(found);
      }
      if (!summary.complete()) {
        console.err().println("hexlens: stopped after " + found + " matches (--limit)");
      }
      if (explain) {
        explain(summary, candidates);
      }
    }
    return found > 0 ? ExitCode.FOUND : ExitCode.NOTHING_FOUND;
  }

  private Query query() {
    try {
      Query query = new Query(Pattern.parse(pattern), filters.filters(), List.of());
      if (query.pattern().isBroad() && query.filters().isEmpty() && limit == null) {
        throw new CommandFailure(
            "`%s` matches everything: add --limit N, or a filter such as --inside"
                .formatted(pattern));
      }
      return query;
    } catch (PatternException e) {
      throw new CommandFailure(e.toString(), e);
    }
  }

  private boolean print(PatternSearch.Hit hit) {
    found++;
    if (!count) {
      console.out().println(json ? json(hit) : line(hit));
    }
    return limit == null || found < limit;
  }

  private static String json(PatternSearch.Hit hit) {
    return MatchPrinter.json(
        hit.at().packageName(),
        hit.at().version(),
        hit.at().path(),
        hit.source(),
        hit.lines(),
        hit.match());
  }

  private static String line(PatternSearch.Hit hit) {
    int start = hit.match().start();
    return "%s@%s %s:%d:%d  %s"
        .formatted(
            hit.at().packageName(),
            hit.at().version(),
            hit.at().path(),
            hit.lines().line(start),
            hit.lines().column(start),
            MatchPrinter.line(hit.source(), hit.lines(), hit.match()));
  }

  private void explain(PatternSearch.Summary summary, Candidates candidates) {
    summary.terms().values().stream()
        .sorted()
        .forEach(term -> console.err().println("term        " + term));
    if (summary.terms().isEmpty()) {
      console.err().println("term        none: every file is a candidate");
    }
    console.err().println("candidates  " + summary.candidates());
    console.err().println("verified    " + summary.verified());
    console.err().println("rejected    " + summary.rejected());
    console.err().println("matches     " + summary.hits());
    console
        .err()
        .printf(
            "time        look-up %.1f ms, read %.1f ms, match %.1f ms%n",
            1e3 * summary.lookupSeconds(),
            1e3 * summary.readSeconds(),
            1e3 * summary.matchSeconds());
    candidates
        .plan(summary.terms().keySet(), scope.scope())
        .forEach(line -> console.err().println("plan        " + line));
  }
}
