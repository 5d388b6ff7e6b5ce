package dev.hexlens.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.fixtures.Fault;
import dev.hexlens.fixtures.FixtureHexRepository;
import dev.hexlens.fixtures.FixtureRelease;
import dev.hexlens.fixtures.HexServer;
import dev.hexlens.fixtures.HexTarball;
import dev.hexlens.store.StoreRows;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.TestDatabase;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a run over a registry asks for, and does, that an earlier run has seen. */
final class RefreshTest {
  private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant LATER = Instant.parse("2026-02-01T00:00:00Z");

  private Database database;

  @BeforeEach
  void open() {
    database = TestDatabase.empty("refresh_test");
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void ofAnUnchangedRegistryOnlyTheListsAreRead() throws Exception {
    try (LoopbackHex hex = serve(one("first"), bare("logo"))) {
      IndexReport first = hex.index(database);
      assertThat(first.indexed()).isEqualTo(2);
      assertThat(first.skipped()).isEqualTo(1);
      int before = hex.server().requests().size();

      IndexReport second = hex.index(database);

      assertThat(second.alreadyThere()).isEqualTo(2);
      assertThat(second.skipped()).isEqualTo(1);
      assertThat(newRequests(hex.server(), before)).containsExactly("/versions", "/names");
    }
  }

  /** As after an update of HexLens that reads Elixir in another way. */
  @Test
  void whatAnotherVersionReadIsReadAgainFromTheStore() throws Exception {
    try (LoopbackHex hex = serve(one("first"), bare("logo"))) {
      hex.index(database);
      List<String> rows = StoreRows.of(database);
      database.useTransaction(
          Cancellation.NONE,
          connection -> {
            try (Statement statement = connection.createStatement()) {
              statement.executeUpdate(
                  "UPDATE extraction SET extractor = extractor - 1, tree = NULL");
            }
          });
      int before = hex.server().requests().size();

      IndexReport report = hex.index(database);

      assertThat(report.indexed()).isEqualTo(2);
      assertThat(newRequests(hex.server(), before)).containsExactly("/versions", "/names");
      assertThat(StoreRows.of(database)).isEqualTo(rows);
      assertThat(hex.index(database).indexed()).isZero();
    }
  }

  @Test
  void onlyThePackageThatChangedIsAskedFor() throws Exception {
    try (LoopbackHex hex = serve(one("first"), bare("logo"))) {
      hex.index(database);
      hex.become(repository(one("first"), one2("second"), bare("logo")).updated("one", LATER));

      IndexReport report = hex.index(database);

      assertThat(report.indexed()).isEqualTo(1);
      assertThat(report.superseded()).isEqualTo(1);
      assertThat(newRequests(hex.server(), 0))
          .containsExactly("/versions", "/names", "/packages/one", "/tarballs/one-1.1.0.tar");
    }
  }

  @Test
  void aRepublishedTarballIsNoticed() throws Exception {
    try (LoopbackHex hex = serve(one("first"))) {
      hex.index(database);
      hex.become(repository(one("second")).updated("one", LATER));

      assertThat(hex.index(database).indexed()).isEqualTo(1);

      assertThat(checksum()).isEqualTo(checksum(one("second")));
    }
  }

  /** An edge may have served the old package beside the new list. */
  @Test
  void ofWhatChangedAMomentAgoTheChecksumIsLookedAtAgain() throws Exception {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    try (LoopbackHex hex = serve(one("first"))) {
      hex.become(repository(one("first")).updated("one", now));
      hex.index(database);
      hex.become(repository(one("second")).updated("one", now));

      assertThat(hex.index(database).indexed()).isEqualTo(1);

      assertThat(checksum()).isEqualTo(checksum(one("second")));
    }
  }

  @Test
  void whereTheRegistryTellsNoTimesEachPackageIsAskedForButNothingDownloaded() throws Exception {
    try (LoopbackHex hex = serve(one("first"), bare("logo"))) {
      hex.server().fault("/names", Fault.status(404));
      hex.index(database);
      int before = hex.server().requests().size();

      IndexReport again = hex.index(database);

      assertThat(again.problems()).anyMatch(each -> each.contains("/names is on no mirror"));
      assertThat(again.skipped()).isEqualTo(1);
      assertThat(newRequests(hex.server(), before))
          .contains("/packages/one", "/packages/logo")
          .noneMatch(each -> each.startsWith("/tarballs"));
    }
  }

  @Test
  void aStaleRegistryDoesNotBringAnOldTarballBack() throws Exception {
    try (LoopbackHex hex = serve(one("first"))) {
      hex.become(repository(one("second")).updated("one", LATER));
      hex.index(database);
      List<String> before = StoreRows.of(database);
      hex.become(repository(one("first")).updated("one", LONG_AGO));

      IndexReport stale = hex.index(database);

      assertThat(stale.indexed()).isZero();
      assertThat(stale.problems()).anyMatch(each -> each.startsWith("one 1.0.0 is kept"));
      assertThat(StoreRows.of(database)).isEqualTo(before);
      assertThat(hex.index(database, true).indexed()).isEqualTo(2);
      assertThat(checksum()).isEqualTo(checksum(one("first")));
    }
  }

  @Test
  void aTruncatedRegistryRemovesNothing() throws Exception {
    try (LoopbackHex hex = serve(one("first"), bare("logo"))) {
      hex.index(database);
      List<String> before = StoreRows.of(database);
      hex.become(repository().release(HexTarball.of("tiny", "1.0.0").build()));

      IndexReport report = hex.index(database);

      assertThat(report.superseded()).isZero();
      assertThat(StoreRows.of(database)).isEqualTo(before);
      hex.become(FixtureHexRepository.builder(LoopbackHex.CACHE));
      assertThat(hex.index(database).failures()).isEmpty();
      assertThat(StoreRows.of(database)).isEqualTo(before);
    }
  }

  @Test
  void whatWasLinkedWithoutADependencyIsLinkedAgainWhenThatHasCome() throws Exception {
    try (LoopbackHex hex = serve(one("first"), bare("logo"));
        Database clean = TestDatabase.empty("refresh_test_clean")) {
      hex.index(clean);
      hex.server().fault("/tarballs/one-.*", Fault.status(500));
      IndexReport without = hex.index(database);
      assertThat(without.failures()).hasSize(1);
      assertThat(without.indexed()).isEqualTo(1);
      assertThat(StoreRows.of(database)).isNotEqualTo(StoreRows.of(clean));
      hex.server().heal();

      IndexReport with = hex.index(database);

      assertThat(with.failures()).isEmpty();
      assertThat(StoreRows.of(database)).isEqualTo(StoreRows.of(clean));
      assertThat(StoreRows.query(database, "SELECT * FROM linked_without")).isEmpty();
      assertThat(hex.index(database).indexed()).isZero();
    }
  }

  /** The same where the registry's file of the dependency is what fails. */
  @Test
  void soIsWhatMissedTheDependencyInTheRegistry() throws Exception {
    try (LoopbackHex hex = serve(one("first"), bare("logo"));
        Database clean = TestDatabase.empty("refresh_test_clean")) {
      hex.index(clean);
      hex.server().fault("/packages/one", Fault.status(500));
      assertThat(hex.index(database).failures()).hasSize(1);
      hex.server().heal();
      hex.index(database);

      assertThat(StoreRows.of(database)).isEqualTo(StoreRows.of(clean));
    }
  }

  private String checksum() {
    return StoreRows.query(
            database,
            "SELECT checksum FROM release JOIN package USING (package_id) WHERE name = 'one'")
        .getFirst();
  }

  private static String checksum(HexTarball tarball) {
    return HexFormat.of().formatHex(tarball.release().outerChecksum());
  }

  private static LoopbackHex serve(HexTarball... tarballs) throws Exception {
    return LoopbackHex.of(repository(tarballs));
  }

  /** These, and a package that uses one. */
  private static FixtureHexRepository.Builder repository(HexTarball... tarballs) throws Exception {
    FixtureHexRepository.Builder builder = LoopbackHex.builder();
    for (HexTarball each : tarballs) {
      builder.release(each);
    }
    return builder.release(
        HexTarball.of("user", "1.0.0")
            .file("lib/user.ex", "defmodule User do\n  import One\n  def f, do: helper()\nend\n")
            .requirements(List.of(new FixtureRelease.Requirement("one", "~> 1.0", false, "one")))
            .build());
  }

  private static HexTarball one(String function) {
    return one("1.0.0", function);
  }

  private static HexTarball one2(String function) {
    return one("1.1.0", function);
  }

  private static HexTarball one(String version, String function) {
    return HexTarball.of("one", version)
        .file(
            "lib/one.ex",
            "defmodule One do\n  def helper, do: 1\n  def %s, do: 1\nend\n".formatted(function))
        .build();
  }

  private static HexTarball bare(String name) {
    return HexTarball.of(name, "1.0.0").file("priv/logo.svg", "<svg/>").build();
  }

  private static List<String> newRequests(HexServer server, int before) {
    return server.requests().stream().skip(before).map(HexServer.Request::path).toList();
  }
}
