package dev.hexlens.store;

import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The indexes that are cheaper to build once than to keep up while much is loaded: inverted ones,
 * and of the dictionary what only questions use.
 */
public final class Indexes {
  /** Below so many rows, building the indexes anew takes less than a second. */
  private static final int SMALL = 2_000;

  /** As the migrations made them, which a test compares. */
  private static final Map<String, String> CREATE =
      Map.of(
          "linkage_terms",
          "linkage USING gin (terms)",
          "symbol_last",
          """
          symbol (
            (lower(CASE WHEN name = '' THEN regexp_replace(module, '^.*\\.', '') ELSE name END)) COLLATE "C"
          ) WHERE kind IS NOT NULL
          """,
          "symbol_words",
          """
          symbol USING gin (
            array_to_tsvector(array_remove(string_to_array(lower(translate(
              module || '.' || name || CASE WHEN name = '' THEN regexp_replace(module, '([a-z0-9])([A-Z])', '\\1.\\2', 'g') ELSE '' END,
              '_@:?! ', '......')), '.'), ''))
          ) WHERE kind IS NOT NULL
          """);

  private final Database database;

  public Indexes(Database database) {
    this.database = database;
  }

  /** Before a bulk load into an empty or small store: takes them away. */
  public void beforeBulk() {
    database.useTransaction(
        Cancellation.NONE,
        connection -> {
          StoreLock.storing(connection);
          if (count(connection) < SMALL) {
            for (String index : CREATE.keySet()) {
              execute(connection, "DROP INDEX IF EXISTS " + index);
            }
          }
        });
  }

  /** After a load: builds what is missing, and lets the planner know what is there. */
  public void afterBulk() {
    // Postgres builds these, we the one of texts.
    CompletableFuture<Void> texts = CompletableFuture.runAsync(new TextPostings(database)::build);
    try {
      buildMissing();
    } finally {
      texts.join();
    }
    analyze();
  }

  private void buildMissing() {
    database.useTransaction(
        Cancellation.NONE,
        connection -> {
          StoreLock.storing(connection);
          execute(connection, "SET LOCAL maintenance_work_mem = '256MB'");
          for (Map.Entry<String, String> index : CREATE.entrySet()) {
            execute(
                connection,
                "CREATE INDEX IF NOT EXISTS " + index.getKey() + " ON " + index.getValue());
          }
        });
  }

  private void analyze() {
    database.useConnection(
        Cancellation.NONE,
        connection ->
            execute(
                connection,
                "ANALYZE content, extraction, linkage, release_file, release, package, symbol,"
                    + " text_segment, text_postings, text_pending"));
  }

  /** Whether a run that was killed has left an index unbuilt. */
  public boolean isIncomplete() {
    return database.withConnection(connection -> {
      try (Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT to_regclass('linkage_terms') IS NULL OR to_regclass('symbol_last') IS NULL"
                      + " OR to_regclass('symbol_words') IS NULL")) {
        rows.next();
        return rows.getBoolean(1) || TextPostings.isWorthIt(connection);
      }
    });
  }

  private static int count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT count(*) FROM (SELECT FROM linkage LIMIT " + SMALL + ") AS few")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
