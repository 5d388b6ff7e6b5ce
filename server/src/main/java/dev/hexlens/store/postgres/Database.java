package dev.hexlens.store.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.hexlens.store.postgres.DatabaseConfig.Place;
import dev.hexlens.store.postgres.DatabaseException.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A prefix of a database, open: the server runs, the schema is this HexLens' own, connections come
 * from a small pool. Callbacks own a connection's lifetime. Safe for use by many threads.
 */
public final class Database implements AutoCloseable {

  /** The oldest Postgres whose SQL HexLens keeps to. */
  public static final int OLDEST_MAJOR = 15;

  private final DatabaseConfig config;
  private final Migrations migrations;
  private final Consumer<String> notes;
  private final @Nullable EmbeddedPostgres server;
  private volatile Live live;

  /** The pool that failed; the next one who wants a connection looks after the server first. */
  private volatile @Nullable Live suspect;

  private record Live(Connections connections, HikariDataSource pool) {}

  private Database(
      DatabaseConfig config,
      Migrations migrations,
      Consumer<String> notes,
      @Nullable EmbeddedPostgres server) {
    this.config = config;
    this.migrations = migrations;
    this.notes = notes;
    this.server = server;
    this.live = connect();
  }

  /** How it was opened. */
  public DatabaseConfig config() {
    return config;
  }

  /**
   * Opens a prefix: starts or finds the server, migrates the prefix (making it where it is missing)
   * and connects.
   *
   * @param notes gets a line for the user where something takes long; may be called by any thread
   * @throws DatabaseException if any of it can't be done
   */
  public static Database open(DatabaseConfig config, Consumer<String> notes) {
    return open(config, Migrations.ofHexLens(), notes);
  }

  static Database open(DatabaseConfig config, Migrations migrations, Consumer<String> notes) {
    EmbeddedPostgres server =
        switch (config.place()) {
          case Place.Embedded embedded -> EmbeddedPostgres.use(embedded.home(), notes);
          case Place.ByUrl byUrl -> null;
        };
    try {
      return new Database(config, migrations, notes, server);
    } catch (RuntimeException e) {
      if (server != null) {
        server.close();
      }
      throw e;
    }
  }

  /**
   * Drops the prefix of a configuration with all that is in it.
   *
   * @return whether there was one
   * @throws DatabaseException of kind {@link Kind#IN_USE} if anybody has it open
   */
  public static boolean dropPrefix(DatabaseConfig config, Consumer<String> notes) {
    return switch (config.place()) {
      case Place.Embedded embedded -> {
        try (var server = EmbeddedPostgres.use(embedded.home(), notes)) {
          yield drop(new Connections(server.url(), server.site(), config.prefix()), notes);
        }
      }
      case Place.ByUrl byUrl -> drop(byUrl(byUrl, config.prefix()), notes);
    };
  }

  private static boolean drop(Connections connections, Consumer<String> notes) {
    try (Connection connection = connections.open(notes)) {
      return Migrations.drop(connections, connection);
    } catch (SQLException e) {
      throw Diagnosis.of(e, connections.site());
    }
  }

  /** The prefix that unqualified names mean. */
  public Prefix prefix() {
    return config.prefix();
  }

  /** Whether the server is the embedded one. */
  public boolean isEmbedded() {
    return server != null;
  }

  /** Where the server is, for people: without the password. */
  public String url() {
    return live.connections().site().url();
  }

  /** Does work on a connection in autocommit mode. */
  public <T extends @Nullable Object, X extends Exception> T withConnection(SqlFunction<T, X> work)
      throws X {
    return withConnection(Cancellation.NONE, work);
  }

  /**
   * Does work on a connection in autocommit mode.
   *
   * @param cancellation once cancelled, cancels what the connection does
   * @throws DatabaseException for every SQLException of the work
   * @throws CancellationException instead, if the token is cancelled
   */
  public <T extends @Nullable Object, X extends Exception> T withConnection(
      Cancellation cancellation, SqlFunction<T, X> work) throws X {
    cancellation.throwIfCancelled();
    Live at = live();
    try (Connection connection = take(at);
        var _ = StatementCanceller.watch(cancellation, connection)) {
      return work.apply(connection);
    } catch (SQLException e) {
      throw translated(e, cancellation, at);
    }
  }

  /** {@link #withConnection} for work without an answer. */
  public <X extends Exception> void useConnection(Cancellation cancellation, SqlAction<X> work)
      throws X {
    this.<@Nullable Void, X>withConnection(
        cancellation,
        connection -> {
          work.accept(connection);
          return null;
        });
  }

  /** Does work in a transaction: committed when it returns, rolled back when it throws. */
  public <T extends @Nullable Object, X extends Exception> T inTransaction(SqlFunction<T, X> work)
      throws X {
    return inTransaction(Cancellation.NONE, work);
  }

  /**
   * Does work in a transaction of the isolation READ COMMITTED: committed when it returns, rolled
   * back when it throws or the token is cancelled before. It is not repeated, also where {@link
   * Kind#CONFLICT} says that a repetition would help.
   *
   * @throws DatabaseException for every SQLException of the work
   * @throws CancellationException instead, if the token is cancelled
   */
  public <T extends @Nullable Object, X extends Exception> T inTransaction(
      Cancellation cancellation, SqlFunction<T, X> work) throws X {
    return this.<T, X>withConnection(
        cancellation,
        connection -> {
          connection.setAutoCommit(false);
          try {
            T answer = work.apply(connection);
            cancellation.throwIfCancelled();
            connection.commit();
            return answer;
          } catch (Throwable e) {
            rollback(connection, e);
            throw e;
          }
        });
  }

  /** {@link #inTransaction} for work without an answer. */
  public <X extends Exception> void useTransaction(Cancellation cancellation, SqlAction<X> work)
      throws X {
    this.<@Nullable Void, X>inTransaction(
        cancellation,
        connection -> {
          work.accept(connection);
          return null;
        });
  }

  /** All prefixes of this database, by name. */
  public List<PrefixStatus> prefixes() {
    return withConnection(PrefixStatus::list);
  }

  /** Closes the pool; the last one out stops the embedded server, and waits for its end. */
  @Override
  public void close() {
    live.pool().close();
    if (server != null) {
      server.close();
    }
  }

  private Live connect() {
    Connections connections = connections();
    try (Connection first = connections.open(notes)) {
      migrations.apply(connections, first, notes);
      // The first connection holds the prefix' lock until the pool's connections do.
      return new Live(connections, connections.pool(config.poolSize()));
    } catch (SQLException e) {
      throw Diagnosis.of(e, connections.site());
    }
  }

  private Connections connections() {
    if (server != null) {
      return new Connections(server.url(), server.site(), config.prefix());
    }
    return switch (config.place()) {
      case Place.ByUrl byUrl -> byUrl(byUrl, config.prefix());
      case Place.Embedded embedded -> throw new IllegalStateException("no server for " + embedded);
    };
  }

  private static Connections byUrl(Place.ByUrl place, Prefix prefix) {
    return new Connections(place.url(), new Site(place.url().withoutPassword(), null), prefix);
  }

  private Live live() {
    Live now = live;
    boolean lost = now.equals(suspect) || (server != null && !server.isAlive());
    return lost ? restored(now) : now;
  }

  /**
   * After the server was lost. Connections that live on, as when only one was ended, stay with the
   * work that has them.
   */
  private synchronized Live restored(Live lost) {
    if (!live.equals(lost)) {
      return live; // another thread was quicker
    }
    if (server != null && !server.isAlive()) {
      notes.accept("The database server was lost: starting it again");
      server.recover(notes);
    }
    Connections connections = connections();
    try (Connection first = connections.open(notes)) {
      migrations.apply(connections, first, notes);
      lost.pool().getHikariPoolMXBean().softEvictConnections();
      if (!connections.equals(lost.connections())) {
        live = new Live(connections, connections.pool(config.poolSize()));
        // Waits for connections in use, and this thread has better to do.
        Thread.startVirtualThread(lost.pool()::close);
      }
    } catch (SQLException e) {
      throw Diagnosis.of(e, connections.site());
    }
    suspect = null;
    return live;
  }

  private Connection take(Live from) throws SQLException {
    try {
      return from.pool().getConnection();
    } catch (SQLTransientConnectionException e) {
      // The pool's own exception: nothing came free. What kept it from connecting is the cause.
      if (e.getCause() instanceof SQLException reason) {
        throw reason;
      }
      throw new DatabaseException(
          Kind.BUSY,
          "All "
              + config.poolSize()
              + " connections to the database are busy: wait for what is under way, or cancel it",
          e);
    }
  }

  private RuntimeException translated(SQLException e, Cancellation cancellation, Live at) {
    DatabaseException told = Diagnosis.of(e, at.connections().site());
    if (told.kind() == Kind.SERVER_GONE || told.kind() == Kind.UNREACHABLE) {
      suspect = at;
    }
    if (cancellation.isCancelled()) {
      var cancelled = new CancellationException("cancelled");
      cancelled.initCause(e);
      return cancelled;
    }
    return told;
  }

  private static void rollback(Connection connection, Throwable because) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      because.addSuppressed(e); // a lost connection has been rolled back by the server
    }
  }
}
