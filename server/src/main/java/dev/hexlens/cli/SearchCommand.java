package dev.hexlens.cli;

import com.google.gson.JsonObject;
import dev.hexlens.elixir.syntax.QuotedTree;
import dev.hexlens.index.Extractor;
import dev.hexlens.pattern.Pattern;
import dev.hexlens.pattern.PatternException;
import dev.hexlens.pattern.Query;
import dev.hexlens.search.Around;
import dev.hexlens.search.PatternSearch;
import dev.hexlens.search.TermPlanner;
import dev.hexlens.search.TextQuery;
import dev.hexlens.search.TextSearch;
import dev.hexlens.store.Candidates;
import dev.hexlens.store.Ranks;
import dev.hexlens.store.SymbolDictionary;
import dev.hexlens.store.UnknownPosition;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
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
  @Mixin private StoreOptions store = new StoreOptions();

  @Option(
      names = "--explain",
      description = "Say which terms were looked up, what they gave, and how long it took.")
  private boolean explain;

  @Option(
      names = "--after",
      paramLabel = "CURSOR",
      description = "Go on where a search with --limit or --timeout stopped: it prints the cursor.")
  private @Nullable String after;

  @Option(names = "--plan", description = "Say how Postgres looks the terms up.")
  private boolean plan;

  private final Console console;

  SearchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    AnswerPrinter printer = new AnswerPrinter(console, output);
    try {
      search(printer);
    } catch (UnknownPosition e) {
      throw Continuation.refused(e);
    }
    return printer.exitCode();
  }

  private void search(AnswerPrinter printer) {
    if (text != null || regex != null) {
      TextQuery query = textQuery();
      try (Database database = store.open(console)) {
        search(
            query,
            new Candidates(database, new SymbolDictionary(), Extractor.VERSION),
            new Continuation(new Ranks(database), after),
            printer);
      }
    } else {
      if (inComments || inStrings) {
        throw new CommandFailure("--in-comments and --in-strings go with --text or --regex");
      }
      List<Query> queries = queries();
      try (Database database = store.open(console)) {
        search(
            queries,
            new Candidates(database, new SymbolDictionary(), Extractor.VERSION),
            new Continuation(new Ranks(database), after),
            printer);
      }
    }
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

  private void search(
      List<Query> queries,
      Candidates candidates,
      Continuation continuation,
      AnswerPrinter printer) {
    PatternSearch search = new PatternSearch(candidates, TermPlanner.ALL_REQUIRED);
    PatternSearch.Summary summary =
        search.search(
            queries,
            continuation.of(scope.scope()),
            scope.around(),
            hit -> !continuation.isNew(hit.at()) || printer.add(answer(hit)),
            Cancellation.NONE);
    printer.finish();
    if (!summary.complete()) {
      continuation.print(console.err(), summary.releases(), summary.releasesDone());
    }
    if (explain) {
      explain(summary);
    }
    if (plan) {
      candidates
          .plan(summary.terms().keySet())
          .forEach(line -> console.err().println("plan        " + line));
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

  private void explain(PatternSearch.Summary summary) {
    PrintStream err = console.err();
    summary.terms().values().stream().sorted().forEach(term -> err.println("term        " + term));
    if (summary.terms().isEmpty()) {
      err.println("term        none: every file is a candidate");
    }
    err.println("candidates  " + summary.candidates());
    err.println("verified    " + summary.verified());
    err.println("rejected    " + summary.rejected());
    err.println("matches     " + summary.hits());
    err.printf(
        "time        look-up %.1f ms, read %.1f ms, match %.1f ms%n",
        1e3 * summary.lookupSeconds(), 1e3 * summary.readSeconds(), 1e3 * summary.matchSeconds());
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

  private void search(
      TextQuery query, Candidates candidates, Continuation continuation, AnswerPrinter printer) {
    if (output.countBy() == OutputOptions.CountBy.MODULE) {
      throw new CommandFailure("--count-by module goes with a pattern: text has no module");
    }
    TextSearch.Summary summary =
        new TextSearch(candidates)
            .search(
                query,
                continuation.of(scope.scope()),
                scope.around(),
                Duration.ofSeconds(timeout),
                hit -> !continuation.isNew(hit.at()) || printer.add(answer(hit)),
                Cancellation.NONE);
    printer.finish();
    if (!summary.inTime()) {
      console
          .err()
          .printf(
              "hexlens: stopped after %d seconds (--timeout): %d of %d files were searched%n",
              timeout, summary.searched(), summary.files());
    }
    if (!summary.complete()) {
      continuation.print(console.err(), summary.releases(), summary.releasesDone());
    }
    if (explain) {
      console.err().println("files       " + summary.files());
      console.err().println("searched    " + summary.searched());
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
