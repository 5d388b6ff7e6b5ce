package dev.hexlens.hex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexlens.fixtures.FixtureRelease;
import dev.hexlens.fixtures.HexTarball;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarballFolderTest {
  @TempDir Path folder;
  private TarballFolder tarballs;

  @BeforeEach
  void open() {
    tarballs = TarballFolder.open(folder, TarballLimits.DEFAULT, HexWorld.SOURCES);
  }

  @Test
  void isReadAsARepositoryIs() throws Exception {
    HexTarball fix =
        HexTarball.of("fix", "1.0.0")
            .file("lib/fix.ex", "1")
            .requirements(
                List.of(new FixtureRelease.Requirement("jason", "~> 1.0", false, "jason")))
            .build();
    put(fix);
    put(HexTarball.of("fix", "1.1.0-rc.1").build());
    put(HexTarball.of("a", "0.1.0").build());

    List<ReleaseId> latest = new ReleaseSelection.Latest(false).choose(tarballs.versions());
    assertThat(latest).extracting(ReleaseId::toString).containsExactly("a 0.1.0", "fix 1.0.0");
    assertThat(tarballs.names().packages())
        .extracting(RegistryNames.Entry::name)
        .containsExactly("a", "fix");
    PackageReleases releases = tarballs.packageReleases("fix");
    assertThat(releases.releases()).hasSize(2);
    assertThat(releases.releases().getFirst().dependencies())
        .containsExactly(new Dependency("jason", "~> 1.0", false, "jason", "hexpm"));
    Tarball read = tarballs.tarball(latest.getLast(), releases.releases().getFirst().checksum());
    assertThat(read.files()).extracting(SourceFile::path).containsExactly("lib/fix.ex");
    assertThat(read.checksum()).isEqualTo(Checksum.ofTarball(fix.bytes()));
  }

  @Test
  void filesOfOtherNamesAreLeftOutAndNamed() throws Exception {
    Files.writeString(folder.resolve("notes.txt"), "x");
    Files.writeString(folder.resolve("fix.tar"), "x");
    Files.writeString(folder.resolve("fix-1.0.tar"), "x");

    RegistryVersions versions = tarballs.versions();

    assertThat(versions.packages()).isEmpty();
    assertThat(versions.problems())
        .hasSize(2)
        .allMatch(each -> each.endsWith("is not named NAME-VERSION.tar; it is left out."));
  }

  @Test
  void aTarballThatCannotBeReadFailsAloneWhenAskedFor() throws Exception {
    Files.writeString(folder.resolve("fix-1.0.0.tar"), "no tarball");
    put(HexTarball.of("fix", "1.1.0").build());

    PackageReleases releases = tarballs.packageReleases("fix");

    assertThat(releases.releases()).hasSize(2);
    assertThat(releases.problems())
        .singleElement()
        .asString()
        .startsWith("The tarball of fix 1.0.0 can't be read");
    assertThatThrownBy(() ->
            tarballs.tarball(
                new ReleaseId("fix", Version.of("1.0.0")),
                releases.releases().getFirst().checksum()))
        .isInstanceOf(HexException.BadTarball.class);
  }

  @Test
  void aTarballThatChangesMeanwhileIsNoticed() throws Exception {
    put(HexTarball.of("fix", "1.0.0").build());
    Checksum before = tarballs.packageReleases("fix").releases().getFirst().checksum();
    put(HexTarball.of("fix", "1.0.0").file("lib/new.ex", "1").build());

    assertThatThrownBy(() -> tarballs.tarball(new ReleaseId("fix", Version.of("1.0.0")), before))
        .isInstanceOf(HexException.WrongChecksum.class);
  }

  @Test
  void whatIsNotThereIsNamed() {
    Path none = folder.resolve("none");

    assertThatThrownBy(
            () -> TarballFolder.open(none, TarballLimits.DEFAULT, HexWorld.SOURCES).versions())
        .isInstanceOf(HexException.LocalFailure.class)
        .hasMessageContaining(none.toString());
    assertThatThrownBy(() ->
            tarballs.tarball(
                new ReleaseId("fix", Version.of("1.0.0")), Checksum.outer("0".repeat(64))))
        .isInstanceOf(HexException.Missing.class)
        .hasMessageContaining("fix-1.0.0.tar");
  }

  private void put(HexTarball tarball) throws IOException {
    Files.write(folder.resolve(tarball.fileName()), tarball.bytes());
  }
}
