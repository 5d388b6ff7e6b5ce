package dev.hexlens.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules that let the schema be distributed over machines, checked on plain Postgres. */
final class SchemaTest {
  private static final Path MIGRATIONS = Path.of("src", "main", "resources", "db", "migration");

  private static Database database;

  @BeforeAll
  static void open() {
    database = TestDatabase.empty("schema_test");
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"content", "extraction", "linkage", "text_segment", "text_postings", "symbol"})
  void noForeignKeyTouchesWhatIsDistributedOrEverywhere(String table) {
    assertThat(
            StoreRows.query(
                database,
                """
                SELECT conname FROM pg_constraint
                WHERE contype = 'f' AND '%s'::regclass IN (conrelid, confrelid)
                """
                    .formatted(table)))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"content", "extraction", "linkage", "text_segment", "text_postings", "symbol"})
  void noTriggerOrRuleTouchesThem(String table) {
    assertThat(
            StoreRows.query(
                database,
                """
                SELECT tgname FROM pg_trigger WHERE tgrelid = '%1$s'::regclass
                UNION ALL SELECT rulename FROM pg_rewrite WHERE ev_class = '%1$s'::regclass
                """
                    .formatted(table)))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"content", "extraction", "linkage"})
  void everyKeyOfADistributedTableBeginsWithTheContent(String table) {
    List<String> keys =
        StoreRows.query(
            database,
            """
            SELECT attname FROM pg_index
            JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0]
            WHERE indrelid = '%s'::regclass AND indisunique
            """
                .formatted(table));
    assertThat(keys).isNotEmpty().containsOnly("content_id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text_segment", "text_postings"})
  void everyKeyOfTheTextIndexHasTheSegment(String table) {
    List<String> keys =
        StoreRows.query(
            database,
            """
            SELECT string_agg(attname, ' ') FROM pg_index
            JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
            WHERE indrelid = '%s'::regclass AND indisunique GROUP BY indexrelid
            """
                .formatted(table));
    assertThat(keys).isNotEmpty().allMatch(key -> key.contains("segment_id"));
  }

  /** A sequence or a default would give another machine's rows other ids. */
  @ParameterizedTest
  @ValueSource(strings = {"content", "extraction", "linkage", "text_segment", "text_postings"})
  void noColumnOfADistributedTableIsMadeByTheDatabase(String table) {
    assertThat(
            StoreRows.query(
                database,
                """
                SELECT attname FROM pg_attribute
                WHERE attrelid = '%s'::regclass AND attnum > 0
                  AND (atthasdef OR attidentity <> '' OR attgenerated <> '')
                """
                    .formatted(table)))
        .isEmpty();
  }

  @Test
  void aContentsIdIsTheBeginningOfItsHash() {
    Content content =
        Content.of(
            "elixir", "defmodule A do\nend\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(java.nio.ByteBuffer.wrap(content.hash()).getLong()).isEqualTo(content.id());
  }

  @Test
  void theNaturalKeyOfASymbolIsUnique() {
    assertThat(
            StoreRows.query(
                database,
                """
                SELECT string_agg(attname, ', ' ORDER BY place)
                FROM pg_constraint, unnest(conkey) WITH ORDINALITY AS key (number, place)
                JOIN pg_attribute ON attnum = number AND attrelid = 'symbol'::regclass
                WHERE conrelid = 'symbol'::regclass AND contype = 'u'
                GROUP BY conname
                """))
        .containsExactly("namespace, module, name, arity");
  }

  @Test
  void whatIsCompressedAlreadyIsKeptOutOfLineAsItIs() {
    assertThat(
            StoreRows.query(
                database,
                """
                SELECT attrelid::regclass::text, attname FROM pg_attribute
                WHERE attrelid IN ('content'::regclass, 'extraction'::regclass, 'linkage'::regclass,
                    'text_segment'::regclass, 'text_postings'::regclass)
                  AND attstorage = 'e' ORDER BY 1, 2
                """))
        .containsExactly(
            "content source",
            "extraction tree",
            "linkage facts",
            "linkage terms",
            "text_postings lists",
            "text_segment contents");
  }

  /** A release is seen only through its state, so a fan-out read never sees half of one. */
  @Test
  void aReleaseThatIsNotPublishedIsNotFound() {
    String insert =
        """
        WITH p AS (INSERT INTO package (name) VALUES ('half') RETURNING package_id),
          r AS (INSERT INTO release (package_id, version, checksum, state)
                SELECT package_id, '1.0.0', '00', '%s' FROM p RETURNING release_id),
          l AS (INSERT INTO linkage VALUES (1, 1, '', '{7}'))
        INSERT INTO release_file SELECT release_id, 'lib/half.ex', 1, 1 FROM r RETURNING path
        """;
    StoreRows.query(database, insert.formatted("claimed"));
    Candidates candidates = new Candidates(database, new SymbolDictionary(), 1);
    assertThat(found(candidates)).isEmpty();
    assertThat(new Releases(database).indexed()).isEmpty();

    StoreRows.query(database, "UPDATE release SET state = 'complete' RETURNING 1");
    StoreRows.query(database, "UPDATE store_revision SET number = number + 1 RETURNING 1");

    assertThat(found(candidates)).containsExactly("lib/half.ex");
    assertThat(new Releases(database).indexed()).hasSize(1);
  }

  private static List<String> found(Candidates candidates) {
    return candidates
        .find(List.of(7), Candidates.Scope.ALL, dev.hexlens.store.postgres.Cancellation.NONE)
        .stream()
        .map(Candidates.Candidate::path)
        .toList();
  }

  /** What Postgres 15 does not know, and what a distributed table refuses. */
  @Test
  void theMigrationsKeepToWhatPostgres15AndADistributedTableTake() throws Exception {
    List<String> scripts = new ArrayList<>();
    try (Stream<Path> files = Files.list(MIGRATIONS)) {
      for (Path file : files.sorted().toList()) {
        scripts.add(Files.readString(file).replaceAll("--[^\n]*", " ").toLowerCase(Locale.ROOT));
      }
    }
    assertThat(scripts).isNotEmpty();
    assertThat(scripts)
        .noneMatch(sql ->
            sql.matches(
                "(?s).*\\b(virtual|without overlaps|uuidv7|any_value|json_table|json_exists|merge)\\b.*"))
        .noneMatch(sql -> sql.contains("compression lz4"))
        .noneMatch(sql -> sql.contains("create trigger"));
  }
}
