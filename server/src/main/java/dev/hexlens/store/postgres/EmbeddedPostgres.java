package dev.hexlens.store.postgres;

import dev.hexlens.store.postgres.EmbeddedServer.Running;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A use of the PostgreSQL server that HexLens brings along: it runs as long as any process of the
 * user has one open. It is started by the first, found by the others, stopped by the last, and
 * started again if somebody kills it.
 */
public final class EmbeddedPostgres implements AutoCloseable {

  private final SharedServer shared;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile Running running;

  private EmbeddedPostgres(SharedServer shared, Running running) {
    this.shared = shared;
    this.running = running;
  }

  /**
   * Starts or finds the server under a home. The first time takes a few seconds.
   *
   * @param notes gets a line for the user where something takes long
   * @throws DatabaseException if it can't be had
   */
  public static EmbeddedPostgres use(Path home, Consumer<String> notes) {
    return use(SharedServer.of(home), notes);
  }

  static EmbeddedPostgres use(SharedServer shared, Consumer<String> notes) {
    return new EmbeddedPostgres(shared, shared.enter(notes));
  }

  /**
   * Starts the server if need be, and has it stay when the last user leaves, until it is stopped.
   */
  public static PostgresUrl start(Path home, Consumer<String> notes) {
    try (var use = use(home, notes)) {
      use.shared.keep();
      return use.url();
    }
  }

  /**
   * Stops the server.
   *
   * @param force also where somebody uses it
   * @return whether it ran
   * @throws DatabaseException of kind BUSY if somebody uses it and {@code force} is not set
   */
  public static boolean stop(Path home, boolean force, Consumer<String> notes) {
    return SharedServer.of(home).stop(force, notes);
  }

  /** Where the server answers if it runs, with the password; starts nothing. */
  public static Optional<PostgresUrl> find(Path home) {
    return SharedServer.of(home).look().running().map(Running::url);
  }

  /** Where it answers, with the password. Changes only by {@link #recover}. */
  public PostgresUrl url() {
    return running.url();
  }

  Site site() {
    return new Site(url().withoutPassword(), running.process().data());
  }

  /** Whether the server's process lives; costs some 20 µs. */
  boolean isAlive() {
    return running.process().isAlive();
  }

  /** Has the server run again after it was lost, perhaps on another port. */
  void recover(Consumer<String> notes) {
    running = shared.reenter(notes);
  }

  /** Ends the use. Waits for the server's end if this was the last one. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      shared.leave();
    }
  }
}
