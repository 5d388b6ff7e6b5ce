package dev.hexlens.web;

import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.pattern.Filter;
import dev.hexlens.pattern.Pattern;
import dev.hexlens.pattern.PatternException;
import dev.hexlens.pattern.Query;
import dev.hexlens.search.Around;
import dev.hexlens.search.ReferenceSearch;
import dev.hexlens.search.SymbolName;
import dev.hexlens.search.TextQuery;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.FileFacts;
import dev.hexlens.store.Symbols;
import dev.hexlens.store.postgres.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What somebody asks of the store. */
sealed interface Question {
  /** Sends what is found, as it is found, until no more is wanted. */
  void ask(Store store, AnswerStream answers, Cancellation cancellation);

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
    Scope scope = ScopeParameters.scope(exchange);
    String how = exchange.parameter("by");
    return switch (how) {
      case "", "pattern" -> pattern(text, exchange, scope);
      case "text" -> text(text, false, scope);
      case "regex" -> text(text, true, scope);
      case "references" -> new References(name(text), scope);
      case "symbols" -> new Definitions(text, scope);
      default ->
          throw Refusal.badRequest(
              "`%s` is no way to search: there are pattern, text, regex, references and symbols"
                  .formatted(how));
    };
  }

  private static Question pattern(String text, Exchange exchange, Scope scope) {
    try {
      List<Filter> filters = new ArrayList<>();
      String inside = exchange.parameter("inside");
      if (!inside.isEmpty()) {
        filters.add(new Filter.Inside(Pattern.parse(inside)));
      }
      return new ByPattern(new Query(Pattern.parse(text), filters, List.of()), scope);
    } catch (PatternException e) {
      throw Refusal.badRequest(e.toString());
    }
  }

  private static Question text(String text, boolean regex, Scope scope) {
    try {
      return new ByText(new TextQuery(text, regex, TextQuery.Place.ANYWHERE), scope);
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private static SymbolName name(String text) {
    return SymbolName.parse(text)
        .orElseThrow(() ->
            Refusal.badRequest(
                "`%s` is no symbol: write Mod, Mod.fun, Mod.fun/2, Mod.@attr or :lists.map/2"
                    .formatted(text)));
  }

  /** Code of a shape. */
  record ByPattern(Query query, Scope scope) implements Question {
    @Override
    public void ask(Store store, AnswerStream answers, Cancellation cancellation) {
      query.pattern().hints().forEach(answers::hint);
      store
          .patterns()
          .search(
              query,
              scope,
              hit ->
                  answers.add(
                      hit.at(),
                      hit.source(),
                      hit.lines(),
                      hit.match().start(),
                      hit.match().end(),
                      Answer.Detail.NONE),
              cancellation);
    }
  }

  /** Text, wherever it stands. */
  record ByText(TextQuery query, Scope scope) implements Question {
    /** Longer than any answer may take: the answer's own time counts. */
    private static final Duration TIME = Duration.ofHours(1);

    @Override
    public void ask(Store store, AnswerStream answers, Cancellation cancellation) {
      store
          .texts()
          .search(
              query,
              scope,
              Around.ANYTHING,
              TIME,
              hit ->
                  answers.add(
                      hit.at(),
                      hit.source(),
                      hit.lines(),
                      hit.start(),
                      hit.end(),
                      Answer.Detail.NONE),
              cancellation);
    }
  }

  /** Who refers to a symbol. */
  record References(SymbolName name, Scope scope) implements Question {
    @Override
    public void ask(Store store, AnswerStream answers, Cancellation cancellation) {
      List<Symbol> symbols = store.references().symbols(name, cancellation);
      if (symbols.isEmpty()) {
        answers.hint("nothing that is indexed defines or uses a symbol of this name");
      }
      for (Symbol symbol : symbols) {
        boolean more =
            store.references().references(symbol, scope, use -> add(answers, use), cancellation);
        if (!more) {
          return;
        }
      }
    }

    private static boolean add(AnswerStream answers, ReferenceSearch.Use use) {
      FileFacts.Referred reference = use.reference();
      Symbol in = reference.in();
      Answer.Detail detail =
          new Answer.Detail(
              reference.kind().printed(),
              reference.symbol().printed(),
              reference.certainty().name().toLowerCase(Locale.ROOT),
              in == null ? null : in.printed());
      return answers.add(
          use.at(), use.source(), use.lines(), reference.start(), reference.end(), detail);
    }
  }

  /** What is defined under a name that begins like this. */
  record Definitions(String text, Scope scope) implements Question {
    private static final int SYMBOLS = 50;

    /** A name that every package defines, such as {@code child_spec/1}, leaves room for others. */
    private static final int EACH = 50;

    @Override
    public void ask(Store store, AnswerStream answers, Cancellation cancellation) {
      for (Symbols.Known known : store.symbols().search(text, SYMBOLS, cancellation)) {
        for (ReferenceSearch.Definition each :
            store.references().definitions(known.symbol(), scope, EACH, cancellation)) {
          var clause = each.definition().clauses().getFirst();
          Answer.Detail detail =
              new Answer.Detail(
                  each.definition().kind().printed(), known.symbol().printed(), null, null);
          if (!answers.add(
              each.at(),
              each.source(),
              each.lines(),
              clause.nameStart(),
              clause.nameEnd(),
              detail)) {
            return;
          }
        }
      }
    }
  }
}
