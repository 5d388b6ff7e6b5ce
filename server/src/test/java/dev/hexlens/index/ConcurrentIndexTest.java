package dev.hexlens.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.fixtures.FixtureRelease;
import dev.hexlens.fixtures.HexTarball;
import dev.hexlens.hex.Checksum;
import dev.hexlens.hex.PackageReleases;
import dev.hexlens.hex.RegistryNames;
import dev.hexlens.hex.RegistryVersions;
import dev.hexlens.hex.ReleaseId;
import dev.hexlens.hex.ReleaseSelection;
import dev.hexlens.hex.ReleaseSource;
import dev.hexlens.hex.Tarball;
import dev.hexlens.store.Claims;
import dev.hexlens.store.StoreRows;
import dev.hexlens.store.Worker;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several runs on one store at once: each release is indexed by one of them, once. */
final class ConcurrentIndexTest {
  private static final String PREFIX = "concurrent_index_test";
  private static final int PACKAGES = 30;

  private Database database;

  @BeforeEach
  void open() {
    database = TestDatabase.empty(PREFIX);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void twoRunsAtOnceShareTheWork() throws Exception {
    try (LoopbackHex hex = LoopbackHex.of(packages("1.0.0"));
        Database other = Database.open(TestDatabase.config(PREFIX), note -> {});
        ExecutorService executor = Executors.newFixedThreadPool(2)) {
      CyclicBarrier together = new CyclicBarrier(2);
      Future<IndexReport> one = executor.submit(() -> afterAll(together, hex, database));
      Future<IndexReport> two = executor.submit(() -> afterAll(together, hex, other));

      assertThat(one.get().indexed() + two.get().indexed()).isEqualTo(PACKAGES);
      assertThat(one.get().failures()).isEmpty();
      assertThat(two.get().failures()).isEmpty();
      assertThat(hex.server().requests("/tarballs/.*")).hasSize(PACKAGES);
      assertThat(StoreRows.of(database)).isEqualTo(alone(hex));
      assertThat(StoreRows.orphans(database)).isEmpty();
    }
  }

  @Test
  void whatAnotherRunHasDoneSinceThisOnePlannedIsLeftAsItIs() throws Exception {
    try (LoopbackHex hex = LoopbackHex.of(packages("1.0.0"));
        ReleaseSource source = hex.open()) {
      ReleaseSource overtaken = before(source, hex);
      HexIndexer.Options options =
          new HexIndexer.Options(new ReleaseSelection.Latest(false), "latest", 2, false);

      IndexReport late = new HexIndexer(database, overtaken, options, event -> {}).run();

      assertThat(late.indexed()).isZero();
      assertThat(late.skipped()).isEqualTo(PACKAGES);
      assertThat(hex.server().requests("/tarballs/.*")).hasSize(PACKAGES);
      assertThat(StoreRows.of(database)).isEqualTo(alone(hex));
    }
  }

  @Test
  void anOlderVersionThatARunPlannedNeverReplacesANewerOneStoredMeanwhile() throws Exception {
    try (LoopbackHex stale = LoopbackHex.of(packages("1.0.0"));
        LoopbackHex fresh = LoopbackHex.of(packages("1.1.0"));
        ReleaseSource source = stale.open()) {
      HexIndexer.Options options =
          new HexIndexer.Options(new ReleaseSelection.Latest(false), "latest", 2, false);

      new HexIndexer(database, before(source, fresh), options, event -> {}).run();

      assertThat(StoreRows.query(database, "SELECT DISTINCT version, reasons FROM release"))
          .containsExactly("1.1.0 {latest}");
      assertThat(StoreRows.orphans(database)).isEmpty();
    }
  }

  @Test
  void aClaimHoldsUntilItsWorkerIsGone() throws Exception {
    Claims claims = new Claims(database);
    try (Worker first = new Worker(database)) {
      try (Worker second = new Worker(database)) {
        assertThat(claim(claims, first, Duration.ofHours(1))).isTrue();
        assertThat(claim(claims, second, Duration.ofHours(1))).isFalse();
        assertThat(claim(claims, first, Duration.ZERO)).isTrue();
        assertThat(claim(claims, second, Duration.ofHours(1))).as("after the lease").isTrue();
      }
      assertThat(claim(claims, first, Duration.ofHours(1))).as("after its end").isTrue();
    }
  }

  private static boolean claim(Claims claims, Worker worker, Duration lease) {
    return claims.claim("hex", "fix", "1.0.0", "00", null, worker.name(), lease);
  }

  private static IndexReport afterAll(CyclicBarrier together, LoopbackHex hex, Database database)
      throws Exception {
    together.await();
    return hex.index(database);
  }

  private static List<String> alone(LoopbackHex hex) throws Exception {
    try (Database clean = TestDatabase.empty("concurrent_index_test_alone")) {
      hex.index(clean);
      return StoreRows.of(clean);
    }
  }

  /** Lets a whole other run go by once the last package of the registry has been read. */
  private ReleaseSource before(ReleaseSource source, LoopbackHex other) {
    return new ReleaseSource() {
      @Override
      public String origin() {
        return source.origin();
      }

      private int left = PACKAGES;

      @Override
      public RegistryNames names() throws dev.hexlens.hex.HexException, InterruptedException {
        return source.names();
      }

      @Override
      public RegistryVersions versions() throws dev.hexlens.hex.HexException, InterruptedException {
        return source.versions();
      }

      @Override
      public PackageReleases packageReleases(String name)
          throws dev.hexlens.hex.HexException, InterruptedException {
        PackageReleases releases = source.packageReleases(name);
        synchronized (this) {
          left--;
          if (left == 0) {
            other.index(database);
          }
        }
        return releases;
      }

      @Override
      public Tarball tarball(ReleaseId release, Checksum checksum)
          throws dev.hexlens.hex.HexException, InterruptedException {
        return source.tarball(release, checksum);
      }

      @Override
      public void close() {
        source.close();
      }
    };
  }

  private static HexTarball[] packages(String version) {
    return IntStream.range(0, PACKAGES).mapToObj(i -> pack(i, version)).toArray(HexTarball[]::new);
  }

  /** Every third begins a chain, in which each imports from the one before. */
  private static HexTarball pack(int i, String version) {
    String own =
        """
        defmodule Own%d do
          %s
          @version "%s"
          def f%d(x), do: %s
        end
        """;
    String before = "pack%02d".formatted(i - 1);
    HexTarball.Builder tarball =
        HexTarball.of("pack%02d".formatted(i), version)
            .file("lib/shared.ex", "defmodule Shared do\n  def shared, do: :all\nend\n");
    return i % 3 == 0
        ? tarball.file("lib/own.ex", own.formatted(i, "", version, i, "x")).build()
        : tarball
            .file(
                "lib/own.ex",
                own.formatted(i, "import Own" + (i - 1), version, i, "f" + (i - 1) + "(x)"))
            .requirements(List.of(new FixtureRelease.Requirement(before, "~> 1.0", false, before)))
            .build();
  }
}
