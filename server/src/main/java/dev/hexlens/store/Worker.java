package dev.hexlens.store;

import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.DatabaseException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/**
 * A run that takes releases to work on. As long as it lives a session of it holds a lock, which
 * goes with the process, however it ends: so others know at once what is abandoned. Takes one of
 * the database's connections.
 */
public final class Worker implements AutoCloseable {
  /** Of our advisory locks, those of workers. "HXLW" in ASCII. */
  static final int SPACE = 0x48584C57;

  private final String name = UUID.randomUUID().toString();
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  public Worker(Database database) throws InterruptedException {
    this.thread = Thread.ofVirtual().name("hexlens-worker").start(() -> hold(database));
    held.await();
  }

  /** A name that nobody else has. */
  public String name() {
    return name;
  }

  private void hold(Database database) {
    try {
      database.useConnection(Cancellation.NONE, this::hold);
    } catch (DatabaseException e) {
      // A server that was lost took the lock along. Then another process may do the same work,
      // which costs time and does no harm; whether this one can go on, its next statement tells.
    } finally {
      held.countDown();
    }
  }

  private void hold(Connection connection) throws SQLException {
    call(connection, "pg_advisory_lock");
    held.countDown();
    boolean interrupted = false;
    while (closed.getCount() > 0) {
      try {
        closed.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    call(connection, "pg_advisory_unlock");
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void call(Connection connection, String function) throws SQLException {
    try (PreparedStatement call =
        connection.prepareStatement("SELECT " + function + "(?, hashtext(?))")) {
      call.setInt(1, SPACE);
      call.setString(2, name);
      call.execute();
    }
  }

  /** Frees the lock. */
  @Override
  public void close() {
    closed.countDown();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
