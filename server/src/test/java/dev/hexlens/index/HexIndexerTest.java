package dev.hexlens.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.fixtures.HexTarball;
import dev.hexlens.store.Claims;
import dev.hexlens.store.Releases;
import dev.hexlens.store.StoreRows;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.DatabaseException;
import dev.hexlens.store.postgres.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What runs of the indexer leave in the store. */
final class HexIndexerTest {
  private static final String PREFIX = "hex_indexer_test";

  private Database database;

  @BeforeEach
  void open() {
    database = TestDatabase.empty(PREFIX);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void theLatestOfEachFixturePackageIsThereWithItsFilesAndSymbols() throws Exception {
    try (LoopbackHex hex = LoopbackHex.ofFixturesAnd()) {
      IndexReport report = hex.index(database);

      assertThat(report.failures()).isEmpty();
      assertThat(report.indexed()).isEqualTo(8);
      assertThat(releases())
          .containsExactly(
              "bookshop 0.1.0 {latest}",
              "cellar 2.1.0 {latest}",
              "courier 0.9.0 {latest}",
              "drover 0.6.0 {latest}",
              "harbor 1.3.0 {latest}",
              "jot 1.2.0 {latest}",
              "oddities 1.0.0 {latest}",
              "pulse 1.1.0 {latest}");
      assertThat(files("jot"))
          .containsExactly(
              ".formatter.exs elixir",
              "lib/jot.ex elixir",
              "lib/jot/decoder.ex elixir",
              "lib/jot/encode.ex elixir",
              "lib/jot/encoder.ex elixir",
              "lib/jot/errors.ex elixir",
              "lib/jot/formatter.ex elixir",
              "lib/jot/fragment.ex elixir",
              "lib/jot/helpers.ex elixir",
              "lib/jot/sigil.ex elixir",
              "mix.exs elixir");
      assertThat(files("pulse")).contains("src/pulse.erl erlang");
      assertThat(symbols("Cellar.Changeset", "change")).containsExactly("2 function", "1 null");
      assertThat(StoreRows.orphans(database)).isEmpty();
    }
  }

  @Test
  void aSecondRunDoesNothing() throws Exception {
    try (LoopbackHex hex = LoopbackHex.ofFixturesAnd()) {
      hex.index(database);
      List<String> before = StoreRows.of(database);
      int tarballs = hex.server().requests("/tarballs/.*").size();

      IndexReport again = hex.index(database);

      assertThat(again.indexed()).isZero();
      assertThat(again.alreadyThere()).isEqualTo(8);
      assertThat(StoreRows.of(database)).isEqualTo(before);
      assertThat(hex.server().requests("/tarballs/.*")).hasSize(tarballs);
      assertThat(StoreRows.query(database, "SELECT count(*) FROM rank_snapshot"))
          .containsExactly("1");
    }
  }

  @Test
  void anOlderRegistryNeverStepsAVersionBack() throws Exception {
    index(release("1.0.0", "old"), release("1.1.0", "new"));
    List<String> before = StoreRows.of(database);

    IndexReport stale = index(release("1.0.0", "old"));

    assertThat(stale.indexed()).isZero();
    assertThat(stale.alreadyThere()).isEqualTo(1);
    assertThat(StoreRows.of(database)).isEqualTo(before);
  }

  @Test
  void onlyForceStepsBack() throws Exception {
    index(release("1.1.0", "new"));
    try (LoopbackHex stale = LoopbackHex.of(release("1.0.0", "old"))) {
      stale.index(database, true);
    }
    assertThat(releases()).containsExactly("fix 1.0.0 {latest}");
    assertThat(StoreRows.orphans(database)).isEmpty();
  }

  @Test
  void aNewerLatestSupersedesTheOlderWhoseContentsGo() throws Exception {
    index(release("1.0.0", "old"));
    IndexReport report = index(release("1.0.0", "old"), release("1.1.0", "new"));

    assertThat(report.superseded()).isEqualTo(1);
    assertThat(releases()).containsExactly("fix 1.1.0 {latest}");
    assertThat(files("fix")).containsExactly("lib/fix.ex elixir", "lib/same.ex elixir");
    assertThat(StoreRows.query(database, "SELECT count(*) FROM content")).containsExactly("2");
    assertThat(StoreRows.orphans(database)).isEmpty();
  }

  @Test
  void aRunThatDiedBeforeItSupersededIsCompletedByTheNext() throws Exception {
    Releases releases = new Releases(database);
    index(release("1.0.0", "old"));
    releases.keep("hex", "fix", "1.0.0", "listed");
    index(release("1.1.0", "new"));
    releases.keep("hex", "fix", "1.0.0", "latest");
    assertThat(releases()).containsExactly("fix 1.0.0 {listed,latest}", "fix 1.1.0 {latest}");

    index(release("1.0.0", "old"), release("1.1.0", "new"));

    assertThat(releases()).containsExactly("fix 1.0.0 {listed}", "fix 1.1.0 {latest}");
  }

  @Test
  void aRepublishedTarballIsIndexedAnew() throws Exception {
    index(release("1.0.0", "first"));
    IndexReport report = index(release("1.0.0", "second"));

    assertThat(report.indexed()).isEqualTo(1);
    assertThat(releases()).containsExactly("fix 1.0.0 {latest}");
    assertThat(symbols("Fix", "second")).containsExactly("0 function");
    assertThat(StoreRows.query(database, "SELECT checksum FROM release"))
        .containsExactly(checksum(release("1.0.0", "second")));
    assertThat(StoreRows.orphans(database)).isEmpty();
  }

  @Test
  void packagesWithoutSourcesAreSkippedAndCounted() throws Exception {
    HexTarball bare = HexTarball.of("bare", "1.0.0").file("README.md", "# Nothing here\n").build();
    IndexReport report = index(bare, release("1.0.0", "some"));

    assertThat(report.skipped()).isEqualTo(1);
    assertThat(report.indexed()).isEqualTo(1);
    assertThat(releases()).containsExactly("fix 1.0.0 {latest}");
    assertThat(StoreRows.orphans(database)).isEmpty();
  }

  @Test
  void whatAKilledProcessHadInWorkIsDoneByTheNext() throws Exception {
    new Claims(database)
        .claim("hex", "fix", "1.0.0", "00", null, "a process long dead", Duration.ofHours(1));
    IndexReport report = index(release("1.0.0", "some"));

    assertThat(report.indexed()).isEqualTo(1);
    assertThat(releases()).containsExactly("fix 1.0.0 {latest}");
  }

  @Test
  void aDroppedPackageLeavesNothing() throws Exception {
    index(release("1.0.0", "some"), other("2.0.0"));
    List<String> rest = indexedAlone(other("2.0.0"));

    assertThat(new Releases(database).drop("fix", null)).isEqualTo(1);

    assertThat(releases()).containsExactly("other 2.0.0 {latest}");
    assertThat(StoreRows.orphans(database)).isEmpty();
    assertThat(StoreRows.query(database, "SELECT content_id FROM content ORDER BY 1"))
        .isEqualTo(rest);
  }

  @Test
  void aDroppedVersionLeavesTheOther() throws Exception {
    index(release("1.0.0", "old"));
    new Releases(database).keep("hex", "fix", "1.0.0", "listed");
    index(release("1.1.0", "new"));
    assertThat(releases()).containsExactly("fix 1.0.0 {listed}", "fix 1.1.0 {latest}");

    assertThat(new Releases(database).drop("fix", "1.0.0")).isEqualTo(1);

    assertThat(releases()).containsExactly("fix 1.1.0 {latest}");
    assertThat(StoreRows.orphans(database)).isEmpty();
    assertThat(StoreRows.query(database, "SELECT count(*) FROM content")).containsExactly("2");
  }

  @Test
  void aDroppedPrefixIsGone() throws Exception {
    index(release("1.0.0", "some"));
    database.close();
    assertThat(Database.dropPrefix(TestDatabase.config(PREFIX), note -> {})).isTrue();
    assertThat(Database.dropPrefix(TestDatabase.config(PREFIX), note -> {})).isFalse();
    database = TestDatabase.empty(PREFIX);
    assertThat(releases()).isEmpty();
  }

  @Test
  void aPrefixInUseIsNotDropped() {
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> Database.dropPrefix(TestDatabase.config(PREFIX), note -> {}))
        .isInstanceOf(DatabaseException.class);
  }

  private IndexReport index(HexTarball... tarballs) throws Exception {
    try (LoopbackHex hex = LoopbackHex.of(tarballs)) {
      return hex.index(database);
    }
  }

  private static List<String> indexedAlone(HexTarball tarball) throws Exception {
    try (Database alone = TestDatabase.empty("hex_indexer_test_alone");
        LoopbackHex hex = LoopbackHex.of(tarball)) {
      hex.index(alone);
      return StoreRows.query(alone, "SELECT content_id FROM content ORDER BY 1");
    }
  }

  /** A release of fix: a file that all versions share, and one with this function. */
  private static HexTarball release(String version, String function) {
    return HexTarball.of("fix", version)
        .file("lib/same.ex", "defmodule Same do\n  def same, do: :same\nend\n")
        .file(
            "lib/fix.ex", "defmodule Fix do\n  def %s, do: Same.same()\nend\n".formatted(function))
        .build();
  }

  /** A package that shares a file with fix. */
  private static HexTarball other(String version) {
    return HexTarball.of("other", version)
        .file("lib/same.ex", "defmodule Same do\n  def same, do: :same\nend\n")
        .file("lib/other.ex", "defmodule Other do\n  def other, do: 1\nend\n")
        .build();
  }

  private static String checksum(HexTarball tarball) {
    return java.util.HexFormat.of().formatHex(tarball.release().outerChecksum());
  }

  private List<String> releases() {
    return StoreRows.query(
        database,
        """
        SELECT name, version, reasons FROM release JOIN package USING (package_id)
        WHERE state = 'complete' ORDER BY name, version
        """);
  }

  private List<String> files(String packageName) {
    return StoreRows.query(
        database,
        """
        SELECT path, language FROM release_file JOIN release USING (release_id)
          JOIN package USING (package_id) JOIN content USING (content_id)
        WHERE name = '%s' ORDER BY path
        """
            .formatted(packageName));
  }

  /** Arity and kind of the symbols of a module and name. */
  private List<String> symbols(String module, String name) {
    return StoreRows.query(
        database,
        "SELECT arity, kind FROM symbol WHERE module = '%s' AND name = '%s' ORDER BY kind"
            .formatted(module, name));
  }
}
