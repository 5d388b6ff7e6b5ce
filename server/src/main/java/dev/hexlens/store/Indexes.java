package dev.hexlens.store;

import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;

/** The index that is cheaper to build once than to keep up while much is loaded. */
public final class Indexes {
  /** Below so many rows, building the index anew takes less than a second. */
  private static final int SMALL = 2_000;

  private static final String CREATE =
      "CREATE INDEX IF NOT EXISTS linkage_terms ON linkage USING gin (terms)";

  private final Database database;

  public Indexes(Database database) {
    this.database = database;
  }

  /** Before a bulk load into an empty or small store: takes the index on terms away. */
  public void beforeBulk() {
    database.useTransaction(
        Cancellation.NONE,
        connection -> {
          Releases.exclusively(connection);
          if (count(connection) < SMALL) {
            execute(connection, "DROP INDEX IF EXISTS linkage_terms");
          }
        });
  }

  /** After a load: builds what is missing, and lets the planner know what is there. */
  public void afterBulk() {
    // Postgres builds the one, we the other.
    CompletableFuture<Void> texts = CompletableFuture.runAsync(new TextPostings(database)::build);
    try {
      buildTerms();
    } finally {
      texts.join();
    }
    analyze();
  }

  private void buildTerms() {
    database.useTransaction(
        Cancellation.NONE,
        connection -> {
          Releases.exclusively(connection);
          execute(connection, "SET LOCAL maintenance_work_mem = '256MB'");
          execute(connection, CREATE);
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
          ResultSet rows = statement.executeQuery("SELECT to_regclass('linkage_terms') IS NULL")) {
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
