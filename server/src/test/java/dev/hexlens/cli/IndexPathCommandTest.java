package dev.hexlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.store.StoreRows;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code index path}: folders as versions of packages. */
final class IndexPathCommandTest {
  private static final String PREFIX = "index_path_command_test";

  @TempDir private Path folder;
  private Database database;

  @BeforeEach
  void open() {
    database = TestDatabase.empty(PREFIX);
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** As after an update of HexLens that reads Elixir in another way; the folder is gone by then. */
  @Test
  void whatAnotherVersionReadIsReadAgainFromTheStore() throws IOException {
    Path shop = source("shop", "defmodule Shop do\n  def open, do: 1\nend\n");
    assertThat(index(shop, "1.0.0", "--source-ref", "shop.git#c0ffee").exit()).isZero();
    List<String> rows = StoreRows.of(database);
    StoreRows.query(
        database,
        "UPDATE extraction SET extractor = extractor - 1, tree = NULL RETURNING content_id");
    assertThat(CommandRun.hexlens("search", "def open/0", "--prefix", PREFIX).answers()).isEmpty();

    Path other = source("other", "defmodule Other do\nend\n");
    Files.delete(shop.resolve("lib/shop.ex"));
    CommandRun again =
        CommandRun.hexlens(
            "index",
            "path",
            other.toString(),
            "--package",
            "other",
            "--version",
            "1.0.0",
            "--prefix",
            PREFIX);

    assertThat(again.exit()).isZero();
    assertThat(again.err()).contains("reading again what another version of HexLens read");
    assertThat(CommandRun.hexlens("search", "def open/0", "--prefix", PREFIX).answers())
        .singleElement()
        .asString()
        .startsWith("shop@1.0.0 lib/shop.ex:2:");
    CommandRun.hexlens("index", "drop", "other", "--prefix", PREFIX);
    assertThat(StoreRows.of(database))
        .containsAll(rows.subList(1, rows.size())); // all but its rank
  }

  @Test
  void severalVersionsOfAPackageStandBesideEachOther() throws IOException {
    Path first = source("first", "defmodule Shop do\n  def open, do: 1\nend\n");
    Path second = source("second", "defmodule Shop do\n  def close, do: 1\nend\n");

    assertThat(index(first, "1.0.0").exit()).isZero();
    assertThat(
            index(second, "2.0.0", "--ecosystem", "git", "--source-ref", "shop.git#c0ffee").exit())
        .isZero();
    assertThat(index(second, "2.1.0").exit()).isZero();

    assertThat(releases())
        .containsExactly(
            "git shop 2.0.0 shop.git#c0ffee",
            "path shop 1.0.0 " + first,
            "path shop 2.1.0 " + second);
    assertThat(CommandRun.hexlens("search", "def open/0", "--prefix", PREFIX).answers())
        .singleElement()
        .asString()
        .startsWith("shop@1.0.0 lib/shop.ex:2:");
    assertThat(CommandRun.hexlens("search", "def close/0", "--prefix", PREFIX).answers())
        .singleElement()
        .asString()
        .startsWith("shop@2.0.0,2.1.0 lib/shop.ex:2:");
  }

  @Test
  void theSameVersionAgainTakesThePlaceOfTheFirst() throws IOException {
    Path shop = source("shop", "defmodule Shop do\n  def open, do: 1\nend\n");
    index(shop, "1.0.0");
    source("shop", "defmodule Shop do\n  def other, do: 1\nend\n");
    index(shop, "1.0.0");

    assertThat(releases()).hasSize(1);
    assertThat(CommandRun.hexlens("search", "def open/0", "--prefix", PREFIX).answers()).isEmpty();
    assertThat(StoreRows.orphans(database)).isEmpty();
  }

  @Test
  void aFolderWithoutSourcesLeavesNothingAndIsCounted() throws IOException {
    Files.writeString(folder.resolve("README.md"), "# Nothing here");

    CommandRun run = index(folder, "1.0.0");

    assertThat(run.exit()).isEqualTo(ExitCode.NOTHING_FOUND);
    assertThat(run.err())
        .contains("0 indexed", "1 skipped")
        .contains("skipped 1: no Elixir or Erlang sources under " + folder);
    assertThat(StoreRows.query(database, "SELECT name FROM package")).isEmpty();
  }

  @Test
  void namesThatWouldNotBeReadAgainAreRefused() {
    assertThat(index(folder, "1 0").err()).contains("--version \"1 0\" is no good");
    assertThat(index(folder, "1.0.0", "--ecosystem", "Git Hub").err())
        .contains("--ecosystem Git Hub is no name");
  }

  private CommandRun index(Path source, String version, String... options) {
    return CommandRun.hexlens(
        Stream.concat(
                Stream.of(
                    "index",
                    "path",
                    source.toString(),
                    "--package",
                    "shop",
                    "--version",
                    version,
                    "--prefix",
                    PREFIX),
                Stream.of(options))
            .toArray(String[]::new));
  }

  private Path source(String name, String code) throws IOException {
    Path root = folder.resolve(name);
    Files.createDirectories(root.resolve("lib"));
    Files.writeString(root.resolve("lib/shop.ex"), code);
    return root;
  }

  private List<String> releases() {
    return StoreRows.query(
        database,
        """
        SELECT ecosystem, name, version, source FROM release JOIN package USING (package_id)
        ORDER BY 1, 2, 3
        """);
  }
}
