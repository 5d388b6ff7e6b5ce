package dev.hexlens.cli;

import com.google.gson.JsonObject;
import dev.hexlens.elixir.syntax.QuotedTree;
import dev.hexlens.pattern.Pattern;
import dev.hexlens.pattern.PatternException;
import dev.hexlens.pattern.Query;
import dev.hexlens.search.Around;
import dev.hexlens.search.PatternSearch;
import dev.hexlens.search.TermPlanner;
import dev.hexlens.search.TextQuery;
import dev.hexlens.search.TextSearch;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.postgres.Cancellation;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hexlens search}: by structure or by text, over the index. */
@Command(
    name = "search",
    description =
        "Find a pattern, Elixir code with holes, or a text in everything that is indexed.",
    mixinStandardHelpOptions = true)
final class SearchCommand implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "PATTERN")
  private @Nullable String pattern;

  @Option(
      names = {"-e", "--pattern"},
      paramLabel = "PATTERN",
      description = "One of several patterns, any of which may match. Repeatable.")
  private List<String> alternatives = List.of();

  @Option(
      names = "--text",
      paramLabel = "S",
      description = "Look for this text; without capital letters in it, for capitals too.")
  private @Nullable String text;

  @Option(
      names = "--regex",
      paramLabel = "R",
      description = "Look for this regular expression (RE2's syntax).")
  private @Nullable String regex;

  @Option(names = "--in-comments", description = "Text in comments only.")
  private boolean inComments;

  @Option(names = "--in-strings", description = "Text in strings only.")
  private boolean inStrings;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "A search for text ends after so long with what it found. Default: 60.")
  private int timeout = 60;

  @Mixin private FilterOptions filters = new FilterOptions();
  @Mixin private ScopeOptions scope = new ScopeOptions();
  @Mixin private OutputOptions output = new OutputOptions();
  @Mixin private Continuation continuation = new Continuation();
  @Mixin private StoreOptions store = new StoreOptions();

  @Option(
      names = "--explain",
      description = "Say which terms were looked up, what they gave, and how long it took.")
  private boolean explain;

  @Option(names = "--plan", description = "Say how Postgres looks the terms up.")
  private boolean plan;

  private final Console console;

  SearchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    AnswerPrinter printer = new AnswerPrinter(console, output);
    if (text != null || regex != null) {
      TextQuery query = textQuery();
      try (Searched searched = Searched.open(console, store, scope)) {
        search(query, searched, printer);
      }
    } else {
      if (inComments || inStrings) {
        throw new CommandFailure("--in-comments and --in-strings go with --text or --regex");
      }
      List<Query> queries = queries();
      try (Searched searched = Searched.open(console, store, scope)) {
        search(queries, searched, printer);
      }
    }
    return printer.exitCode();
  }

  // Patterns.

  private List<Query> queries() {
    List<String> texts = new ArrayList<>(alternatives);
    if (pattern != null) {
      texts.addFirst(pattern);
    }
    if (texts.isEmpty()) {
      throw new CommandFailure(
          "name a pattern, for example: hexlens search 'Enum.map(_, _)'; or --text, or --regex");
    }
    return queries(texts, filters, output, console.err());
  }

  /** Queries for any of these patterns; hints about them go to people. */
  static List<Query> queries(
      List<String> patterns, FilterOptions filters, OutputOptions output, PrintStream hints) {
    try {
      List<Query> queries = new ArrayList<>();
      Set<String> said = new LinkedHashSet<>();
      for (String each : patterns) {
        Query query = new Query(Pattern.parse(each), filters.filters(), List.of());
        if (query.pattern().isBroad() && query.filters().isEmpty() && !output.isLimited()) {
          throw new CommandFailure(
              "`%s` matches everything: add --limit N, or a filter such as --inside"
                  .formatted(each));
        }
        said.addAll(query.pattern().hints());
        queries.add(query);
      }
      said.forEach(hint -> hints.println("hint: " + hint));
      return queries;
    } catch (PatternException e) {
      throw new CommandFailure(e.toString(), e);
    }
  }

  private void search(List<Query> queries, Searched searched, AnswerPrinter printer) {
    List<PatternSearch.Summary> summaries = new ArrayList<>();
    continuation.search(
        searched.corpora(),
        (corpus, after) -> {
          PatternSearch.Summary summary =
              new PatternSearch(corpus, TermPlanner.ALL_REQUIRED)
                  .search(
                      queries,
                      Scope.ALL,
                      scope.around(),
                      after,
                      hit -> printer.add(answer(hit)),
                      Cancellation.NONE);
          summaries.add(summary);
          continuation.count(summary.releases(), summary.releasesDone());
          return summary.next();
        });
    printer.finish();
    continuation.print(console.err());
    if (explain) {
      explain(summaries);
    }
    if (plan) {
      Set<Integer> terms = new HashSet<>();
      summaries.forEach(summary -> terms.addAll(summary.terms().keySet()));
      searched.plan(terms).forEach(line -> console.err().println("plan        " + line));
    }
  }

  private static Answer answer(PatternSearch.Hit hit) {
    int start = hit.match().start();
    int end = hit.match().end();
    return new Answer(
        hit.at().packageName(),
        hit.at().version(),
        hit.at().path(),
        hit.source(),
        hit.lines(),
        start,
        end,
        () -> MatchPrinter.json(hit.source(), hit.match()),
        () -> Around.moduleAt(hit.facts(), start, end));
  }

  private void explain(List<PatternSearch.Summary> all) {
    PrintStream err = console.err();
    Set<String> terms = new TreeSet<>();
    all.forEach(summary -> terms.addAll(summary.terms().values()));
    terms.forEach(term -> err.println("term        " + term));
    if (terms.isEmpty()) {
      err.println("term        none: every file is a candidate");
    }
    err.println("candidates  " + sum(all, PatternSearch.Summary::candidates));
    err.println("verified    " + sum(all, PatternSearch.Summary::verified));
    err.println("rejected    " + sum(all, PatternSearch.Summary::rejected));
    err.println("matches     " + sum(all, PatternSearch.Summary::hits));
    err.printf(
        "time        look-up %.1f ms, read %.1f ms, match %.1f ms%n",
        millis(all, PatternSearch.Summary::lookupSeconds),
        millis(all, PatternSearch.Summary::readSeconds),
        millis(all, PatternSearch.Summary::matchSeconds));
  }

  private static int sum(
      List<PatternSearch.Summary> all, ToIntFunction<PatternSearch.Summary> what) {
    return all.stream().mapToInt(what).sum();
  }

  private static double millis(
      List<PatternSearch.Summary> all, ToDoubleFunction<PatternSearch.Summary> what) {
    return 1e3 * all.stream().mapToDouble(what).sum();
  }

  // Text.

  private TextQuery textQuery() {
    if ((text != null && regex != null) || pattern != null || !alternatives.isEmpty()) {
      throw new CommandFailure("choose one of a pattern, --text and --regex");
    }
    if (!filters.filters().isEmpty()) {
      throw new CommandFailure("filters such as --inside go with a pattern, not with a text");
    }
    if (inComments && inStrings) {
      throw new CommandFailure("--in-comments and --in-strings leave nothing: choose one");
    }
    if (timeout < 1) {
      throw new CommandFailure("--timeout must be 1 or more, not " + timeout);
    }
    TextQuery.Place place =
        inComments
            ? TextQuery.Place.COMMENTS
            : inStrings ? TextQuery.Place.STRINGS : TextQuery.Place.ANYWHERE;
    try {
      return text == null
          ? new TextQuery(String.valueOf(regex), true, place)
          : new TextQuery(text, false, place);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  private void search(TextQuery query, Searched searched, AnswerPrinter printer) {
    if (output.countBy() == OutputOptions.CountBy.MODULE) {
      throw new CommandFailure("--count-by module goes with a pattern: text has no module");
    }
    long end = System.nanoTime() + Duration.ofSeconds(timeout).toNanos();
    List<TextSearch.Summary> summaries = new ArrayList<>();
    continuation.search(
        searched.corpora(),
        (corpus, after) -> {
          TextSearch.Summary summary =
              new TextSearch(corpus)
                  .search(
                      query,
                      Scope.ALL,
                      scope.around(),
                      after,
                      Duration.ofNanos(Math.max(0, end - System.nanoTime())),
                      hit -> printer.add(answer(hit)),
                      Cancellation.NONE);
          summaries.add(summary);
          continuation.count(summary.releases(), summary.releasesDone());
          return summary.next();
        });
    printer.finish();
    int files = summaries.stream().mapToInt(TextSearch.Summary::files).sum();
    int done = summaries.stream().mapToInt(TextSearch.Summary::searched).sum();
    if (summaries.stream().anyMatch(summary -> !summary.inTime())) {
      console
          .err()
          .printf(
              "hexlens: stopped after %d seconds (--timeout): %d of %d files were searched%n",
              timeout, done, files);
    }
    continuation.print(console.err());
    if (explain) {
      console.err().println("files       " + files);
      console.err().println("searched    " + done);
    }
  }

  private static Answer answer(TextSearch.Hit hit) {
    return new Answer(
        hit.at().packageName(),
        hit.at().version(),
        hit.at().path(),
        hit.source(),
        hit.lines(),
        hit.start(),
        hit.end(),
        () -> {
          JsonObject object = new JsonObject();
          object.addProperty("text", QuotedTree.slice(hit.source(), hit.start(), hit.end()));
          object.add("captures", new JsonObject());
          return object;
        },
        () -> Around.moduleAt(hit.facts(), hit.start(), hit.end()));
  }
}
