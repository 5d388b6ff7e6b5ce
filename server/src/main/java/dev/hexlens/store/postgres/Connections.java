package dev.hexlens.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.hexlens.store.postgres.DatabaseException.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Connections to one database whose unqualified names mean one prefix.
 *
 * @param url with the password
 * @param site the same for messages
 */
record Connections(PostgresUrl url, Site site, Prefix prefix) {

  /** A server that recovers from a crash says so until it is done. */
  private static final Duration STARTING = Duration.ofMinutes(2);

  /** The embedded server is there; for moments after a crash it hangs up on who calls. */
  private static final Duration AFTER_A_CRASH = Duration.ofSeconds(5);

  private static final Duration NOBODY_GIVES_BACK = Duration.ofSeconds(30);

  private static final int CONNECT_SECONDS = 10;

  /** {@code cannot_connect_now}. */
  private static final String STARTING_UP = "57P03";

  PGSimpleDataSource source() {
    var source = new PGSimpleDataSource();
    source.setURL(url.jdbcUrl());
    source.setUser(url.user());
    source.setPassword(url.password());
    source.setCurrentSchema(prefix.quoted() + ",public");
    // Saves two round trips: what the driver would set after asking for the version comes first.
    source.setAssumeMinServerVersion("9.4");
    // A batch of INSERTs becomes few with many rows.
    source.setReWriteBatchedInserts(true);
    if (!url.parameters().containsKey(PGProperty.APPLICATION_NAME.getName())) {
      source.setApplicationName("hexlens");
    }
    if (!url.parameters().containsKey(PGProperty.CONNECT_TIMEOUT.getName())) {
      source.setConnectTimeout(CONNECT_SECONDS);
    }
    if (site.data() != null) {
      // Asking for TLS and Kerberos costs a round trip each, and the loopback interface needs none.
      source.setSslMode("disable");
      source.setGssEncMode("disable");
    }
    return source;
  }

  /**
   * One connection outside of the pool, to a server that will do.
   *
   * @throws DatabaseException if there is none
   */
  Connection open(Consumer<String> notes) {
    try {
      Connection connection = patiently(notes);
      try {
        check(connection);
        return connection;
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw Diagnosis.of(e, site);
    }
  }

  /**
   * The pool. Each connection holds the prefix' lock, shared, as long as it lives: nobody migrates
   * the prefix meanwhile, see {@link Migrations}. One stays open for that, and for a quick answer.
   */
  HikariDataSource pool(int size) {
    var config = new HikariConfig();
    config.setPoolName("hexlens-" + prefix);
    config.setDataSource(source());
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    if (size > 1) {
      config.setIdleTimeout(Duration.ofMinutes(1).toMillis());
    }
    config.setConnectionTimeout(NOBODY_GIVES_BACK.toMillis());
    config.setConnectionInitSql(PrefixLock.of(prefix).shareStatement());
    // The caller has just connected: if it fails now, say so now.
    config.setInitializationFailTimeout(1);
    return new HikariDataSource(config);
  }

  private Connection patiently(Consumer<String> notes) throws SQLException {
    PGSimpleDataSource source = source();
    Instant end = Instant.now().plus(STARTING);
    Instant crashEnd = Instant.now().plus(AFTER_A_CRASH);
    boolean noted = false;
    while (true) {
      try {
        return source.getConnection();
      } catch (SQLException e) {
        Instant now = Instant.now();
        boolean starting = STARTING_UP.equals(e.getSQLState()) && now.isBefore(end);
        boolean between =
            site.data() != null && Diagnosis.isGone(e.getSQLState()) && now.isBefore(crashEnd);
        if (!starting && !between) {
          throw e;
        }
        if (!noted) {
          notes.accept("Waiting for the database server, which starts or recovers");
          noted = true;
        }
        Interruption.pause(Duration.ofMillis(50));
      }
    }
  }

  private void check(Connection connection) throws SQLException {
    int major = connection.getMetaData().getDatabaseMajorVersion();
    if (major < Database.OLDEST_MAJOR) {
      throw new DatabaseException(
          Kind.SERVER_TOO_OLD,
          "The server at "
              + site.url()
              + " is PostgreSQL "
              + connection.getMetaData().getDatabaseProductVersion()
              + ": HexLens needs "
              + Database.OLDEST_MAJOR
              + " or newer; update it, or unset "
              + DatabaseConfig.URL_VARIABLE
              + " to use the embedded one");
    }
    String encoding = connection.unwrap(PGConnection.class).getParameterStatus("server_encoding");
    if (encoding != null && !encoding.equals("UTF8")) {
      throw new DatabaseException(
          Kind.BAD_CONFIGURATION,
          "The database at "
              + site.url()
              + " has the encoding "
              + encoding
              + ": create one with ENCODING 'UTF8' TEMPLATE template0 for HexLens");
    }
  }
}
