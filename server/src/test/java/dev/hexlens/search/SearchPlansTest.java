package dev.hexlens.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.index.Extractor;
import dev.hexlens.index.LoopbackHex;
import dev.hexlens.pattern.Pattern;
import dev.hexlens.pattern.Query;
import dev.hexlens.store.Candidates;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.Indexes;
import dev.hexlens.store.StoreRows;
import dev.hexlens.store.SymbolDictionary;
import dev.hexlens.store.Symbols;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.DatabaseConfig;
import dev.hexlens.store.postgres.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No search reads a large table from beginning to end: Postgres counts how often one was. The
 * fixtures, among so much that is not asked for that a planner who knows it takes the indexes.
 */
final class SearchPlansTest {
  private static final DatabaseConfig CONFIG = TestDatabase.config("search_plans_test");

  private static final List<String> OTHERS =
      List.of(
          "INSERT INTO package (name) VALUES ('others')",
          """
          INSERT INTO release (package_id, version, checksum, state, files)
          SELECT package_id, '1.0.' || n, '', 'complete', 10
          FROM package, generate_series(1, 2000) AS n WHERE name = 'others'
          """,
          """
          INSERT INTO content SELECT n, '', 'elixir', true, 100, decode(repeat('00', 100), 'hex')
          FROM generate_series(1, 20000) AS n
          """,
          """
          INSERT INTO extraction SELECT n, %d, 'ok', decode(repeat('00', 100), 'hex')
          FROM generate_series(1, 20000) AS n
          """
              .formatted(Extractor.VERSION),
          """
          INSERT INTO linkage SELECT n, 1, decode(repeat('00', 100), 'hex'),
            ARRAY[n, n % 1000, n % 100]::integer[]
          FROM generate_series(1, 20000) AS n
          """,
          """
          INSERT INTO release_file
          SELECT release_id, 'lib/f' || n || '.ex',
                 1 + (row_number() OVER (ORDER BY release_id, n) - 1) % 20000, 1
          FROM generate_series(1, 10) AS n, release JOIN package USING (package_id)
          WHERE name = 'others'
          """,
          """
          INSERT INTO symbol (namespace, module, name, arity, kind, package_id)
          SELECT 'function', 'Others.M' || n, 'other' || n, 1, 'function', package_id
          FROM package, generate_series(1, 20000) AS n WHERE name = 'others'
          """);

  @BeforeAll
  static void index() throws Exception {
    try (LoopbackHex hex = LoopbackHex.ofFixturesAnd();
        Database database = TestDatabase.empty("search_plans_test")) {
      assertThat(hex.index(database).failures()).isEmpty();
      database.useTransaction(
          Cancellation.NONE,
          connection -> {
            for (String sql : OTHERS) {
              execute(connection, sql);
            }
          });
      new Indexes(database).afterBulk();
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Each says how much it found. */
  static List<Named<ToIntFunction<Database>>> searches() {
    return List.of(
        Named.of("a pattern by its terms", database -> matches(database, "Enum.map(_, _)", 100)),
        Named.of("a pattern without terms", database -> matches(database, "_ + _", 5)),
        Named.of("references", SearchPlansTest::references),
        Named.of("symbols by name", database -> symbols(database, "get_book")),
        Named.of("symbols by one letter", database -> symbols(database, "g")),
        Named.of("symbols by words", database -> symbols(database, "formatter squeeze")),
        Named.of("a text", database -> texts(database, "defmodule Bookshop")),
        Named.of("files by their paths", SearchPlansTest::files));
  }

  private static Candidates candidates(Database database) {
    return new Candidates(database, new SymbolDictionary(), Extractor.VERSION);
  }

  private static int matches(Database database, String pattern, int limit) {
    List<PatternSearch.Hit> hits = new ArrayList<>();
    new PatternSearch(candidates(database), TermPlanner.ALL_REQUIRED)
        .search(
            new Query(Pattern.parse(pattern), List.of(), List.of()),
            Scope.ALL,
            hit -> hits.add(hit) && hits.size() < limit,
            Cancellation.NONE);
    return hits.size();
  }

  private static int references(Database database) {
    SymbolName name = SymbolName.parse("Enum.map/2").orElseThrow();
    List<Symbol> symbols = name.meant(new Symbols(database), Cancellation.NONE);
    List<UsageSearch.Hit> uses = new ArrayList<>();
    new UsageSearch(candidates(database))
        .search(UsageSearch.Question.references(symbols), Scope.ALL, uses::add, Cancellation.NONE);
    return uses.size();
  }

  private static int symbols(Database database, String typed) {
    return new SymbolSearch(new Symbols(database)).search(typed, 50, Cancellation.NONE).size();
  }

  private static int texts(Database database, String text) {
    List<TextSearch.Hit> hits = new ArrayList<>();
    new TextSearch(candidates(database))
        .search(
            new TextQuery(text, false, TextQuery.Place.ANYWHERE),
            Scope.ALL,
            Around.ANYTHING,
            null,
            Duration.ofMinutes(1),
            hits::add,
            Cancellation.NONE);
    return hits.size();
  }

  private static int files(Database database) {
    List<Candidate> found =
        candidates(database).at("bookshop", List.of("lib/bookshop/catalog.ex"), Cancellation.NONE);
    return found.size();
  }

  @ParameterizedTest
  @MethodSource("searches")
  void itGoesByIndexes(ToIntFunction<Database> search) throws InterruptedException {
    Map<String, Integer> before = scans();
    assertThat(counted(search)).as("found").isPositive();
    assertThat(scans()).isEqualTo(before);
  }

  /** The control: what does read a table is counted. */
  @Test
  void aScanWouldBeSeen() throws InterruptedException {
    Map<String, Integer> before = scans();
    counted(database -> StoreRows.query(database, "SELECT sum(bytes) FROM content").size());
    before.merge("content", 1, Integer::sum);
    assertThat(scans()).isEqualTo(before);
  }

  /** What a search found. Postgres counts its scans when its connections have ended. */
  private static int counted(ToIntFunction<Database> search) throws InterruptedException {
    try (Database watching = Database.open(CONFIG, note -> {})) {
      List<String> others = connections(watching);
      List<String> its;
      int found;
      try (Database database = Database.open(CONFIG, note -> {})) {
        found = search.applyAsInt(database);
        its = new ArrayList<>(connections(watching));
        its.removeAll(others);
      }
      assertThat(its).isNotEmpty();
      while (connections(watching).stream().anyMatch(its::contains)) {
        Thread.sleep(10);
      }
      return found;
    }
  }

  private static List<String> connections(Database database) {
    return StoreRows.query(
        database, "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'");
  }

  /** How often each of the tables that grow was read from beginning to end. */
  private static Map<String, Integer> scans() {
    try (Database database = Database.open(CONFIG, note -> {})) {
      Map<String, Integer> scans = new TreeMap<>();
      for (String row :
          StoreRows.query(
              database,
              """
              SELECT relname, seq_scan FROM pg_stat_user_tables
              WHERE relid IN ('content'::regclass, 'extraction'::regclass, 'linkage'::regclass,
                              'release_file'::regclass, 'symbol'::regclass)
              """)) {
        String[] columns = row.split(" ");
        scans.put(columns[0], Integer.parseInt(columns[1]));
      }
      assertThat(scans).hasSize(5);
      return scans;
    }
  }
}
