package dev.hexlens.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexlens.store.postgres.DatabaseException.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A prefix meets HexLenses of several ages. */
class MigrationsTest {

  private static final Prefix PREFIX = new Prefix("migrations_test");

  private final List<String> notes = new ArrayList<>();

  @AfterEach
  void drop() {
    Database.dropPrefix(DatabaseConfig.embedded(TestHome.shared(), PREFIX), note -> {});
  }

  @Test
  void aNewPrefixGetsTheNewestSchema() {
    try (Database database = open("db/test-second")) {
      assertThat(version(database)).isEqualTo("3");
      assertThat(notes).isEmpty();
    }
  }

  @Test
  void anOlderPrefixIsMigratedAndKeepsItsRows() {
    try (Database older = open("db/test-first")) {
      older.useConnection(
          Cancellation.NONE, c -> execute(c, "INSERT INTO note VALUES (1, 'kept')"));
    }
    try (Database newer = open("db/test-second")) {
      newer.useConnection(
          Cancellation.NONE, c -> execute(c, "UPDATE note SET author = 'me' WHERE text = 'kept'"));
      assertThat(version(newer)).isEqualTo("3");
      assertThat(notes).containsExactly("Migrating prefix migrations_test to schema 3");
    }
  }

  @Test
  void anOlderHexLensRefusesANewerPrefix() {
    open("db/test-second").close();
    assertThatKind(() -> open("db/test-first"), Kind.NEWER_SCHEMA)
        .hasMessage(
            "A newer HexLens wrote prefix migrations_test (schema 3, this one knows 1): update this"
                + " HexLens, or use another prefix");
  }

  @Test
  void aNewerHexLensDoesNotMigrateUnderAnOlderOneThatRuns() {
    try (Database older = open("db/test-first")) {
      assertThatKind(() -> open("db/test-second"), Kind.IN_USE)
          .hasMessageContaining("must be migrated, and another HexLens still uses it");
      assertThat(version(older)).isEqualTo("1");
    }
    open("db/test-second").close();
  }

  @Test
  void aPrefixInUseIsNotDropped() {
    try (Database database = open("db/test-first")) {
      assertThatKind(this::drop, Kind.IN_USE).hasMessageContaining("close it");
      assertThat(version(database)).isEqualTo("1");
    }
  }

  @Test
  void aPrefixOfAnotherBuildIsRefused() {
    open("db/test-first").close();
    assertThatKind(() -> open("db/test-other"), Kind.FOREIGN_SCHEMA)
        .hasMessageContaining("another build of HexLens");
  }

  @Test
  void aSchemaOfSomebodyElseIsRefused() {
    try (Database database = open("db/test-first")) {
      database.useConnection(
          Cancellation.NONE,
          c -> execute(c, "CREATE SCHEMA theirs; CREATE TABLE theirs.things (id int)"));
      var theirs = DatabaseConfig.embedded(TestHome.shared(), new Prefix("theirs"));
      assertThatKind(
              () -> Database.open(theirs, migrations("db/test-first"), notes::add),
              Kind.FOREIGN_SCHEMA)
          .hasMessageContaining("holds tables that are not of HexLens");
      assertThat(Database.dropPrefix(theirs, notes::add)).isFalse();
      database.useConnection(Cancellation.NONE, c -> execute(c, "DROP SCHEMA theirs CASCADE"));
    }
  }

  private Database open(String scripts) {
    var config = DatabaseConfig.embedded(TestHome.shared(), PREFIX);
    return Database.open(config, migrations(scripts), notes::add);
  }

  private static Migrations migrations(String scripts) {
    return new Migrations(MigrationScripts.in(scripts), Duration.ofMillis(300));
  }

  private static String version(Database database) {
    return database.prefixes().stream()
        .filter(found -> found.name().equals(PREFIX.name()))
        .map(PrefixStatus::schemaVersion)
        .findFirst()
        .orElse("none");
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static org.assertj.core.api.AbstractThrowableAssert<?, ?> assertThatKind(
      ThrowingCallable work, Kind kind) {
    return assertThatThrownBy(work)
        .isInstanceOfSatisfying(
            DatabaseException.class, e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind));
  }
}
