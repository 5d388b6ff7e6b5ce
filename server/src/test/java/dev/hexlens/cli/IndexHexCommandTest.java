package dev.hexlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hexlens.fixtures.Fault;
import dev.hexlens.fixtures.FixtureHexRepository;
import dev.hexlens.fixtures.HexTarball;
import dev.hexlens.fixtures.TarWriter;
import dev.hexlens.index.LoopbackHex;
import dev.hexlens.store.StoreRows;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Options of {@code index hex}: which releases, how long, and what it tells of them. */
final class IndexHexCommandTest extends IndexHexRuns {
  private static final String PREFIX = "index_hex_command_test";

  IndexHexCommandTest() {
    super(PREFIX);
  }

  @Test
  void latestIsTheHighestStableVersionElseTheHighest() {
    assertThat(index().exit()).isZero();
    assertThat(releases())
        .containsExactly("ace 1.1.0 {latest}", "bee 0.2.0 {latest}", "cat 3.0.0-rc.0 {latest}");
  }

  @Test
  void skipRetiredTakesTheOneBefore() {
    index("--skip-retired");
    assertThat(releases()).contains("bee 0.1.0 {latest}");
  }

  @Test
  void allIsEveryVersion() {
    index("--mode", "all");
    assertThat(releases()).hasSize(6).contains("ace 2.0.0-rc.1 {all}", "bee 0.1.0 {all}");
  }

  @Test
  void aLimitTakesTheFirst() {
    index("--limit", "2");
    assertThat(releases()).containsExactly("ace 1.1.0 {latest}", "bee 0.2.0 {latest}");
  }

  @Test
  void topAsksTheApiPageByPageAndHeedsItsRateLimit() throws Exception {
    FixtureHexRepository.Builder many = LoopbackHex.builder();
    for (int i = 0; i < 130; i++) {
      many.release(tarball("many%03d".formatted(i), "1.0.0"));
    }
    hex.become(many);
    hex.server().fault("/api/packages", 1, Fault.tooManyRequests(1));
    long start = System.nanoTime();

    CommandRun run = index("--mode", "top", "--limit", "110", "--api-url", api());

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
    assertThat(run.err()).contains("answered 429", "110 indexed");
    assertThat(hex.server().requests("/api/packages")).hasSize(3);
    assertThat(releases()).hasSize(110);
  }

  @Test
  void anEntriesFileIsTakenExactly() throws IOException {
    Path entries =
        Files.writeString(
            folder.resolve("entries"),
            """
            # what we use
            ace 1.0.0
            ace-2.0.0-rc.1
            bee@0.1.0

            {"name": "cat", "version": "3.0.0-rc.0"}
            ace 1.0.0
            """);

    assertThat(index("--entries-file", entries.toString()).exit()).isZero();

    assertThat(releases())
        .containsExactly(
            "ace 1.0.0 {listed}",
            "ace 2.0.0-rc.1 {listed}",
            "bee 0.1.0 {listed}",
            "cat 3.0.0-rc.0 {listed}");
  }

  @Test
  void whatAnEntriesFileListsAndTheRegistryDoesNotHaveFails() throws IOException {
    Path entries =
        Files.writeString(folder.resolve("entries"), "ace 9.9.9\nnobody 1.0.0\nbee 0.1.0");

    CommandRun run = index("--entries-file", entries.toString());

    assertThat(run.exit()).isEqualTo(IndexCommand.SOME_FAILED);
    assertThat(run.err())
        .contains("failed  ace@9.9.9: the registry's package ace has no version 9.9.9")
        .contains("failed  nobody@1.0.0: /packages/nobody is on no mirror");
    assertThat(releases()).containsExactly("bee 0.1.0 {listed}");
  }

  @Test
  void aBadEntryIsNamedWithItsLine() throws IOException {
    Path entries = Files.writeString(folder.resolve("entries"), "ace 1.0.0\n../etc 1.0\n");

    CommandRun run = index("--entries-file", entries.toString());

    assertThat(run.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err())
        .contains(
            entries
                + " line 2: \"../etc 1.0\" is no release: write NAME VERSION, as in jason 1.4.4");
    assertThat(releases()).isEmpty();
  }

  @Test
  void entriesAndAModeExcludeEachOther() throws IOException {
    Path entries = Files.writeString(folder.resolve("entries"), "ace 1.0.0\n");
    CommandRun run = index("--entries-file", entries.toString(), "--mode", "all");
    assertThat(run.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("leave --mode and --limit out");
  }

  @Test
  void whatWasChosenIsWrittenForLater() throws IOException {
    Path output = folder.resolve("chosen");
    index("--entries-output", output.toString());
    assertThat(output).hasContent("ace 1.1.0\nbee 0.2.0\ncat 3.0.0-rc.0\n");
    List<String> rows = StoreRows.of(database);
    try (Database again = TestDatabase.empty(PREFIX + "_again")) {
      indexInto(PREFIX + "_again", "--entries-file", output.toString());
      assertThat(StoreRows.query(again, "SELECT count(*) FROM release")).containsExactly("3");
      assertThat(StoreRows.of(again)).hasSameSizeAs(rows);
    }
  }

  @Test
  void aReportSaysWhatBecameOfEachRelease() throws IOException {
    hex.become(
        LoopbackHex.builder()
            .release(tarball("ace", "1.0.0"))
            .release(tarball("bee", "1.0.0"))
            .release(HexTarball.of("logo", "1.0.0").file("priv/logo.svg", "<svg/>").build()));
    index("--limit", "1");
    hex.server().fault("/tarballs/bee-.*", Fault.status(500));
    Path file = folder.resolve("report.json");

    CommandRun run = index("--report", file.toString());

    assertThat(run.exit()).isEqualTo(IndexCommand.SOME_FAILED);
    JsonObject report = json(file);
    assertThat(strings(report, "releases"))
        .satisfiesExactly(
            there -> assertThat(there).contains("ace", "\"there\""),
            failed -> assertThat(failed).contains("bee", "\"failed\"", "answered 500"),
            skipped -> assertThat(skipped).contains("logo", "\"skipped\"", "no Elixir"));
    JsonObject counts = report.getAsJsonObject("counts");
    assertThat(counts.keySet())
        .containsExactly(
            "releases",
            "indexed",
            "there",
            "skipped",
            "superseded",
            "failed",
            "left",
            "files",
            "bytes");
    assertThat(counts.get("releases").getAsInt()).isEqualTo(3);
    assertThat(counts.get("failed").getAsInt()).isEqualTo(1);
    assertThat(report.get("stopped").getAsBoolean()).isFalse();
    assertThat(report.getAsJsonObject("stages").keySet()).contains("fetch");
    assertThat(report.getAsJsonObject("options").get("prefix").getAsString()).isEqualTo(PREFIX);
  }

  @Test
  void theFailuresOfAReportAreTriedAgain() throws IOException {
    hex.server().fault("/tarballs/bee-.*", Fault.status(500));
    Path file = folder.resolve("report.json");
    index("--report", file.toString());
    hex.server().heal();
    int before = hex.server().requests("/tarballs/.*").size();

    CommandRun run = index("--entries-file", file.toString(), "--report", file.toString());

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(releases()).contains("bee 0.2.0 {listed}");
    assertThat(hex.server().requests("/tarballs/.*")).hasSize(before + 1);
    CommandRun nothing = index("--entries-file", file.toString());
    assertThat(nothing.exit()).isZero();
    assertThat(nothing.err()).contains("nothing to try again");
  }

  @Test
  void theDatabasesStatusSaysHowMuchOfThePackagesItHas() throws IOException {
    hex.become(
        LoopbackHex.builder()
            .release(tarball("ace", "1.0.0"))
            .release(HexTarball.of("logo", "1.0.0").file("priv/logo.svg", "<svg/>").build())
            .release(
                HexTarball.of("odd", "1.0.0")
                    .contents(
                        new TarWriter()
                            .file("lib/nul.ex", "a\0")
                            .file("lib/broken.ex", "def f, do: )\n")
                            .file("lib/fine.ex", ":fine\n")
                            .symbolicLink("lib/link.ex", "fine.ex"))
                    .build()));
    index();

    assertThat(CommandRun.hexlens("db", "status").out())
        .contains(
            "2 packages, 2 releases, 3 files with 67 bytes of source",
            "5 files seen: 2 parsed, 1 with errors, 0 as text only, 2 skipped",
            "1 skipped: has a NUL byte",
            "1 skipped: is a symbolic link",
            "1 releases without Elixir or Erlang sources");
    JsonObject status =
        JsonParser.parseString(CommandRun.hexlens("db", "status", "--json").out())
            .getAsJsonObject();
    assertThat(status.get("source_bytes").getAsLong()).isGreaterThanOrEqualTo(67);
    JsonObject prefix =
        status.getAsJsonArray("prefixes").asList().stream()
            .map(JsonElement::getAsJsonObject)
            .filter(each -> each.get("name").getAsString().equals(PREFIX))
            .findFirst()
            .orElseThrow();
    assertThat(prefix.get("bytes").getAsLong()).isGreaterThan(67);
    assertThat(prefix.get("source_bytes").getAsLong()).isEqualTo(67);
    assertThat(prefix.get("coverage"))
        .hasToString(
            "{\"seen\":5,\"parsed\":2,\"with_errors\":1,\"text_only\":0,\"skipped\":2,"
                + "\"skipped_because\":{\"has a NUL byte\":1,\"is a symbolic link\":1}}");
  }

  @Test
  void aReportThatCanNotBeWrittenIsRefusedBeforeAnythingIsDone() {
    CommandRun run = index("--report", folder.resolve("nowhere/report.json").toString());
    assertThat(run.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("--report ", "can't be written");
    assertThat(hex.server().requests()).isEmpty();
  }

  @Test
  void aRunEndsWhenItsTimeIsOverAndKeepsWhatIsDone() throws IOException {
    hex.server().fault("/tarballs/bee-.*", new Fault.Stall(Duration.ofSeconds(60)));
    Path file = folder.resolve("report.json");
    long start = System.nanoTime();

    CommandRun run = index("--timeout", "3", "--concurrency", "1", "--report", file.toString());

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    assertThat(run.exit()).isEqualTo(IndexCommand.SOME_FAILED);
    assertThat(run.err()).contains("stopped by --timeout with 2 releases left");
    assertThat(releases()).containsExactly("ace 1.1.0 {latest}");
    assertThat(json(file).get("stopped").getAsBoolean()).isTrue();
    assertThat(StoreRows.query(database, "SELECT count(*) FROM release WHERE state = 'claimed'"))
        .containsExactly("0");
    hex.server().heal();
    CommandRun rest = index("--entries-file", file.toString());
    assertThat(rest.exit()).as(rest.err()).isZero();
    assertThat(releases()).hasSize(3);
  }

  @Test
  void aTimeThatIsNoneIsRefused() {
    assertThat(index("--timeout", "soon").err())
        .contains("--timeout soon is no time: write it as in 90 (seconds), 10m or 2h30m");
    assertThat(index("--package-timeout", "long").err())
        .contains("--package-timeout long is no time");
    assertThat(index("--timeout", "0").exit()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void twoPrefixesAreTwoIndexes() {
    try (Database other = TestDatabase.empty(PREFIX + "_other")) {
      index("--limit", "1");
      indexInto(PREFIX + "_other", "--mode", "all");
      assertThat(releases()).hasSize(1);
      assertThat(StoreRows.query(other, "SELECT count(*) FROM release")).containsExactly("6");
    }
  }

  @Test
  void forceIndexesAnewWhatIsThere() {
    index("--limit", "1");
    CommandRun again = index("--limit", "1");
    assertThat(again.err()).contains("0 indexed", "1 there already");
    assertThat(index("--limit", "1", "--force").err()).contains("1 indexed");
  }

  @Test
  void helpTellsOfProxiesAndCertificates() {
    assertThat(CommandRun.hexlens("index", "hex", "--help").out())
        .contains("https.proxyHost", "javax.net.ssl.trustStore", "HEXLENS_JAVA_OPTS");
  }
}
