package dev.hexlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.fixtures.Fault;
import dev.hexlens.fixtures.FixtureHexRepository;
import dev.hexlens.fixtures.FixtureKey;
import dev.hexlens.fixtures.FixtureRelease;
import dev.hexlens.fixtures.HexServer;
import dev.hexlens.fixtures.HexTarball;
import dev.hexlens.fixtures.RegistryFiles;
import dev.hexlens.fixtures.TarWriter;
import dev.hexlens.store.StoreRows;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a registry, its tarballs or their files can have wrong, end to end: {@code index hex} names
 * the package, the file and the reason, and everything else is complete and found.
 */
final class BadInputTest {
  private static final String PREFIX = "bad_input_test";
  private static final Path CACHE = Path.of("target", "hexlens-repositories").toAbsolutePath();

  private static final String MARKER =
      "defmodule Marked do\n  def marked(x), do: Marker.here(x)\nend\n";

  private Database database;
  private FixtureHexRepository repository;
  private HexServer server;

  @BeforeEach
  void serve() throws IOException {
    database = TestDatabase.empty(PREFIX);
    repository = repository();
    server = HexServer.serve(repository.root());
  }

  @AfterEach
  void close() {
    server.close();
    database.close();
  }

  @Test
  void everyBadPackageIsNamedWithItsReasonAndTheRestIsIndexed() throws IOException {
    damage();

    CommandRun run = index();

    assertThat(run.exit()).as(run.err()).isEqualTo(IndexCommand.SOME_FAILED);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .anyMatch(said("failed  wrong_checksum@1.0.0: ", "wrong_checksum 1.0.0", "the checksum"))
        .anyMatch(said("failed  wrong_signature@1.0.0: ", "/packages/wrong_signature", "signature"))
        .anyMatch(said("failed  wrong_repository@1.0.0: ", "/packages/wrong_repository", "acme"))
        .anyMatch(said("failed  broken_off@1.0.0: ", "broken_off 1.0.0", "broke off"))
        .anyMatch(said("failed  truncated@1.0.0: ", "contents.tar.gz", "can't be unpacked"))
        .anyMatch(said("failed  bomb@1.0.0: ", "bomb 1.0.0", "unpack to more than"))
        .anyMatch(said("failed  away@1.0.0: ", "away 1.0.0", "503"))
        .anyMatch(said("note    climbs@1.0.0: ", "../../etc/cron.ex climbs out with .."))
        .anyMatch(said("note    links@1.0.0: ", "lib/link.ex is a symbolic link to /etc/passwd"))
        .anyMatch(said("note    twice@1.0.0: ", "lib/twice.ex is there twice"))
        .anyMatch(said("note    latin@1.0.0: ", "lib/latin.ex is not UTF-8 from offset 4 on"))
        .anyMatch(said("note    nul@1.0.0: ", "lib/nul.ex has a NUL byte at offset 1"))
        .anyMatch(said("note    syntax@1.0.0: ", "lib/syntax.ex does not parse at line 3"))
        .anyMatch(said("note    sound ", "\"1.x\"", "left out"))
        .anyMatch(said("7 indexed", " 7 failed"));
    assertThat(complete())
        .containsExactly("climbs", "latin", "links", "nul", "sound", "syntax", "twice");
    assertThat(StoreRows.orphans(database)).isEmpty();
    assertThat(packagesWith("Marker.here(_)"))
        .containsExactlyInAnyOrder("climbs", "latin", "links", "nul", "sound", "syntax", "twice");
    assertThat(packagesWith(":second")).containsExactly("twice");
    assertThat(packagesWith(":first")).isEmpty();
    assertThat(packagesWith("healthy(_)")).containsExactly("syntax");
  }

  @Test
  void whatWasOnlyTheServersFaultIsIndexedByTheNextRun() throws IOException {
    damage();
    index();
    server.heal();

    CommandRun run = index();

    assertThat(run.exit()).as(run.err()).isEqualTo(IndexCommand.SOME_FAILED);
    assertThat(run.err()).contains("4 indexed", "7 there already", "3 failed");
    assertThat(complete())
        .contains("wrong_signature", "wrong_repository", "broken_off", "away")
        .doesNotContain("wrong_checksum", "truncated", "bomb");
  }

  @Test
  void aRegistryThatIsNotSignedByTheKeyIsRefusedAsAWhole() {
    byte[] forged = signedByAnother().versions(java.util.Map.of());
    server.fault("/versions", new Fault.Body(forged));

    CommandRun run = index();

    assertThat(run.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err().lines()).anyMatch(said("hexlens: ", "/versions", "signature"));
    assertThat(complete()).isEmpty();
  }

  @Test
  void aRegistryOfAnotherRepositoryIsRefusedAsAWhole() {
    byte[] other = new RegistryFiles("acme", repository.key()).versions(java.util.Map.of());
    server.fault("/versions", new Fault.Body(other));

    CommandRun run = index();

    assertThat(run.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err().lines())
        .anyMatch(said("hexlens: ", "/versions", "\"acme\", not of \"hexpm\""));
    assertThat(complete()).isEmpty();
  }

  @Test
  void anUnreachableMirrorIsNamedAndLeavesWhatIsThere() {
    index();
    List<String> before = StoreRows.of(database);
    server.close();

    CommandRun run = index();

    assertThat(run.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err().lines())
        .anyMatch(said("hexlens: ", "/versions", server.url().toString(), "can't be connected to"));
    assertThat(StoreRows.of(database)).isEqualTo(before);
    assertThat(packagesWith("Marker.here(_)")).contains("sound");
  }

  private CommandRun index() {
    return CommandRun.hexlens(
        "index",
        "hex",
        "--prefix",
        PREFIX,
        "--mirror",
        server.url().toString(),
        "--registry-key",
        repository.publicKey().toString(),
        "--attempts",
        "2");
  }

  /** A line that begins so and goes on with these. */
  private static java.util.function.Predicate<String> said(String begin, String... parts) {
    return line ->
        line.startsWith(begin)
            && Arrays.stream(parts).allMatch(part -> line.indexOf(part, begin.length()) > 0);
  }

  private List<String> complete() {
    return StoreRows.query(
        database,
        """
        SELECT name FROM release JOIN package USING (package_id)
        WHERE state = 'complete' ORDER BY name
        """);
  }

  /** The packages in which the search command finds a pattern. */
  private static List<String> packagesWith(String pattern) {
    CommandRun run = CommandRun.hexlens("search", pattern, "--prefix", PREFIX);
    return run.answers().stream().map(line -> line.substring(0, line.indexOf('@'))).toList();
  }

  /** What goes wrong on the way, over and over. */
  private void damage() {
    server
        .fault(
            "/packages/wrong_signature",
            new Fault.Body(
                signedByAnother()
                    .packageReleases(
                        "wrong_signature", List.of(sound("wrong_signature").build().release()))))
        .fault(
            "/packages/wrong_repository",
            new Fault.Body(
                new RegistryFiles("acme", repository.key())
                    .packageReleases(
                        "wrong_repository", List.of(sound("wrong_repository").build().release()))))
        .fault("/packages/sound", new Fault.Body(withAnImpossibleVersion()))
        .fault("/tarballs/broken_off-.*", new Fault.ShortBody(0.5))
        .fault("/tarballs/away-.*", Fault.status(503));
  }

  private static RegistryFiles signedByAnother() {
    return new RegistryFiles("hexpm", FixtureKey.generate());
  }

  private static FixtureHexRepository repository() throws IOException {
    return FixtureHexRepository.builder(CACHE)
        .release(sound("sound").build())
        .release(sound("wrong_checksum").build(), BadInputTest::otherChecksum)
        .release(sound("wrong_signature").build())
        .release(sound("wrong_repository").build())
        .release(sound("broken_off").build())
        .release(sound("away").build())
        .release(contents("truncated", cutShort(marked())))
        .release(contents("bomb", RegistryFiles.gzip(zeros().toByteArray())))
        .release(contents("climbs", marked().file("../../etc/cron.ex", "1")))
        .release(contents("links", marked().symbolicLink("lib/link.ex", "/etc/passwd")))
        .release(
            contents(
                "twice", marked().file("lib/twice.ex", ":first").file("lib/twice.ex", ":second")))
        .release(
            contents(
                "latin",
                marked().file("lib/latin.ex", "# Grüße".getBytes(StandardCharsets.ISO_8859_1))))
        .release(contents("nul", marked().file("lib/nul.ex", "a\0")))
        .release(
            contents(
                "syntax",
                marked()
                    .file(
                        "lib/syntax.ex",
                        "defmodule S do\n  def a, do: healthy(1)\n  def b, do: )\nend\n")))
        .build();
  }

  private byte[] withAnImpossibleVersion() {
    FixtureRelease sound = sound("sound").build().release();
    FixtureRelease impossible =
        new FixtureRelease(
            "sound", "1.x", sound.innerChecksum(), sound.outerChecksum(), List.of(), null);
    return new RegistryFiles("hexpm", repository.key())
        .packageReleases("sound", List.of(sound, impossible));
  }

  private static HexTarball.Builder sound(String name) {
    return HexTarball.of(name, "1.0.0").file("lib/marker.ex", MARKER);
  }

  private static HexTarball contents(String name, TarWriter archive) {
    return HexTarball.of(name, "1.0.0").contents(archive).build();
  }

  private static HexTarball contents(String name, byte[] compressed) {
    return HexTarball.of(name, "1.0.0").contents(compressed).build();
  }

  private static TarWriter marked() {
    return new TarWriter().file("lib/marker.ex", MARKER);
  }

  /** Compresses a thousandfold. */
  private static TarWriter zeros() {
    return marked().file("lib/zeros.ex", new byte[64 << 20]);
  }

  private static byte[] cutShort(TarWriter archive) {
    byte[] whole = RegistryFiles.gzip(archive.toByteArray());
    return Arrays.copyOf(whole, whole.length / 2);
  }

  private static FixtureRelease otherChecksum(FixtureRelease release) {
    return new FixtureRelease(
        release.name(),
        release.version(),
        release.innerChecksum(),
        new byte[32],
        release.requirements(),
        release.retirement());
  }
}
