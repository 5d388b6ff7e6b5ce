package dev.hexlens.store.postgres;

import dev.hexlens.store.postgres.DatabaseException.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/**
 * Brings a prefix to the schema of this HexLens, while nobody uses it: each session that uses a
 * prefix shares its {@link PrefixLock}, whoever migrates it has it alone. So a newer HexLens never
 * migrates under an older one that is running.
 *
 * @param scripts what this HexLens knows
 * @param patience how long to wait for others to be done with the prefix
 */
record Migrations(MigrationScripts scripts, Duration patience) {

  /** The history table, one in each prefix; a schema that has it is a prefix. */
  static final String HISTORY = "hexlens_history";

  /** Enough for another process of this version that is making the same prefix. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  /** A session's locks are freed when the server has noticed its end, a moment after its close. */
  private static final Duration CLOSING = Duration.ofSeconds(3);

  private static final Duration POLL = Duration.ofMillis(50);

  private enum State {
    ABSENT,
    OLDER,
    CURRENT,
    NEWER
  }

  static Migrations ofHexLens() {
    return new Migrations(MigrationScripts.in("db/migration"), PATIENCE);
  }

  /**
   * Migrates if need be. Afterwards the connection shares the prefix' lock until it is closed.
   *
   * @throws DatabaseException of kind NEWER_SCHEMA, IN_USE or FOREIGN_SCHEMA
   */
  void apply(Connections connections, Connection connection, Consumer<String> notes)
      throws SQLException {
    Prefix prefix = connections.prefix();
    var lock = PrefixLock.of(prefix);
    Instant end = Instant.now().plus(patience);
    boolean migrated = false;
    while (true) {
      State state = State.OLDER;
      if (lock.tryShare(connection)) {
        state = stateOf(prefix, connection);
        if (state == State.CURRENT) {
          return;
        }
        lock.unshare(connection);
        if (state == State.NEWER) {
          throw newer(prefix, connection);
        }
        if (migrated) {
          throw new IllegalStateException("migrated " + prefix + ", and yet it is " + state);
        }
      }
      if (lock.tryAlone(connection)) {
        try {
          migrated = true;
          migrate(connections, connection, notes);
        } finally {
          lock.release(connection);
        }
      } else if (Instant.now().isAfter(end)) {
        throw inUse(prefix, connections.site());
      } else {
        Interruption.pause(POLL);
      }
    }
  }

  /**
   * Drops a prefix with all that is in it.
   *
   * @return whether there was one
   * @throws DatabaseException of kind IN_USE if anybody uses it
   */
  static boolean drop(Connections connections, Connection connection) throws SQLException {
    Prefix prefix = connections.prefix();
    var lock = PrefixLock.of(prefix);
    Instant end = Instant.now().plus(CLOSING);
    while (!lock.tryAlone(connection)) {
      if (Instant.now().isAfter(end)) {
        throw new DatabaseException(
            Kind.IN_USE,
            "Another HexLens uses prefix "
                + prefix
                + " at "
                + connections.site().url()
                + ": close it (an editor's, perhaps) and try again");
      }
      Interruption.pause(POLL);
    }
    try (var statement = connection.createStatement()) {
      boolean there = hasHistory(connection, prefix);
      if (there) {
        statement.execute("DROP SCHEMA " + prefix.quoted() + " CASCADE");
      }
      return there;
    } finally {
      lock.release(connection);
    }
  }

  /** The last version in a prefix' history; empty where it has none. */
  static Optional<MigrationVersion> latestIn(Connection connection, Prefix prefix)
      throws SQLException {
    if (!hasHistory(connection, prefix)) {
      return Optional.empty();
    }
    Optional<MigrationVersion> latest = Optional.empty();
    String versions =
        "SELECT version FROM %s.%s WHERE success AND version IS NOT NULL"
            .formatted(prefix.quoted(), HISTORY);
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(versions)) {
      while (rows.next()) {
        var version = MigrationVersion.fromVersion(rows.getString(1));
        if (latest.isEmpty() || version.compareTo(latest.get()) > 0) {
          latest = Optional.of(version);
        }
      }
    }
    return latest;
  }

  private State stateOf(Prefix prefix, Connection connection) throws SQLException {
    if (scripts.mark().equals(markOf(prefix, connection))) {
      return State.CURRENT;
    }
    if (!hasHistory(connection, prefix)) {
      return State.ABSENT;
    }
    Optional<MigrationVersion> latest = latestIn(connection, prefix);
    boolean newer = latest.isPresent() && latest.get().compareTo(scripts.latest()) > 0;
    return newer ? State.NEWER : State.OLDER;
  }

  private void migrate(Connections connections, Connection connection, Consumer<String> notes)
      throws SQLException {
    Prefix prefix = connections.prefix();
    State state = stateOf(prefix, connection);
    if (state == State.CURRENT || state == State.NEWER) {
      return; // another process was quicker
    }
    if (state == State.OLDER) {
      notes.accept("Migrating prefix " + prefix + " to schema " + scripts.latest());
    }
    try {
      flyway(connections).migrate();
    } catch (FlywayValidateException e) {
      throw new DatabaseException(
          Kind.FOREIGN_SCHEMA,
          "Prefix "
              + prefix
              + " was made by another build of HexLens, whose migrations differ: drop it (hexlens"
              + " index drop) and index again, or use another prefix",
          e);
    } catch (FlywayException e) {
      throw failed(e, connections);
    }
    mark(prefix, connection);
  }

  private Flyway flyway(Connections connections) {
    String schema = connections.prefix().name();
    var configuration =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(connections.source())
            .defaultSchema(schema)
            .schemas(schema)
            .createSchemas(true)
            .table(HISTORY)
            .locations("classpath:" + scripts.folder())
            .loggers("slf4j");
    // Else CREATE INDEX CONCURRENTLY waits for ever for the transaction that holds Flyway's lock.
    configuration
        .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    return configuration.load();
  }

  /**
   * The mark saves most starts the half second that Flyway takes to find nothing to do: it names
   * all scripts by a hash of their text. It is written to the disk, and with it all that was
   * committed before: a server that crashes a moment later must not forget a migration.
   */
  private void mark(Prefix prefix, Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("SET synchronous_commit = on");
      statement.execute("COMMENT ON SCHEMA %s IS '%s'".formatted(prefix.quoted(), scripts.mark()));
      statement.execute("RESET synchronous_commit");
    }
  }

  static String markOf(Prefix prefix, Connection connection) throws SQLException {
    String comment =
        "SELECT coalesce(obj_description(to_regnamespace(?)::oid, 'pg_namespace'), '')";
    try (var statement = connection.prepareStatement(comment)) {
      statement.setString(1, prefix.quoted());
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }

  private static boolean hasHistory(Connection connection, Prefix prefix) throws SQLException {
    try (var statement = connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
      statement.setString(1, prefix.quoted() + "." + HISTORY);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getBoolean(1);
      }
    }
  }

  private DatabaseException newer(Prefix prefix, Connection connection) throws SQLException {
    String theirs = latestIn(connection, prefix).map(Object::toString).orElse("?");
    return new DatabaseException(
        Kind.NEWER_SCHEMA,
        "A newer HexLens wrote prefix "
            + prefix
            + " (schema "
            + theirs
            + ", this one knows "
            + scripts.latest()
            + "): update this HexLens, or use another prefix");
  }

  private static DatabaseException inUse(Prefix prefix, Site site) {
    return new DatabaseException(
        Kind.IN_USE,
        "Prefix "
            + prefix
            + " at "
            + site.url()
            + " must be migrated, and another HexLens still uses it: close the other one (an"
            + " editor's, perhaps) and try again");
  }

  private static DatabaseException failed(FlywayException failure, Connections connections) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return Diagnosis.of(sql, connections.site());
      }
    }
    String message = String.valueOf(failure.getMessage());
    if (message.contains("non-empty schema")) {
      return new DatabaseException(
          Kind.FOREIGN_SCHEMA,
          "The schema "
              + connections.prefix()
              + " at "
              + connections.site().url()
              + " holds tables that are not of HexLens: use another prefix",
          failure);
    }
    return new DatabaseException(
        Kind.FAILED,
        "Prefix "
            + connections.prefix()
            + " can't be migrated ("
            + Diagnosis.oneLine(message)
            + "): please report this as a defect of HexLens",
        failure);
  }
}
