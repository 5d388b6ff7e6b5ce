package dev.hexlens.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Work on a connection that answers nothing.
 *
 * @param <X> what it throws besides SQLException
 */
@FunctionalInterface
public interface SqlAction<X extends Exception> {

  /** Does the work. */
  void accept(Connection connection) throws SQLException, X;
}
