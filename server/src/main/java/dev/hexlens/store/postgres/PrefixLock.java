package dev.hexlens.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * An advisory lock on a prefix, one for each database: whoever uses the prefix shares it, whoever
 * migrates it has it alone. Held by a session, freed with it.
 *
 * @param key the prefix' number; two prefixes may meet in one, and then wait for each other's
 *     migrations
 */
record PrefixLock(int key) {

  /** HexLens' own key space: "HXLN" in ASCII. */
  private static final int SPACE = 0x48584C4E;

  static PrefixLock of(Prefix prefix) {
    return new PrefixLock(prefix.name().hashCode());
  }

  /** Waits for the shared lock. */
  String shareStatement() {
    return "SELECT pg_advisory_lock_shared(" + SPACE + ", " + key + ")";
  }

  boolean tryShare(Connection connection) throws SQLException {
    return ask(connection, "pg_try_advisory_lock_shared");
  }

  boolean unshare(Connection connection) throws SQLException {
    return ask(connection, "pg_advisory_unlock_shared");
  }

  boolean tryAlone(Connection connection) throws SQLException {
    return ask(connection, "pg_try_advisory_lock");
  }

  boolean release(Connection connection) throws SQLException {
    return ask(connection, "pg_advisory_unlock");
  }

  private boolean ask(Connection connection, String function) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT " + function + "(" + SPACE + ", " + key + ")")) {
      rows.next();
      return rows.getBoolean(1);
    }
  }
}
