package dev.hexlens.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** One process at a time stores contents or removes them. */
final class StoreLock {
  /** "HXLS" in ASCII. */
  private static final int SPACE = 0x48584C53;

  private StoreLock() {}

  /**
   * Keeps every other process from storing or removing releases until the end of the transaction,
   * and from beginning with one; first of all in a transaction, so that nobody waits in a circle.
   * With the transaction the store has another revision.
   */
  static void storing(Connection connection) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement(
            "SELECT pg_advisory_xact_lock(?, hashtext(current_schema()))")) {
      lock.setInt(1, SPACE);
      lock.execute();
    }
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE store_revision SET number = number + 1")) {
      update.executeUpdate();
    }
  }

  /** As {@link #storing}; whoever finds a package without releases may then remove it. */
  static void removing(Connection connection) throws SQLException {
    storing(connection);
    try (PreparedStatement lock =
        connection.prepareStatement("LOCK TABLE package IN SHARE ROW EXCLUSIVE MODE")) {
      lock.execute();
    }
  }
}
