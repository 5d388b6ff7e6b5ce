package dev.hexlens.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.PGConnection;

/**
 * Cancels what a connection does once a token is cancelled, for as long as one piece of work has
 * the connection: not only the statement of that moment but each that the work still begins, since
 * it may just be between two.
 */
final class StatementCanceller implements AutoCloseable {

  private static final Duration BETWEEN = Duration.ofMillis(20);

  private final PGConnection connection;
  private Cancellation.Registration registration = () -> {};
  private boolean closed;

  private StatementCanceller(PGConnection connection) {
    this.connection = connection;
  }

  static StatementCanceller watch(Cancellation cancellation, Connection connection)
      throws SQLException {
    var canceller = new StatementCanceller(connection.unwrap(PGConnection.class));
    canceller.registration =
        cancellation.onCancel(() -> Thread.startVirtualThread(canceller::cancelUntilClosed));
    return canceller;
  }

  /**
   * A request to cancel goes to the connection, not to a statement: the monitor keeps it from
   * reaching the next one who gets this connection from the pool. The driver returns from
   * cancelQuery only after the server has signalled the backend.
   */
  private synchronized void cancelUntilClosed() {
    while (!closed) {
      try {
        connection.cancelQuery();
        wait(BETWEEN.toMillis());
      } catch (SQLException e) {
        return; // the server is gone, and the work learns that by itself
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  @Override
  public void close() {
    registration.close();
    synchronized (this) {
      closed = true;
      notifyAll();
    }
  }
}
