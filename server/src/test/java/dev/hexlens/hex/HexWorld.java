package dev.hexlens.hex;

import dev.hexlens.fixtures.Fault;
import dev.hexlens.fixtures.FixtureHexRepository;
import dev.hexlens.fixtures.FixtureKey;
import dev.hexlens.fixtures.HexServer;
import dev.hexlens.fixtures.HexTarball;
import dev.hexlens.fixtures.RegistryFiles;
import dev.hexlens.fixtures.WireMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A repository with the package "fix" on a server of its own, and our way to read it. */
final class HexWorld implements AutoCloseable {
  static final Predicate<String> SOURCES = path -> path.endsWith(".ex");

  private final Path folder;
  private final FixtureKey key;
  private final FixtureHexRepository.Builder repository;
  private final List<HexEvent> events = Collections.synchronizedList(new ArrayList<>());
  private final List<HexServer> servers = new ArrayList<>();
  private UnaryOperator<HexSettings.Builder> settings = each -> each;
  private boolean skipRetired;

  HexWorld(Path folder) throws IOException {
    this.folder = folder;
    this.key = FixtureKey.in(folder.resolve("key.pkcs8"));
    this.repository = FixtureHexRepository.builder(folder);
  }

  /** A tarball of fix 1.0.0 with one file. */
  static HexTarball.Builder tarball() {
    return tarball("1.0.0");
  }

  static HexTarball.Builder tarball(String version) {
    return HexTarball.of("fix", version).file("lib/fix.ex", "defmodule Fix do\nend\n");
  }

  FixtureHexRepository.Builder repository() {
    return repository;
  }

  /** Publishes releases and serves the repository; more than once for more mirrors. */
  HexServer publish(HexTarball... tarballs) throws IOException {
    for (HexTarball each : tarballs) {
      repository.release(each);
    }
    HexServer server = HexServer.serve(repository.build().root());
    servers.add(server);
    return server;
  }

  /** Serves a registry file with this payload, signed with the right key. */
  void serve(String path, WireMessage payload) {
    serve(path, files().signed(payload.toByteArray()));
  }

  void serve(String path, byte[] body) {
    servers.getFirst().fault(path, new Fault.Body(body));
  }

  RegistryFiles files() {
    return new RegistryFiles("hexpm", key);
  }

  FixtureKey key() {
    return key;
  }

  void settings(UnaryOperator<HexSettings.Builder> change) {
    UnaryOperator<HexSettings.Builder> before = settings;
    settings = each -> change.apply(before.apply(each));
  }

  void skipRetired() {
    skipRetired = true;
  }

  List<HexEvent> events() {
    return List.copyOf(events);
  }

  List<HexServer> servers() {
    return servers;
  }

  Path folder() {
    return folder;
  }

  /** A client of all the servers, impatient. */
  HexRepository open() throws HexException {
    HexSettings.Builder builder =
        HexSettings.builder()
            .key(RegistryKey.parse("fixture key", key.spkiPem()))
            .userAgent("hexlens/test")
            .attempts(3)
            .retryDelay(Duration.ofMillis(1))
            .timeout(Duration.ofSeconds(20))
            .events(events::add);
    servers.forEach(each -> builder.mirror(each.url()));
    servers.stream().findFirst().ifPresent(each -> builder.apiUrl(each.apiUrl()));
    return HexRepository.open(settings.apply(builder).build(), SOURCES);
  }

  /**
   * Reads fix as an indexer would, from /versions to the files, and says in a line how it went:
   * {@code fix 1.0.0: lib/fix.ex} or {@code BadTarball: …}.
   */
  String outcome() throws InterruptedException {
    try (HexRepository client = open()) {
      RegistryVersions versions = client.versions();
      List<ReleaseId> chosen = new ReleaseSelection.Latest(skipRetired).choose(versions);
      if (chosen.isEmpty()) {
        return "nothing" + problems(versions.problems());
      }
      ReleaseId release = chosen.getFirst();
      PackageReleases releases = client.packageReleases(release.name());
      PackageReleases.Release listed = releases.release(release.version()).orElse(null);
      if (listed == null) {
        return release + " not listed" + problems(releases.problems());
      }
      Tarball tarball = client.tarball(release, listed.checksum());
      return release
          + ":"
          + tarball.files().stream().map(each -> " " + each.path()).collect(Collectors.joining())
          + retirement(listed.retirement())
          + problems(tarball.problems());
    } catch (HexException e) {
      return e.getClass().getSimpleName() + ": " + e.getMessage();
    }
  }

  private static String retirement(@Nullable Retirement retirement) {
    return retirement == null ? "" : " retired " + retirement.reason();
  }

  private static String problems(List<?> problems) {
    return problems.isEmpty()
        ? ""
        : problems.stream().map(String::valueOf).collect(Collectors.joining("; ", " | ", ""));
  }

  @Override
  public void close() {
    servers.forEach(HexServer::close);
  }
}
