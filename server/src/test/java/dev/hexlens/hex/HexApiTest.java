package dev.hexlens.hex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexlens.fixtures.Fault;
import dev.hexlens.fixtures.FixtureRelease;
import dev.hexlens.fixtures.HexServer;
import dev.hexlens.fixtures.HexTarball;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HexApiTest {
  /** 250 packages, three pages: all need base, every second one needs half. */
  private static final List<HexTarball> TARBALLS = tarballs();

  @TempDir static Path folder;
  private HexWorld world;
  private HexServer server;

  private static List<HexTarball> tarballs() {
    FixtureRelease.Requirement base =
        new FixtureRelease.Requirement("base", "~> 1.0", false, "base");
    FixtureRelease.Requirement half =
        new FixtureRelease.Requirement("half", "~> 0.1", false, "half");
    List<HexTarball> tarballs = new ArrayList<>();
    tarballs.add(HexTarball.of("base", "1.0.0").build());
    tarballs.add(HexTarball.of("base", "2.0.0-rc.1").build());
    tarballs.add(HexTarball.of("half", "0.1.0").build());
    for (int i = 0; i < 248; i++) {
      tarballs.add(
          HexTarball.of("p" + i, "1.0.0")
              .requirements(i % 2 == 0 ? List.of(base) : List.of(base, half))
              .build());
    }
    return tarballs;
  }

  @BeforeEach
  void publish() throws IOException {
    world = new HexWorld(folder);
    server = world.publish(TARBALLS.toArray(HexTarball[]::new));
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void thePackagesWithTheMostDownloadsComeFirst() throws Exception {
    try (HexRepository client = world.open()) {
      assertThat(client.api().top(3))
          .containsExactly(
              new RankedPackage("base", 248_000, 24_800),
              new RankedPackage("half", 124_000, 12_400),
              new RankedPackage("p0", 0, 0));
    }
    assertThat(server.requests("/api/packages")).hasSize(1);
  }

  @Test
  void pagesAreReadUntilAnEmptyOne() throws Exception {
    try (HexRepository client = world.open()) {
      assertThat(client.api().top(1000)).hasSize(250);
    }
    assertThat(server.requests("/api/packages")).hasSize(4);
  }

  @Test
  void topTakesTheLatestOfTheFirst() throws Exception {
    try (HexRepository client = world.open()) {
      List<RankedPackage> ranked = client.api().top(3);

      assertThat(new ReleaseSelection.Top(ranked, 2, false).choose(client.versions()))
          .containsExactly(
              new ReleaseId("base", Version.of("1.0.0")),
              new ReleaseId("half", Version.of("0.1.0")));
      assertThat(
              new ReleaseSelection.Top(
                      List.of(new RankedPackage("gone", 9, 9), ranked.getFirst()), 2, false)
                  .choose(client.versions()))
          .containsExactly(new ReleaseId("base", Version.of("1.0.0")));
    }
  }

  @Test
  void theRateLimitIsWaitedForNotRunInto() throws Exception {
    long reset = Instant.now().getEpochSecond() + 2;
    server.fault(
        "/api/packages",
        1,
        new Fault.Headers(
            Map.of("x-ratelimit-remaining", "0", "x-ratelimit-reset", String.valueOf(reset))));

    try (HexRepository client = world.open()) {
      assertThat(client.api().top(200)).hasSize(200);
    }

    assertThat(Instant.now()).isAfterOrEqualTo(Instant.ofEpochSecond(reset));
    assertThat(server.requests("/api/packages")).hasSize(2);
  }

  @Test
  void afterTooManyRequestsTheResetIsWaitedFor() throws Exception {
    long reset = Instant.now().getEpochSecond() + 2;
    server.fault(
        "/api/packages",
        1,
        new Fault.Status(429, Map.of("x-ratelimit-reset", String.valueOf(reset))));

    try (HexRepository client = world.open()) {
      assertThat(client.api().top(1)).hasSize(1);
    }

    assertThat(Instant.now()).isAfterOrEqualTo(Instant.ofEpochSecond(reset));
    assertThat(world.events())
        .hasAtLeastOneElementOfType(HexEvent.Retrying.class)
        .allSatisfy(each ->
            assertThat(((HexEvent.Retrying) each).delay()).isLessThan(Duration.ofSeconds(3)));
  }

  @Test
  void whatIsNoListOfPackagesIsNamed() throws Exception {
    server.fault(
        "/api/packages", new Fault.Body("{\"message\":1}".getBytes(StandardCharsets.UTF_8)));

    try (HexRepository client = world.open()) {
      assertThatThrownBy(() -> client.api().top(1))
          .isInstanceOf(HexException.BadRegistry.class)
          .hasMessageContaining("--api-url");
    }
  }
}
