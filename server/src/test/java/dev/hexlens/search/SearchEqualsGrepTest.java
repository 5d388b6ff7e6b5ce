package dev.hexlens.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.index.Extractor;
import dev.hexlens.pattern.Filter;
import dev.hexlens.pattern.Filter.CommentPlace;
import dev.hexlens.pattern.Pattern;
import dev.hexlens.pattern.Query;
import dev.hexlens.store.Candidates;
import dev.hexlens.store.SymbolDictionary;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.TestDatabase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The index is advisory: search over the store answers what grep answers over the same files, read,
 * linked and matched without it. Over all fixture packages, and the broken files as one more.
 */
final class SearchEqualsGrepTest {
  private static final String PREFIX = "search_equals_grep_test";

  private static GreppedFixtures fixtures;
  private static Database database;
  private static PatternSearch search;

  /** A query and whether the fixtures have an answer. */
  record Question(String name, Query query, boolean answered) {
    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeAll
  static void index() throws Exception {
    database = TestDatabase.empty(PREFIX);
    fixtures = GreppedFixtures.indexedInto(database);
    Candidates candidates = new Candidates(database, new SymbolDictionary(), Extractor.VERSION);
    search = new PatternSearch(candidates, TermPlanner.ALL_REQUIRED);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @ParameterizedTest
  @MethodSource("questions")
  void theIndexedSearchGivesWhatGrepGives(Question question) {
    Set<String> grepped = fixtures.grep(question.query());

    assertThat(searched(question.query())).isEqualTo(grepped);
    assertThat(grepped.isEmpty()).isEqualTo(!question.answered());
  }

  private static Set<String> searched(Query query) {
    Set<String> found = new HashSet<>();
    List<String> all = new ArrayList<>();
    search.search(
        query,
        Candidates.Scope.ALL,
        hit ->
            all.add(
                GreppedFixtures.place(
                    hit.at().packageName(),
                    hit.at().path(),
                    hit.match().start(),
                    hit.match().end(),
                    hit.source())),
        Cancellation.NONE);
    found.addAll(all);
    assertThat(all).doesNotHaveDuplicates();
    return found;
  }

  static Stream<Question> questions() {
    return Stream.of(
        // Literals.
        found(":ok"),
        found("nil"),
        found("42"),
        found("1.5"),
        found("\"\""),
        found("\"flash\""),
        found("\"#{_}_id\""),
        missing(":no_such_atom_anywhere"),
        found(longString()),
        // Calls.
        found("Map.get(_, _)"),
        found("Map.get(_, _, _)"),
        found("Map.get(...)"),
        found("Enum.map(_, _)"),
        found("Enum.map(_, fn _ -> ... end)"),
        found("Enum.reduce(_, _, fn _, _ -> ... end)"),
        found("Enum._(...)"),
        found("_.fetch!(_, _)"),
        found("GenServer.call(_, _)"),
        found(":pulse.execute(_, _, _)"),
        found(":pulse.execute(...)"),
        found(":lists._(...)"),
        found("Repo.get!(_, _)"),
        found("Bookshop.Repo.get!(_, _)"),
        found("Aliased.Target.go(_)"),
        found("Kernel.length(_)"),
        found("length(_)"),
        found("Kernel.+(_, _)"),
        found("Kernel.==(_, _)"),
        found("Kernel.if(_, _)"),
        found("Kernel.def(...)"),
        found("Kernel._(...)"),
        missing("Oddities.Names.length(_)"),
        found("Bookshop.Money.+(_, _)"),
        found("Cellar.Changeset._(...)"),
        found("raise ArgumentError, _"),
        found("raise(_)"),
        found("reraise(_, _, _)"),
        found("apply(_, _, _)"),
        found("send(_, _)"),
        found("_.(...)"),
        found("f()"),
        // In templates: components are calls with one argument.
        found("BookshopWeb.CoreComponents.link(_)"),
        found("BookshopWeb.CoreComponents.price(_)"),
        found("for _ <- @books do ... end"),
        // Pipes.
        found("_ |> Enum.map(_)"),
        found("_ |> Repo.get!(_)"),
        found("_ |> _ |> _"),
        found("x |> f()"),
        // Modules.
        found("Bookshop.Repo"),
        found("Repo"),
        found("Jot"),
        found("__MODULE__"),
        missing("Elixir.Enum"),
        found("_.Migration.__push__(_)"), // a module's name with a hole in it
        found("alias _"),
        found("alias _, as: _"),
        found("import _"),
        found("import _, only: _"),
        found("use Cellar.Schema"),
        found("use _, _"),
        found("defmodule _ do ... end"),
        // Data.
        found("%{name: _}"),
        found("%{}"),
        found("%{_ | state: _}"),
        found("%_{}"),
        found("%Cellar.Changeset{}"),
        found("%Changeset{valid?: _}"),
        found("%{changeset | errors: _}"),
        found("{:ok, _}"),
        found("{_, _}"),
        found("{_, _, _}"),
        found("{}"),
        found("[]"),
        found("[_ | _]"),
        found("[_, _]"),
        found("[only: _]"),
        found("<<_::8, ...>>"),
        found("<<...>>"),
        found("1..10"),
        found("_.._"),
        missing("~r/.../"),
        missing("~w(...)"),
        missing("~s(_)"),
        found("_ + _"),
        found("_ <> _"),
        found("a == a"),
        found("not _"),
        found("-_"),
        found("_ = _"),
        found("x = x"),
        found("^_"),
        found("_[_]"),
        found("_.name"),
        // Attributes, definitions.
        found("@moduledoc _"),
        found("@moduledoc false"),
        found("@name _"),
        found("@_"),
        found("@_ _"),
        found("@version"),
        found("@spec _"),
        found("@impl true"),
        found("@type t() :: _"),
        found("def change(_, _)"),
        found("def change(...)"),
        found("def init(_) do ... end"),
        found("def _(_, _) do ... end"),
        found("defp _(...) do ... end"),
        found("def name when guard do ... end"),
        found("def _(_) when _ do ... end"),
        found("defmacro __using__(_) do ... end"),
        found("defmacro _(...)"),
        found("defstruct _"),
        found("defimpl Inspect do ... end"),
        found("defdelegate _, to: _"),
        // Control flow, functions, sequences.
        found("case _ do ... end"),
        found("case _ do\n  {:ok, _} -> _\n  ...\nend"),
        found("if _ do ... end"),
        found("if _, do: _, else: _"),
        found("with {:ok, _} <- _ do ... end"),
        found("for _ <- _, do: _"),
        found("cond do ... end"),
        missing("receive do ... end"),
        found("try do ... rescue ... end"),
        found("fn -> ... end"),
        found("fn _ -> _ end"),
        found("fn x -> x end"),
        // The same twice, and one call in another: terms of their own.
        found("x == x"),
        found("x = x"),
        found("x <> x"),
        missing("f(x, x)"),
        // An atom with a literal behind it: one more.
        missing("%{status: 404}"),
        found("{:ok, nil}"),
        found("[null: false]"),
        found("%{a: 1}"),
        found("if(_, do: nil, else: _)"),
        found("Enum.map(_, fn x -> x end)"),
        found("send(self(), _)"),
        found("_ |> cast(_, _) |> validate_required(_)"),
        missing("_ |> Enum.map(_) |> Enum.join(_)"),
        found("&_/1"),
        found("&String.upcase/1"),
        found("&(&1)"),
        found("& &1.name"),
        found("&length/1"),
        found("a = _; ...; a"),
        found("x = _\n..."),
        found("_ = _; _ = _"),
        found("quote do ... end"),
        found("unquote(_)"),
        found("_ when _"),
        missing("assert _"),
        // Filters.
        found("Enum.map(_, _)", inside("def _(_) do ... end")),
        found("Map.get(_, _)", inside("defmodule Cellar.Changeset do ... end")),
        found("_ + _", inside("def _(...) do ... end")),
        found("def _(...) do ... end", contains("raise(_, _)")),
        found("def _(...) do ... end", new Filter.Not(contains("_ |> _"))),
        found("case _ do ... end", contains("{:error, _}")),
        found("Keyword.fetch!(_, _)", new Filter.Piped()),
        found("Enum.map(_, _)", new Filter.Not(new Filter.Piped())),
        found("use _", new Filter.Parent(Pattern.parse("defmodule _ do ... end"))),
        found("defmodule _ do ... end", new Filter.HasChild(Pattern.parse("use Cellar.Schema"))),
        found("alias _", new Filter.Follows(Pattern.parse("use _"), false)),
        found("alias _", new Filter.Precedes(Pattern.parse("alias _"), true)),
        found("def _(...) do ... end", new Filter.HasComment(CommentPlace.BEFORE, "")),
        found("alias _", new Filter.Nth(1)),
        found("def _(...) do ... end", new Filter.Last()),
        found(
            "Enum._(...)",
            new Filter.AnyOf(List.of(inside("fn ... -> ... end"), new Filter.Piped()))),
        found(
            "_ |> _",
            new Filter.AllOf(
                List.of(inside("def _(...) do ... end"), contains("Enum.map(_, _)")))));
  }

  private static Filter inside(String pattern) {
    return new Filter.Inside(Pattern.parse(pattern));
  }

  private static Filter contains(String pattern) {
    return new Filter.Contains(Pattern.parse(pattern));
  }

  private static Question found(String pattern, Filter... filters) {
    return question(pattern, true, filters);
  }

  private static Question missing(String pattern) {
    return question(pattern, false);
  }

  private static Question question(String pattern, boolean answered, Filter... filters) {
    String name =
        pattern + Stream.of(filters).map(each -> " " + each).collect(Collectors.joining());
    return new Question(
        name, new Query(Pattern.parse(pattern), List.of(filters), List.of()), answered);
  }

  /** A text that the tree keeps by its digest, as it has 48 bytes and more. */
  private static String longString() {
    return "\"The first entries, by primary key or by the order that the query has.\"";
  }
}
