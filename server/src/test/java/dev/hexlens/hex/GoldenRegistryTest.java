package dev.hexlens.hex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that hex.pm signed, read with the built-in key. */
class GoldenRegistryTest {
  private static final Path GOLDEN = Path.of("../test-fixtures/golden/hex");

  private final RegistryReader reader = new RegistryReader("hexpm", RegistryKey.ofHexPm());

  @ParameterizedTest
  @CsvSource({"versions-2020-06, 10147, 59372", "versions-2021-04, 11454, 70684"})
  void versionsOfAllOfHex(String file, int packages, int releases) throws Exception {
    RegistryVersions versions = reader.versions(golden(file));

    assertThat(versions.packages()).hasSize(packages);
    assertThat(versions.releaseCount()).isEqualTo(releases);
    assertThat(versions.problems()).isEmpty();
  }

  /** hex.pm lists versions ascending: 70,684 of them agree with our order. */
  @Test
  void theOrderOfVersionsIsHexs() throws Exception {
    dev.hexlens.hex.wire.Registry.Versions raw =
        dev.hexlens.hex.wire.Registry.Versions.parseFrom(
            dev.hexlens.hex.wire.Registry.Signed.parseFrom(
                    Gzip.inflate(golden("versions-2021-04"), RegistryReader.LIMIT))
                .getPayload());

    assertThat(raw.getPackagesList())
        .allSatisfy(
            each -> assertThat(each.getVersionsList().stream().map(Version::of)).isSorted());
  }

  @Test
  void latestIsTheHighestStableVersionElseTheHighestPreRelease() throws Exception {
    RegistryVersions versions = reader.versions(golden("versions-2021-04"));
    List<ReleaseId> latest = new ReleaseSelection.Latest(false).choose(versions);

    assertThat(latest).hasSize(11_454);
    // 142 packages had pre-releases only (reference figures of the file).
    assertThat(latest.stream().filter(each -> !each.version().isStable())).hasSize(142);
    assertThat(latest).contains(new ReleaseId("phoenix", Version.of("1.5.8")));
    // 128 packages had retired releases only.
    assertThat(new ReleaseSelection.Latest(true).choose(versions)).hasSize(11_454 - 128);
    assertThat(new ReleaseSelection.All(false).choose(versions)).hasSize(70_684);
  }

  @Test
  void releasesOfOnePackage() throws Exception {
    PackageReleases exfmt = reader.packageReleases("exfmt", golden("package-exfmt"));

    assertThat(exfmt.releases()).hasSize(10);
    assertThat(exfmt.releases().getFirst().version()).isEqualTo(Version.of("0.0.0"));
    assertThat(exfmt.releases().getLast().version()).isEqualTo(Version.of("0.5.0"));
    assertThat(exfmt.releases())
        .allSatisfy(each -> {
          assertThat(each.checksum().kind()).isEqualTo(Checksum.Kind.OUTER);
          assertThat(each.dependencies()).isEmpty();
          assertThat(each.retirement()).isNull();
        });
    assertThat(exfmt.problems()).isEmpty();
  }

  @Test
  void oneBitOfThePayloadChangesTheVerdict() throws Exception {
    byte[] signed = Gzip.inflate(golden("package-exfmt"), RegistryReader.LIMIT);
    signed[40] ^= 1;

    assertThatThrownBy(() -> reader.packageReleases("exfmt", signed))
        .isInstanceOf(HexException.BadRegistry.class)
        .hasMessageContaining("/packages/exfmt")
        .hasMessageContaining("wrong signature");
  }

  private static byte[] golden(String file) throws IOException {
    return Files.readAllBytes(GOLDEN.resolve(file));
  }
}
