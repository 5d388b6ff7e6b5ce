package dev.hexlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.fixtures.Fault;
import dev.hexlens.fixtures.HexTarball;
import dev.hexlens.index.LoopbackHex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Options of {@code index hex}: where registry and tarballs come from. */
final class IndexHexSourcesTest extends IndexHexRuns {
  private static final String PREFIX = "index_hex_sources_test";

  IndexHexSourcesTest() {
    super(PREFIX);
  }

  @Test
  void theRegistryMayComeFromElsewhereThanTheTarballs() throws IOException {
    try (LoopbackHex mirror = LoopbackHex.of(tarball("ace", "1.1.0"))) {
      CommandRun run =
          CommandRun.hexlens(
              "index",
              "hex",
              "--prefix",
              PREFIX,
              "--limit",
              "1",
              "--registry-url",
              hex.url().toString(),
              "--mirror",
              mirror.url().toString(),
              "--registry-key",
              hex.publicKey().toString());
      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(paths(hex.server())).containsExactly("/versions", "/names", "/packages/ace");
      assertThat(paths(mirror.server())).containsExactly("/tarballs/ace-1.1.0.tar");
    }
  }

  @Test
  void mirrorsAreAskedInTurnAndTheNextOneOnFailure() throws IOException {
    try (LoopbackHex second =
        LoopbackHex.of(LoopbackHex.builder().release(tarball("ace", "1.1.0")))) {
      hex.server().fault("/tarballs/.*", Fault.status(500));
      CommandRun run = index("--limit", "1", "--mirror", second.url().toString());
      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(releases()).containsExactly("ace 1.1.0 {latest}");
    }
  }

  @Test
  void aTarballThatWasDownloadedOnceIsKept() {
    Path cache = folder.resolve("cache");
    index("--cache-tarballs", cache.toString());
    int before = hex.server().requests("/tarballs/.*").size();

    index("--cache-tarballs", cache.toString(), "--force");

    assertThat(hex.server().requests("/tarballs/.*")).hasSize(before);
  }

  @Test
  void aFolderOfTarballsTakesTheSameModesAndNoNetwork() throws IOException {
    Path tarballs = Files.createDirectories(folder.resolve("tarballs"));
    for (HexTarball each :
        List.of(tarball("ace", "1.0.0"), tarball("ace", "1.1.0"), tarball("bee", "0.1.0"))) {
      Files.write(
          tarballs.resolve(each.release().name() + "-" + each.release().version() + ".tar"),
          each.bytes());
    }
    String from = tarballs.toString();

    assertThat(indexFrom("--tarball-dir", from).exit()).isZero();
    assertThat(releases()).containsExactly("ace 1.1.0 {latest}", "bee 0.1.0 {latest}");
    assertThat(indexFrom("--tarball-dir", from, "--mode", "all").exit()).isZero();
    assertThat(releases()).contains("ace 1.0.0 {all}");
    Path entries = Files.writeString(folder.resolve("entries"), "ace 1.0.0\n");
    assertThat(indexFrom("--tarball-dir", from, "--entries-file", entries.toString()).exit())
        .isZero();
    assertThat(releases()).contains("ace 1.0.0 {all,listed}");
    CommandRun top = indexFrom("--tarball-dir", from, "--mode", "top");
    assertThat(top.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(top.err()).contains("--mode top with --tarball-dir needs --api-url");
    assertThat(
            indexFrom("--tarball-dir", from, "--mode", "top", "--limit", "1", "--api-url", api())
                .exit())
        .isZero();
    assertThat(paths(hex.server())).containsOnly("/api/packages");
  }

  @Test
  void aRepositoryOfOnesOwnHasAKeyAndWantsOne() throws IOException {
    try (LoopbackHex own =
        LoopbackHex.of(LoopbackHex.builder().repository("acme").release(tarball("ace", "1.0.0")))) {
      CommandRun run =
          indexFrom(
              "--mirror",
              own.url().toString(),
              "--registry-key",
              own.publicKey().toString(),
              "--repository",
              "acme",
              "--auth-key",
              "secret");
      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(own.server().requests())
          .isNotEmpty()
          .allSatisfy(each -> assertThat(each.headers()).containsEntry("authorization", "secret"));
      assertThat(run.err()).doesNotContain("secret");
    }
  }

  @Test
  void theKeyIsSentToNoOtherMirror() throws IOException {
    try (LoopbackHex mirror = LoopbackHex.of(tarball("ace", "1.1.0"))) {
      hex.server().fault("/tarballs/.*", Fault.status(500));
      index("--limit", "1", "--auth-key", "secret", "--mirror", mirror.url().toString());
      assertThat(mirror.server().requests())
          .isNotEmpty()
          .noneMatch(each -> each.headers().containsKey("authorization"));
    }
  }

  @Test
  void aUrlThatIsNoneIsRefused() {
    CommandRun run = indexFrom("--mirror", "repo.hex.pm");
    assertThat(run.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("not the URL of a repository: repo.hex.pm");
  }
}
