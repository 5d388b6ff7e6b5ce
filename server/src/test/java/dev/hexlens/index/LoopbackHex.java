package dev.hexlens.index;

import dev.hexlens.fixtures.FixtureHexRepository;
import dev.hexlens.fixtures.HexServer;
import dev.hexlens.fixtures.HexTarball;
import dev.hexlens.hex.HexException;
import dev.hexlens.hex.HexRepository;
import dev.hexlens.hex.HexSettings;
import dev.hexlens.hex.RegistryKey;
import dev.hexlens.hex.ReleaseSelection;
import dev.hexlens.hex.ReleaseSource;
import dev.hexlens.store.postgres.Database;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** A Hex repository on loopback, and runs of the indexer over it. */
public final class LoopbackHex implements AutoCloseable {
  private static final Path PACKAGES = Path.of("..", "test-fixtures", "packages");
  public static final Path CACHE = Path.of("target", "hexlens-repositories").toAbsolutePath();

  private FixtureHexRepository repository;
  private HexServer server;

  private LoopbackHex(FixtureHexRepository repository) throws IOException {
    this.repository = repository;
    this.server = HexServer.serve(repository.root());
  }

  /** All fixture packages in all their versions, and these tarballs. */
  public static LoopbackHex ofFixturesAnd(HexTarball... more) throws IOException {
    FixtureHexRepository.Builder builder = FixtureHexRepository.builder(CACHE).packages(PACKAGES);
    return of(builder, more);
  }

  /** These tarballs. */
  public static LoopbackHex of(HexTarball... tarballs) throws IOException {
    return of(builder(), tarballs);
  }

  /** What is built, and these tarballs. */
  public static LoopbackHex of(FixtureHexRepository.Builder builder, HexTarball... more)
      throws IOException {
    for (HexTarball each : more) {
      builder.release(each);
    }
    return new LoopbackHex(builder.build());
  }

  /** An empty repository. */
  public static FixtureHexRepository.Builder builder() {
    return FixtureHexRepository.builder(CACHE);
  }

  /** Serves something else at the same address. */
  public void become(FixtureHexRepository.Builder builder) throws IOException {
    int port = server.url().getPort();
    server.close();
    repository = builder.build();
    server = HexServer.serve(repository.root(), port);
  }

  /** The server. */
  public HexServer server() {
    return server;
  }

  /** Where it is served. */
  public URI url() {
    return server.url();
  }

  /** What it is signed with. */
  public Path publicKey() {
    return repository.publicKey();
  }

  /** A client of it that does not wait long before it tries again. */
  public ReleaseSource open() throws HexException {
    HexSettings settings =
        HexSettings.builder()
            .mirror(server.url())
            .key(RegistryKey.read(repository.publicKey()))
            .attempts(2)
            .retryDelay(Duration.ofMillis(1))
            .build();
    return HexRepository.open(settings, path -> SourceLanguage.of(path).isPresent());
  }

  /** Indexes the latest releases. */
  public IndexReport index(Database database) throws HexException, InterruptedException {
    return index(database, false);
  }

  /** Indexes every release. */
  public IndexReport indexAll(Database database) throws HexException, InterruptedException {
    return index(database, new ReleaseSelection.All(false), "all", false);
  }

  IndexReport index(Database database, boolean force) throws HexException, InterruptedException {
    return index(database, new ReleaseSelection.Latest(false), "latest", force);
  }

  private IndexReport index(
      Database database, ReleaseSelection selection, String reason, boolean force)
      throws HexException, InterruptedException {
    HexIndexer.Options options = new HexIndexer.Options(selection, reason, 2, force);
    try (ReleaseSource source = open()) {
      return new HexIndexer(database, source, options, event -> {}).run();
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
