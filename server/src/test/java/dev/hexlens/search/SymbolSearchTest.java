package dev.hexlens.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.index.LoopbackHex;
import dev.hexlens.store.Symbols;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Symbols of the fixture packages, as somebody types. */
final class SymbolSearchTest {
  private static Database database;

  @BeforeAll
  static void index() throws Exception {
    database = TestDatabase.empty("symbol_search_test");
    try (LoopbackHex hex = LoopbackHex.ofFixturesAnd()) {
      hex.index(database);
    }
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @ParameterizedTest
  @CsvSource({
    "get_book, Bookshop.Catalog.get_book!/1",
    "Get_Bo, Bookshop.Catalog.get_book!/1",
    "catalog.get_book, Bookshop.Catalog.get_book!/1",
    "Bookshop.Catalog.get_book!/1, Bookshop.Catalog.get_book!/1",
    "Cellar.Changeset, Cellar.Changeset",
    "changeset.change, Cellar.Changeset.change/2",
    "cellar.multi, Cellar.Multi",
    "@default, Jot.Formatter.@default",
    "encoder, Jot.Encoder",
    "money.+, Bookshop.Money.+/2"
  })
  void theFirstAnswerIsTheOneMeant(String typed, String first) {
    assertThat(search(typed, 50)).first().isEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({
    "formatter squeeze, Jot.Formatter.squeeze/2",
    "components, BookshopWeb.CoreComponents",
    "html, Harbor.HTML"
  })
  void wordsWithinTheNameAreFound(String typed, String symbol) {
    assertThat(search(typed, 50)).contains(symbol);
  }

  @Test
  void packagesThatManyUseComeFirst() {
    List<String> found = search("init", 20);
    assertThat(found).hasSizeGreaterThan(2).allMatch(each -> each.contains(".init/"));
    List<Integer> ranks =
        new SymbolSearch(new Symbols(database))
            .search("init", 20, Cancellation.NONE).stream().map(Symbols.Known::rank).toList();
    assertThat(ranks).isSorted().doesNotContain(Integer.MAX_VALUE);
  }

  @ParameterizedTest
  @CsvSource({"no_such_name", "''", "'%'", "'it''s'", "back\\slash", "...", "a&b", "("})
  void whatIsInNoNameFindsNothing(String typed) {
    assertThat(search(typed, 10)).isEmpty();
  }

  @Test
  void anOddTextIsNoSql() {
    assertThat(search("'); DROP TABLE symbol; --", 10)).isEmpty();
    assertThat(search("get_book", 1)).hasSize(1);
  }

  private static List<String> search(String typed, int limit) {
    return new SymbolSearch(new Symbols(database))
        .search(typed, limit, Cancellation.NONE).stream()
            .map(known -> known.symbol().printed())
            .toList();
  }
}
