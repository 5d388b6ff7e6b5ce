package dev.hexlens.workspace;

import dev.hexlens.store.postgres.DatabaseException;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something in the database that is opened when it is asked for the first time, and again after a
 * failure. For many threads.
 */
final class OnDemand<T> implements AutoCloseable {
  /** After a failure the database is left in peace for a moment. */
  private static final long RETRY_NANOS = 2_000_000_000L;

  private final String what;
  private final Supplier<T> opening;
  private final Consumer<T> closing;
  private @Nullable T opened;
  private @Nullable DatabaseException failure;
  private long failedAt;
  private boolean closed;

  /**
   * @param what for who asks after it was closed
   */
  OnDemand(String what, Supplier<T> opening, Consumer<T> closing) {
    this.what = what;
    this.opening = opening;
    this.closing = closing;
  }

  /**
   * Opens it, unless it is open.
   *
   * @throws DatabaseException when the database can't be had; who asks a moment later has it tried
   *     again
   * @throws CancellationException once it is closed
   */
  synchronized T get() {
    if (closed) {
      throw new CancellationException(what + " is closed");
    }
    T known = opened;
    if (known != null) {
      return known;
    }
    if (failure != null && System.nanoTime() - failedAt < RETRY_NANOS) {
      throw failure;
    }
    try {
      known = opening.get();
      opened = known;
      failure = null;
      return known;
    } catch (DatabaseException e) {
      failure = e;
      failedAt = System.nanoTime();
      throw e;
    }
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Closes it, if it was opened, for good. */
  @Override
  public synchronized void close() {
    closed = true;
    if (opened != null) {
      closing.accept(opened);
      opened = null;
    }
  }
}
