package dev.hexlens.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.fixtures.FixtureRelease;
import dev.hexlens.fixtures.HexTarball;
import dev.hexlens.hex.Dependency;
import dev.hexlens.hex.PackageReleases;
import dev.hexlens.hex.ReleaseId;
import dev.hexlens.hex.ReleaseSelection;
import dev.hexlens.hex.SourceFile;
import dev.hexlens.hex.TarballFolder;
import dev.hexlens.hex.TarballLimits;
import dev.hexlens.index.Extractor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A corpus made of two packages, of which one uses the other. */
final class CorpusMakerTest {
  private static final String QUEUE =
      """
      defmodule Queue.Buffer do
        @capacity 4096
        def enqueue(%{pending: pending}, job), do: Enum.take([job | pending], @capacity)
        def drain!(buffer), do: Process.send_after(self(), ~w(nudge 1)a, 15_000)
      end
      """;
  private static final String POSTER =
      """
      defmodule Poster do
        # drains at once; &enqueue/2
        def post(letter), do: Queue.Buffer.enqueue(letter, postage: 25)
      end
      """;

  @TempDir Path tarballs;
  @TempDir Path parent;

  private Path out = Path.of("");

  @BeforeEach
  void make() throws Exception {
    out = parent.resolve("corpus");
    put(HexTarball.of("queue", "1.0.0").file("lib/queue.ex", QUEUE));
    put(
        HexTarball.of("poster", "2.0.0")
            .file("lib/poster.ex", POSTER)
            .requirements(
                List.of(new FixtureRelease.Requirement("queue", "~> 1.0", false, "queue"))));
    assertThat(run("--packages", "6", "--bytes", "600")).isZero();
  }

  private void put(HexTarball.Builder builder) throws Exception {
    HexTarball tarball = builder.build();
    Files.write(tarballs.resolve(tarball.fileName()), tarball.bytes());
  }

  private int run(String... options) {
    return new CommandLine(new CorpusMaker())
        .execute(
            java.util.stream.Stream.concat(
                    java.util.stream.Stream.of(tarballs.toString(), out.toString()),
                    java.util.stream.Stream.of(options))
                .toArray(String[]::new));
  }

  @Test
  void hasTheOriginalsAndTheirCopiesUnderOtherNames() throws Exception {
    assertThat(sources())
        .containsOnlyKeys("poster", "poster_0_1", "poster_0_2", "queue", "queue_0_1", "queue_0_2")
        .containsEntry("queue", QUEUE)
        .containsEntry("poster", POSTER);
  }

  @Test
  void aCopyHasNamesAndNumbersOfItsOwnAndElixirsAndOthersAsTheyWere() throws Exception {
    assertThat(sources().get("queue_0_1"))
        .matches(
            """
            defmodule Queue\\.Buffer[a-z]{3} do
              @capacity_[a-z]{3} [1-9]{4}
              def enqueue_[a-z]{3}\\(%\\{pending_[a-z]{3}: pending_[a-z]{3}}, job\\), do: Enum.take\\(\\[job \\| pending_[a-z]{3}], @capacity_[a-z]{3}\\)
              def drain_[a-z]{3}!\\(buffer_[a-z]{3}\\), do: Process.send_after\\(self\\(\\), ~w\\(nudge_[a-z]{3} 1\\)a, [1-9]{2}_[1-9]{3}\\)
            end
            """);
    assertThat(sources().get("poster_0_1"))
        .contains("Queue.Buffer.enqueue(", "&enqueue/2")
        .containsPattern("defmodule Poster[a-z]{3} do");
    assertThat(sources().values()).doesNotHaveDuplicates();
  }

  @Test
  void everythingInItParses() throws Exception {
    try (Extractor extractor = new Extractor()) {
      List<Extractor.Source> files =
          sources().values().stream()
              .map(text -> new Extractor.Source("lib/a.ex", text.getBytes(StandardCharsets.UTF_8)))
              .toList();
      assertThat(extractor.extract(files).problems()).isEmpty();
    }
  }

  @Test
  void aCopyDependsOnThePackageThatItsCodeNames() throws Exception {
    try (TarballFolder folder = open()) {
      List<PackageReleases.Release> releases = folder.packageReleases("poster_0_2").releases();
      assertThat(releases.getFirst().dependencies())
          .extracting(Dependency::name, Dependency::requirement)
          .containsExactly(org.assertj.core.groups.Tuple.tuple("queue", "== 1.0.0"));
    }
  }

  @Test
  void aFolderThatHasFilesIsLeftAsItIs() {
    assertThat(run("--packages", "2", "--bytes", "600")).isEqualTo(2);
  }

  private TarballFolder open() {
    return TarballFolder.open(out, TarballLimits.DEFAULT, path -> path.endsWith(".ex"));
  }

  private Map<String, String> sources() throws Exception {
    Map<String, String> sources = new TreeMap<>();
    try (TarballFolder folder = open()) {
      for (ReleaseId id : new ReleaseSelection.Latest(false).choose(folder.versions())) {
        PackageReleases.Release release =
            folder.packageReleases(id.name()).release(id.version()).orElseThrow();
        for (SourceFile file : folder.tarball(id, release.checksum()).files()) {
          sources.put(id.name(), new String(file.bytes(), StandardCharsets.UTF_8));
        }
      }
    }
    return sources;
  }
}
