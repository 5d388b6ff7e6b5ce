package dev.hexlens.web;

import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.pattern.Pattern;
import dev.hexlens.pattern.PatternException;
import dev.hexlens.pattern.Query;
import dev.hexlens.search.Around;
import dev.hexlens.search.PatternSearch;
import dev.hexlens.search.SymbolName;
import dev.hexlens.search.SymbolSearch;
import dev.hexlens.search.TermPlanner;
import dev.hexlens.search.TextQuery;
import dev.hexlens.search.TextSearch;
import dev.hexlens.search.UsageSearch;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.Symbols;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.workspace.Corpora;
import dev.hexlens.workspace.Corpus;
import dev.hexlens.workspace.CorpusCursor;
import dev.hexlens.workspace.SearchScope;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What somebody asks of the store. */
sealed interface Question {
  /**
   * Sends what is found, as it is found, until no more is wanted.
   *
   * @return the cursor with which to ask for more; null when there is no more
   */
  @Nullable String ask(Store store, AnswerStream answers, Cancellation cancellation);

  /**
   * Reads a question.
   *
   * @throws Refusal when it makes no sense, with a sentence that says why
   */
  static Question of(Exchange exchange) {
    String text = exchange.parameter("q");
    if (text.isEmpty()) {
      throw Refusal.badRequest("there is nothing to look for: type something first");
    }
    String how = exchange.parameter("by");
    Where where =
        new Where(
            ScopeParameters.scope(exchange),
            ScopeParameters.around(exchange),
            how.equals("symbols") ? null : cursor(exchange));
    return switch (how) {
      case "", "pattern" -> pattern(text, exchange, where);
      case "text" -> text(text, false, exchange, where);
      case "regex" -> text(text, true, exchange, where);
      case "references" -> new References(name(text), where);
      case "symbols" -> new Definitions(text, where, exchange.number("after", 0, 1, 1_000_000));
      default ->
          throw Refusal.badRequest(
              "`%s` is no way to search: there are pattern, text, regex, references and symbols"
                  .formatted(how));
    };
  }

  private static @Nullable CorpusCursor cursor(Exchange exchange) {
    String after = exchange.parameter("after");
    try {
      return after.isEmpty() ? null : CorpusCursor.parse(after);
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("after: " + e.getMessage());
    }
  }

  private static Question pattern(String text, Exchange exchange, Where where) {
    try {
      Pattern pattern = Pattern.parse(text);
      return new ByPattern(
          new Query(pattern, FilterParameters.filters(exchange), List.of()), where);
    } catch (PatternException e) {
      throw Refusal.badRequest(e.toString());
    }
  }

  private static Question text(String text, boolean regex, Exchange exchange, Where where) {
    try {
      return new ByText(new TextQuery(text, regex, place(exchange)), where);
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private static TextQuery.Place place(Exchange exchange) {
    return switch (exchange.parameter("place")) {
      case "", "anywhere" -> TextQuery.Place.ANYWHERE;
      case "comments" -> TextQuery.Place.COMMENTS;
      case "strings" -> TextQuery.Place.STRINGS;
      default ->
          throw Refusal.badRequest(
              "place is anywhere, comments or strings, not `" + exchange.parameter("place") + "`");
    };
  }

  private static SymbolName name(String text) {
    return SymbolName.parse(text)
        .orElseThrow(() ->
            Refusal.badRequest(
                "`%s` is no symbol: write Mod, Mod.fun, Mod.fun/2, Mod.@attr or :lists.map/2"
                    .formatted(text)));
  }

  /**
   * Where to look.
   *
   * @param after where to go on; null to begin
   */
  record Where(SearchScope scope, Around around, @Nullable CorpusCursor after) {
    @Nullable String search(Store store, Corpora.Search search) {
      CorpusCursor next = store.corpora(scope).search(after, search);
      return next == null ? null : next.toString();
    }
  }

  /** Code of a shape. */
  record ByPattern(Query query, Where where) implements Question {
    @Override
    public @Nullable String ask(Store store, AnswerStream answers, Cancellation cancellation) {
      if (where.after() == null) {
        query.pattern().hints().forEach(answers::hint);
      }
      return where.search(
          store,
          (corpus, after) ->
              new PatternSearch(corpus, TermPlanner.ALL_REQUIRED)
                  .search(
                      List.of(query),
                      Scope.ALL,
                      where.around(),
                      after,
                      hit ->
                          answers.add(
                              hit.at(),
                              hit.source(),
                              hit.lines(),
                              hit.match().start(),
                              hit.match().end(),
                              Answer.Detail.NONE),
                      cancellation)
                  .next());
    }
  }

  /** Text, wherever it stands. */
  record ByText(TextQuery query, Where where) implements Question {
    /** Longer than any answer may take: the answer's own time counts. */
    private static final Duration TIME = Duration.ofHours(1);

    @Override
    public @Nullable String ask(Store store, AnswerStream answers, Cancellation cancellation) {
      return where.search(
          store,
          (corpus, after) ->
              new TextSearch(corpus)
                  .search(
                      query,
                      Scope.ALL,
                      where.around(),
                      after,
                      TIME,
                      hit ->
                          answers.add(
                              hit.at(),
                              hit.source(),
                              hit.lines(),
                              hit.start(),
                              hit.end(),
                              Answer.Detail.NONE),
                      cancellation)
                  .next());
    }
  }

  /** Who refers to a symbol. */
  record References(SymbolName name, Where where) implements Question {
    @Override
    public @Nullable String ask(Store store, AnswerStream answers, Cancellation cancellation) {
      Set<Symbol> symbols = store.workspace().meant(name, cancellation);
      if (symbols.isEmpty()) {
        answers.hint("nothing that is indexed defines or uses a symbol of this name");
      }
      return where.search(
          store,
          (corpus, after) ->
              new UsageSearch(corpus)
                  .search(
                      UsageSearch.Question.references(symbols),
                      Scope.ALL,
                      where.around(),
                      after,
                      hit -> add(answers, hit),
                      cancellation)
                  .next());
    }

    private static boolean add(AnswerStream answers, UsageSearch.Hit hit) {
      UsageSearch.Usage usage = hit.usage();
      Symbol in = usage.in();
      Answer.Detail detail =
          new Answer.Detail(
              usage.kind(),
              usage.symbol().printed(),
              usage.certainty().name().toLowerCase(Locale.ROOT),
              in == null ? null : in.printed());
      return answers.add(hit.at(), hit.source(), hit.lines(), usage.start(), usage.end(), detail);
    }
  }

  /**
   * What is defined under a name that begins like this.
   *
   * @param told so many were told before
   */
  record Definitions(String text, Where where, int told) implements Question {
    private static final int SYMBOLS = 50;

    /** A name that every package defines, such as {@code child_spec/1}, leaves room for others. */
    private static final int EACH = 50;

    @Override
    public @Nullable String ask(Store store, AnswerStream answers, Cancellation cancellation) {
      int found = 0;
      for (Corpus corpus : store.corpora(where.scope()).all()) {
        SymbolSearch search = new SymbolSearch(store.workspace().symbols(corpus));
        List<Symbols.Known> best =
            search.search(text, SYMBOLS, cancellation).stream()
                .filter(known -> where.around().admits(known.symbol(), known.kind()))
                .toList();
        Set<Symbol> symbols = new LinkedHashSet<>();
        best.forEach(known -> symbols.add(known.symbol()));
        Map<Symbol, List<UsageSearch.Hit>> definitions =
            new UsageSearch(corpus).definitions(symbols, Scope.ALL, EACH, cancellation);
        for (Symbol symbol : symbols) {
          for (UsageSearch.Hit hit : definitions.getOrDefault(symbol, List.of())) {
            if (++found > told && !add(answers, symbol, hit)) {
              return String.valueOf(found - 1);
            }
          }
        }
      }
      return null;
    }

    private static boolean add(AnswerStream answers, Symbol symbol, UsageSearch.Hit hit) {
      String kind = Objects.requireNonNull(hit.usage().definition()).kind().printed();
      return answers.add(
          hit.at(),
          hit.source(),
          hit.lines(),
          hit.usage().start(),
          hit.usage().end(),
          new Answer.Detail(kind, symbol.printed(), null, null));
    }
  }
}
