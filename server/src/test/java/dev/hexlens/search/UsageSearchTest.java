package dev.hexlens.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.elixir.syntax.LineIndex;
import dev.hexlens.fixtures.HexTarball;
import dev.hexlens.index.Extractor;
import dev.hexlens.index.LoopbackHex;
import dev.hexlens.search.UsageSearch.Hit;
import dev.hexlens.search.UsageSearch.Question;
import dev.hexlens.store.Candidates;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.SymbolDictionary;
import dev.hexlens.store.Symbols;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.TestDatabase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who uses a function, with and without the sources. */
final class UsageSearchTest {
  private static Database database;
  private static Candidates candidates;

  @BeforeAll
  static void index() throws Exception {
    database = TestDatabase.empty("usage_search_test");
    HexTarball greek =
        HexTarball.of("greek", "1.0.0")
            .file(
                "lib/greek.ex",
                """
                defmodule Greek do
                  def f(x), do: {"αβγ 😀", Cellar.Multi.new(), x}
                end
                """)
            .build();
    try (LoopbackHex hex = LoopbackHex.ofFixturesAnd(greek)) {
      hex.index(database);
    }
    candidates = new Candidates(database, new SymbolDictionary(), Extractor.VERSION);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void placesAreTheSameWithoutTheSourcesAndWhenTheyAreAtHand() {
    Set<Symbol> asked = named("Cellar.Multi", "new");
    List<String> withTexts = places(asked, true);
    assertThat(withTexts).contains("greek lib/greek.ex 2:41 to 44").hasSizeGreaterThan(1);

    assertThat(places(asked, false)).isEqualTo(withTexts);
    assertThat(places(asked, false)).as("asked for again").isEqualTo(withTexts);
  }

  @Test
  void anotherNameInFilesThatAreAtHandIsFoundAsWell() {
    Set<Symbol> runAll = named("Cellar.Multi", "run_all");
    List<String> withTexts = places(runAll, true);
    places(named("Cellar.Multi", "new"), false);
    assertThat(places(runAll, false)).isEqualTo(withTexts).isNotEmpty();
  }

  private static Set<Symbol> named(String module, String function) {
    return new HashSet<>(new Symbols(database).named(module, function, Cancellation.NONE));
  }

  private static List<String> places(Set<Symbol> symbols, boolean texts) {
    List<String> places = new ArrayList<>();
    new UsageSearch(candidates)
        .search(
            new Question(symbols, true, false, texts),
            Scope.ALL,
            hit -> places.add(place(hit, texts)),
            Cancellation.NONE);
    return places;
  }

  private static String place(Hit hit, boolean texts) {
    assertThat(hit.source().length > 0).isEqualTo(texts);
    LineIndex lines = hit.lines();
    return "%s %s %d:%d to %d"
        .formatted(
            hit.at().packageName(),
            hit.at().path(),
            lines.line(hit.usage().start()),
            lines.columnUtf16(hit.usage().start()),
            lines.columnUtf16(hit.usage().end()));
  }
}
