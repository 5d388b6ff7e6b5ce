package dev.hexlens.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Work on a connection that lives as long as the call; keep nothing of it.
 *
 * @param <T> what the work answers
 * @param <X> what it throws besides SQLException; inferred as RuntimeException where nothing is
 *     thrown
 */
@FunctionalInterface
public interface SqlFunction<T extends @Nullable Object, X extends Exception> {

  /** Does the work. */
  T apply(Connection connection) throws SQLException, X;
}
