package dev.hexlens.hex;

import static dev.hexlens.hex.HexWorld.tarball;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexlens.fixtures.Fault;
import dev.hexlens.fixtures.FixtureRelease;
import dev.hexlens.fixtures.HexServer;
import dev.hexlens.fixtures.HexTarball;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mirrors, caches, keys: what takes more than one request to see. */
class HexRepositoryTest {
  private static final String TARBALLS = "/tarballs/.*";

  @TempDir Path folder;
  private HexWorld world;

  @BeforeEach
  void open() throws IOException {
    world = new HexWorld(folder);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void namesTellWhatChangedAndWhen() throws Exception {
    Instant time = Instant.parse("2026-03-01T10:20:30.000000040Z");
    world.repository().release(tarball().build()).updated("fix", time);
    world.publish(HexTarball.of("other", "0.1.0").build());

    try (HexRepository client = world.open()) {
      assertThat(client.names().packages())
          .containsExactly(
              new RegistryNames.Entry("fix", time),
              new RegistryNames.Entry("other", Instant.parse("2026-01-01T00:00:00Z")));
    }
  }

  @Test
  void releasesHaveTheirDependenciesAndRetirement() throws Exception {
    HexTarball fix =
        tarball()
            .requirements(
                List.of(
                    new FixtureRelease.Requirement("jason", "~> 1.0", true, "jason"),
                    new FixtureRelease.Requirement("ex_json", ">= 0.0.0", false, "json")))
            .build();
    world.repository().release(fix).retire("fix", "1.0.0", 2, "leaks");
    world.publish();

    try (HexRepository client = world.open()) {
      PackageReleases.Release release =
          client.packageReleases("fix").release(Version.of("1.0.0")).orElseThrow();

      assertThat(release.dependencies())
          .containsExactly(
              new Dependency("jason", "~> 1.0", true, "jason", null),
              new Dependency("ex_json", ">= 0.0.0", false, "json", null));
      assertThat(release.retirement())
          .isEqualTo(new Retirement(Retirement.Reason.SECURITY, "leaks"));
      Tarball read = client.tarball(new ReleaseId("fix", Version.of("1.0.0")), release.checksum());
      assertThat(read.checksum()).isEqualTo(Checksum.ofTarball(fix.bytes()));
      assertThat(read.size()).isEqualTo(fix.bytes().length);
      assertThat(read.metadata().requirements()).hasSize(2);
      assertThat(read.files().getFirst().bytes())
          .isEqualTo("defmodule Fix do\nend\n".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void tarballsComeFromAllMirrorsInTurnTheRegistryFromTheFirst() throws Exception {
    HexServer first = world.publish(versions(10));
    HexServer second = world.publish();

    try (HexRepository client = world.open()) {
      readAll(client, 10);
    }

    assertThat(first.requests(TARBALLS)).hasSize(5);
    assertThat(second.requests(TARBALLS)).hasSize(5);
    assertThat(first.requests("/packages/.*")).hasSize(10);
    assertThat(second.requests("/packages/.*")).isEmpty();
  }

  @Test
  void aMirrorThatLiesIsAskedNoMore() throws Exception {
    HexServer honest = world.publish(versions(10));
    HexServer liar = world.publish().fault(TARBALLS, new Fault.Corrupt());

    try (HexRepository client = world.open()) {
      readAll(client, 10);
    }

    assertThat(liar.requests(TARBALLS)).hasSize(1);
    assertThat(honest.requests(TARBALLS)).hasSize(10);
    assertThat(world.events())
        .singleElement()
        .isInstanceOfSatisfying(
            HexEvent.MirrorQuarantined.class,
            each -> {
              assertThat(each.mirror()).isEqualTo(liar.url());
              assertThat(each.sentence()).contains("checksum");
            });
  }

  @Test
  void aMirrorThatIsDownIsAskedAfterTheOthers() throws Exception {
    HexServer up = world.publish(versions(10));
    HexServer down = world.publish().fault("/.*", Fault.status(503));

    try (HexRepository client = world.open()) {
      readAll(client, 10);
    }

    assertThat(down.requests(TARBALLS)).hasSize(1);
    assertThat(up.requests(TARBALLS)).hasSize(10);
    assertThat(world.events()).isEmpty();
  }

  @Test
  void aMirrorThatAsksToWaitIsLeftAloneSoLong() throws Exception {
    HexServer open = world.publish(versions(6));
    HexServer busy = world.publish().fault(TARBALLS, 1, Fault.tooManyRequests(3600));

    try (HexRepository client = world.open()) {
      readAll(client, 6);
    }

    assertThat(busy.requests(TARBALLS)).hasSize(1);
    assertThat(open.requests(TARBALLS)).hasSize(6);
  }

  @Test
  void aLoneServerThatAsksToWaitIsAskedWhenTheTimeIsOver() throws Exception {
    world.publish(versions(1)).fault(TARBALLS, 1, Fault.tooManyRequests(1));

    long start = System.nanoTime();
    try (HexRepository client = world.open()) {
      readAll(client, 1);
    }

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
    assertThat(world.events())
        .singleElement()
        .isInstanceOfSatisfying(
            HexEvent.Retrying.class, each -> assertThat(each.reason()).contains("answered 429"));
  }

  @Test
  void aSecondRunDownloadsNothing() throws Exception {
    HexServer server = world.publish(versions(3));
    world.settings(each ->
        each.tarballCache(folder.resolve("tarballs")).registryCache(folder.resolve("registry")));
    try (HexRepository client = world.open()) {
      client.versions();
      readAll(client, 3);
    }
    int before = server.requests().size();

    try (HexRepository client = world.open()) {
      assertThat(client.versions().releaseCount()).isEqualTo(3);
      readAll(client, 3);
    }

    List<HexServer.Request> second = server.requests().subList(before, server.requests().size());
    assertThat(second).extracting(HexServer.Request::path).noneMatch(each -> each.contains(".tar"));
    // Answered with 304: each named the ETag that it had.
    assertThat(second).allSatisfy(each -> assertThat(each.headers()).containsKey("if-none-match"));
  }

  @Test
  void damagedCachesAreDownloadedAgain() throws Exception {
    HexServer server = world.publish(versions(1));
    world.settings(each ->
        each.tarballCache(folder.resolve("tarballs")).registryCache(folder.resolve("registry")));
    try (HexRepository client = world.open()) {
      readAll(client, 1);
    }
    for (Path file : files("tarballs", "registry")) {
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length / 2] ^= 1;
      Files.write(file, bytes);
    }

    try (HexRepository client = world.open()) {
      readAll(client, 1);
    }

    assertThat(server.requests(TARBALLS)).hasSize(2);
    assertThat(world.events())
        .anySatisfy(each -> assertThat(each.sentence()).contains("its checksum is wrong"));
  }

  @Test
  void aReleaseThatWasReplacedIsReadAnewAndSaysSo() throws Exception {
    HexTarball before = tarball().build();
    HexTarball now = tarball().file("lib/new.ex", "1").build();
    world.publish(now);

    try (HexRepository client = world.open()) {
      Tarball read =
          client.tarball(
              new ReleaseId("fix", Version.of("1.0.0")), Checksum.ofTarball(before.bytes()));

      assertThat(read.checksum()).isEqualTo(Checksum.ofTarball(now.bytes()));
      assertThat(world.events())
          .containsExactly(
              new HexEvent.Republished(read.release(), Checksum.ofTarball(now.bytes())));
    }
  }

  @Test
  void theKeyGoesToTheRegistrysServerAndToNoOther() throws Exception {
    HexServer registry = world.publish(versions(4));
    HexServer mirror = world.publish();
    HexServer elsewhere = world.publish();
    registry.fault(
        "/packages/p0",
        new Fault.Status(
            302, Map.of("Location", elsewhere.url().resolve("/packages/p0").toString())));
    world.settings(each -> each.registryUrl(registry.url()).authKey("secret"));

    try (HexRepository client = world.open()) {
      readAll(client, 4);
    }

    assertThat(registry.requests())
        .allSatisfy(each -> assertThat(each.headers()).containsEntry("authorization", "secret"));
    assertThat(mirror.requests()).isNotEmpty();
    for (HexServer other : List.of(mirror, elsewhere)) {
      assertThat(other.requests())
          .allSatisfy(each -> assertThat(each.headers()).doesNotContainKey("authorization"));
    }
    assertThat(elsewhere.requests("/packages/p0")).hasSize(1);
  }

  @Test
  void requestsSayWhoAsks() throws Exception {
    HexServer server = world.publish(versions(1));

    try (HexRepository client = world.open()) {
      client.versions();
      client.api().top(1);
    }

    assertThat(server.requests())
        .allSatisfy(each -> assertThat(each.headers()).containsEntry("user-agent", "hexlens/test"));
  }

  @Test
  void whatTheRepositoryHasToSayIsPassedOn() throws Exception {
    world
        .publish(versions(1))
        .fault(
            "/versions", new Fault.Headers(Map.of("x-hex-message", "\"moving soon\"; level=warn")));

    try (HexRepository client = world.open()) {
      client.versions();
    }

    assertThat(world.events())
        .extracting(HexEvent::sentence)
        .containsExactly("127.0.0.1 says: moving soon");
  }

  @Test
  void anInterruptEndsAWait() throws Exception {
    world.publish(versions(1)).fault("/versions", Fault.tooManyRequests(60));
    List<Throwable> ends = new ArrayList<>();
    try (HexRepository client = world.open()) {
      Thread reader =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  client.versions();
                } catch (HexException | InterruptedException e) {
                  ends.add(e);
                }
              });
      while (world.events().isEmpty()) {
        Thread.sleep(10);
      }
      reader.interrupt();
      reader.join();
    }

    assertThat(ends).singleElement().isInstanceOf(InterruptedException.class);
  }

  @Test
  void aUrlThatIsNoneOfHttpIsRefusedBeforeAnythingIsAsked() {
    assertThatThrownBy(() -> HexSettings.builder().mirror(URI.create("repo.hex.pm")).build())
        .hasMessageContaining("not the URL of a repository: repo.hex.pm");
    assertThatThrownBy(() -> HexSettings.builder().mirror(URI.create("file:///x")).build())
        .hasMessageContaining("https://repo.hex.pm");
  }

  /** Packages p0, p1 and so on. */
  private static HexTarball[] versions(int count) {
    HexTarball[] tarballs = new HexTarball[count];
    for (int i = 0; i < count; i++) {
      tarballs[i] = HexTarball.of("p" + i, "1.0.0").file("lib/p.ex", "# " + i).build();
    }
    return tarballs;
  }

  private static void readAll(HexRepository client, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      ReleaseId release = new ReleaseId("p" + i, Version.of("1.0.0"));
      Checksum checksum = client.packageReleases(release.name()).releases().getFirst().checksum();
      assertThat(client.tarball(release, checksum).files()).hasSize(1);
    }
  }

  private List<Path> files(String... folders) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String each : folders) {
      try (Stream<Path> walk = Files.walk(folder.resolve(each))) {
        files.addAll(walk.filter(Files::isRegularFile).toList());
      }
    }
    return files;
  }
}
