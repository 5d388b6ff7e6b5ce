package dev.hexlens.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexlens.store.postgres.DatabaseException.Kind;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

class DatabaseTest {

  private static final AtomicInteger COUNTER = new AtomicInteger();

  private static final String SLEEPERS =
      "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'"
          + " AND state = 'active'";

  private Database database;

  @BeforeEach
  void open() {
    database = open(new Prefix("database_test_" + COUNTER.incrementAndGet()), 3);
  }

  @AfterEach
  void close() {
    database.close();
    drop(database.prefix());
  }

  private static Database open(Prefix prefix, int poolSize) {
    var migrations = new Migrations(MigrationScripts.in("db/test-first"), Duration.ofSeconds(10));
    var config = DatabaseConfig.embedded(TestHome.shared(), prefix).withPoolSize(poolSize);
    return Database.open(config, migrations, note -> {});
  }

  @Test
  void namesMeanThePrefix() {
    execute("INSERT INTO note VALUES (1, 'here')");
    assertThat(ask("SELECT text FROM " + database.prefix().quoted() + ".note")).isEqualTo("here");
    assertThat(ask("SHOW search_path")).isEqualTo(database.prefix().quoted() + ",public");
  }

  @Test
  void aTransactionIsKeptWhenItsWorkReturns() {
    database.useTransaction(Cancellation.NONE, c -> execute(c, "INSERT INTO note VALUES (1, 'a')"));
    assertThat(ask("SELECT count(*) FROM note")).isEqualTo("1");
  }

  @Test
  void aTransactionIsUndoneWhenItsWorkThrows() {
    assertThatThrownBy(() ->
            database.useTransaction(
                Cancellation.NONE,
                connection -> {
                  execute(connection, "INSERT INTO note VALUES (1, 'a')");
                  throw new IOException("the work's own");
                }))
        .isInstanceOf(IOException.class);
    assertThat(ask("SELECT count(*) FROM note")).isEqualTo("0");
  }

  @Test
  void whatPostgresRefusesIsOneSentence() {
    assertThatThrownBy(() -> ask("SELECT nonsense"))
        .isInstanceOfSatisfying(
            DatabaseException.class, e -> assertThat(e.kind()).isEqualTo(Kind.FAILED))
        .hasMessageContaining("column \"nonsense\" does not exist, SQLSTATE 42703")
        .hasCauseInstanceOf(SQLException.class);
  }

  @Test
  void aDeadlockIsAConflict() throws Exception {
    execute("INSERT INTO note VALUES (1, 'a'), (2, 'b')");
    var bothHaveOne = new CyclicBarrier(2);
    try (var executor = Executors.newFixedThreadPool(2)) {
      var one = executor.submit(() -> updateBoth(1, 2, bothHaveOne));
      var other = executor.submit(() -> updateBoth(2, 1, bothHaveOne));
      assertThat(List.of(outcome(one), outcome(other)))
          .containsExactlyInAnyOrder("done", Kind.CONFLICT.name());
    }
  }

  @Test
  void aCancelledStatementEndsAtOnce() throws Exception {
    var cancellation = new Cancellation();
    Instant begin = Instant.now();
    try (var executor = Executors.newSingleThreadExecutor()) {
      var work =
          executor.submit(
              () -> database.useConnection(cancellation, c -> execute(c, "SELECT pg_sleep(60)")));
      EmbeddedPostgresTest.until(() -> ask(SLEEPERS).equals("1"));
      cancellation.cancel();
      assertThatThrownBy(work::get).hasRootCauseInstanceOf(SQLException.class);
      assertThatThrownBy(work::get).hasCauseInstanceOf(CancellationException.class);
    }
    assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(5));
    assertThat(ask(SLEEPERS)).isEqualTo("0");
  }

  @Test
  void aStatementThatBeginsAfterTheCancelIsCancelledToo() {
    var cancellation = new Cancellation();
    assertThatThrownBy(() ->
            database.useConnection(
                cancellation,
                connection -> {
                  cancellation.cancel();
                  execute(connection, "SELECT pg_sleep(60)");
                }))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void aCancelDoesNotReachTheNextUserOfTheConnection() {
    try (Database one = open(new Prefix("database_test_next"), 1)) {
      for (int i = 0; i < 50; i++) {
        var cancellation = new Cancellation();
        try {
          one.useConnection(
              cancellation,
              connection -> {
                Thread.startVirtualThread(cancellation::cancel);
                execute(connection, "SELECT pg_sleep(0.001)");
              });
        } catch (CancellationException e) {
          // Either may come first.
        }
        assertThatCode(() -> one.useConnection(Cancellation.NONE, c -> execute(c, "SELECT 1")))
            .doesNotThrowAnyException();
      }
    }
    drop(new Prefix("database_test_next"));
  }

  @Test
  void aCancelledTransactionIsUndone() {
    var cancellation = new Cancellation();
    assertThatThrownBy(() ->
            database.useTransaction(
                cancellation,
                connection -> {
                  execute(connection, "INSERT INTO note VALUES (1, 'a')");
                  cancellation.cancel();
                }))
        .isInstanceOf(CancellationException.class);
    assertThat(ask("SELECT count(*) FROM note")).isEqualTo("0");
  }

  @Test
  void aServerProcessThatIsKilledInMidQueryIsTold() throws Exception {
    assertThatThrownBy(() ->
            database.useConnection(
                Cancellation.NONE,
                connection -> {
                  int backend = connection.unwrap(PGConnection.class).getBackendPID();
                  Thread.startVirtualThread(
                      () -> ProcessHandle.of(backend).orElseThrow().destroyForcibly());
                  execute(connection, "SELECT pg_sleep(60)");
                }))
        .isInstanceOfSatisfying(
            DatabaseException.class, e -> assertThat(e.kind()).isEqualTo(Kind.SERVER_GONE))
        .hasMessageContaining("try again, it is started anew");
    assertThat(ask("SELECT 'again'")).isEqualTo("again");
  }

  @Test
  void anEndedConnectionCostsOnlyItsOwnWork() {
    assertThatThrownBy(() ->
            database.useConnection(
                Cancellation.NONE,
                c -> execute(c, "SELECT pg_terminate_backend(pg_backend_pid())")))
        .isInstanceOfSatisfying(
            DatabaseException.class, e -> assertThat(e.kind()).isEqualTo(Kind.SERVER_GONE));
    assertThat(ask("SELECT 'again'")).isEqualTo("again");
  }

  @Test
  void manyMakeOnePrefixAtOnce() throws Exception {
    var prefix = new Prefix("database_test_race");
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Database>> opened =
          IntStream.range(0, 6).mapToObj(i -> executor.submit(() -> open(prefix, 1))).toList();
      for (Future<Database> one : opened) {
        try (Database made = one.get()) {
          assertThat(made.prefixes())
              .contains(new PrefixStatus(prefix.name(), "1", sizeOf(made), null));
        }
      }
    }
    drop(prefix);
  }

  private static String outcome(Future<String> work) throws InterruptedException {
    try {
      return work.get();
    } catch (ExecutionException e) {
      return e.getCause() instanceof DatabaseException told ? told.kind().name() : e.toString();
    }
  }

  private static long sizeOf(Database database) {
    return database.prefixes().stream()
        .filter(found -> found.name().equals(database.prefix().name()))
        .mapToLong(PrefixStatus::bytes)
        .sum();
  }

  private static void drop(Prefix prefix) {
    Database.dropPrefix(DatabaseConfig.embedded(TestHome.shared(), prefix), note -> {});
  }

  private String updateBoth(int first, int second, CyclicBarrier bothHaveOne) throws Exception {
    return database.inTransaction(connection -> {
      execute(connection, "SET LOCAL deadlock_timeout = '20ms'");
      execute(connection, "UPDATE note SET text = 'x' WHERE id = " + first);
      bothHaveOne.await();
      execute(connection, "UPDATE note SET text = 'x' WHERE id = " + second);
      return "done";
    });
  }

  private void execute(String sql) {
    database.useConnection(Cancellation.NONE, connection -> execute(connection, sql));
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String ask(String sql) {
    return database.withConnection(connection -> {
      try (var statement = connection.createStatement();
          var rows = statement.executeQuery(sql)) {
        rows.next();
        return rows.getString(1);
      }
    });
  }
}
