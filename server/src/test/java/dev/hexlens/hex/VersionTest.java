package dev.hexlens.hex;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {

  /** The list of semver.org's clause 11, and what libraries get wrong. */
  @Test
  void precedence() {
    List<Version> ascending =
        List.of(
                "0.9.9",
                "1.0.0-1",
                "1.0.0-2",
                "1.0.0-10",
                "1.0.0-99999999999999999999999999",
                "1.0.0--",
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-alpha.beta",
                "1.0.0-beta",
                "1.0.0-beta.2",
                "1.0.0-beta.11",
                "1.0.0-rc.1",
                "1.0.0-rc10",
                "1.0.0-rc2",
                "1.0.0",
                "1.0.1",
                "1.2.0",
                "1.10.0",
                "2.0.0-dev",
                "99999999999999.0.0")
            .stream()
            .map(Version::of)
            .toList();
    List<Version> shuffled = new ArrayList<>(ascending);
    Collections.shuffle(shuffled, new Random(1));

    assertThat(shuffled.stream().sorted()).containsExactlyElementsOf(ascending);
  }

  @Test
  void buildMetadataBreaksTiesOnly() {
    assertThat(Version.of("1.0.0+a")).isLessThan(Version.of("1.0.0+b"));
    assertThat(Version.of("1.0.0+z")).isLessThan(Version.of("1.0.1"));
    assertThat(Version.of("1.0.0+a")).isNotEqualTo(Version.of("1.0.0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0.0", "0.0.0", "1.2.3-rc.1", "1.2.3-rc.1+build.5", "10.20.30-x--y.0a"})
  void isPrintedAsItWasRead(String text) {
    assertThat(Version.of(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.2",
        "1.2.3.4",
        "01.0.0",
        "1.0.0-01",
        "1.0.0-",
        "1.0.0-a..b",
        "1.0.0+",
        "v1.0.0",
        " 1.0.0",
        "1.0.0\n",
        "-1.0.0",
        "1.0.0-ä",
        "1.0.0/../x",
        "1.0.0-rc_1",
        "1234567890123456789.0.0"
      })
  void isNoVersion(String text) {
    assertThat(Version.parse(text)).isEmpty();
  }

  @Test
  void aVeryLongTextIsRefusedSoon() {
    assertThat(Version.parse("1.0.0-" + "0a.".repeat(100_000))).isEmpty();
  }

  @Test
  void tarballsAreNamedByNameAndVersion() {
    ReleaseId release = new ReleaseId("jason", Version.of("1.5.0-alpha.2"));

    assertThat(release.fileName()).isEqualTo("jason-1.5.0-alpha.2.tar");
    assertThat(ReleaseId.ofFileName("jason-1.5.0-alpha.2.tar")).contains(release);
    assertThat(ReleaseId.ofFileName("jason.tar")).isEmpty();
    assertThat(ReleaseId.ofFileName("../x-1.0.0.tar")).isEmpty();
    assertThat(ReleaseId.ofFileName("jason-1.0.tar")).isEmpty();
    assertThat(ReleaseId.ofFileName("-.tar")).isEmpty();
  }
}
