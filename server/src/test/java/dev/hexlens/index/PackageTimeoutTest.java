package dev.hexlens.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.fixtures.FixtureRelease;
import dev.hexlens.fixtures.HexTarball;
import dev.hexlens.hex.ReleaseId;
import dev.hexlens.hex.ReleaseSelection;
import dev.hexlens.hex.ReleaseSource;
import dev.hexlens.store.StoreRows;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A package that takes absurdly long does not hold up a run. */
final class PackageTimeoutTest {
  private final Database database = TestDatabase.empty("package_timeout_test");
  private volatile boolean over;

  @AfterEach
  void close() {
    over = true;
    database.close();
  }

  @Test
  @Timeout(60)
  void isReportedWithItsReasonAndTheRestGoesOn() throws Exception {
    try (LoopbackHex hex =
            LoopbackHex.of(pack("endless"), pack("needs", "endless"), pack("quick"));
        ReleaseSource source = endless(hex.open())) {
      HexIndexer.Options options =
          new HexIndexer.Options(
              new ReleaseSelection.Latest(false), "latest", 1, false, null, Duration.ofSeconds(4));

      IndexReport report = new HexIndexer(database, source, options, event -> {}).run();

      assertThat(report.failures())
          .containsExactly(
              new IndexReport.Failure(
                  "endless",
                  "1.0.0",
                  "gave up after 4 s (fetch); --package-timeout gives each package more time"));
      assertThat(indexed()).containsExactly("needs", "quick");

      over = true;
      IndexReport again = hex.index(database);

      assertThat(again.failures()).isEmpty();
      assertThat(indexed()).containsExactly("endless", "needs", "quick");
    }
  }

  private List<String> indexed() {
    return StoreRows.query(
        database,
        "SELECT name FROM release JOIN package USING (package_id) WHERE state = 'complete' ORDER BY 1");
  }

  private static HexTarball pack(String name, String... dependencies) {
    return HexTarball.of(name, "1.0.0")
        .file("lib/%s.ex".formatted(name), "defmodule M%s do\nend\n".formatted(name))
        .requirements(
            List.of(dependencies).stream()
                .map(each -> new FixtureRelease.Requirement(each, "~> 1.0", false, each))
                .toList())
        .build();
  }

  /** Of one package the tarball never comes, and who waits for it does not listen. */
  private ReleaseSource endless(ReleaseSource source) {
    return (ReleaseSource)
        Proxy.newProxyInstance(
            ReleaseSource.class.getClassLoader(),
            new Class<?>[] {ReleaseSource.class},
            (proxy, method, arguments) -> {
              boolean tarball = method.getName().equals("tarball");
              while (tarball && !over && ((ReleaseId) arguments[0]).name().equals("endless")) {
                Thread.onSpinWait();
              }
              try {
                return method.invoke(source, arguments);
              } catch (InvocationTargetException e) {
                throw Objects.requireNonNull(e.getCause());
              }
            });
  }
}
