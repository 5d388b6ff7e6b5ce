package dev.hexlens.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.Main;
import dev.hexlens.fixtures.FixtureRelease;
import dev.hexlens.fixtures.HexTarball;
import dev.hexlens.store.StoreRows;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.DatabaseConfig;
import dev.hexlens.store.postgres.Prefix;
import dev.hexlens.store.postgres.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is killed while it indexes, and whenever: the next run completes the store to the same
 * rows as a run that nobody disturbed, nothing half and nothing twice.
 */
final class InterruptedIndexTest {
  private static final int PACKAGES = 40;
  private static final int KILLS = 10;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @TempDir private Path folder;
  private LoopbackHex older;
  private LoopbackHex newer;

  @BeforeEach
  void serve() throws IOException {
    older = LoopbackHex.of(packages("1.0.0"));
    newer =
        LoopbackHex.ofFixturesAnd(
            Stream.concat(Stream.of(packages("1.0.0")), Stream.of(packages("1.1.0")))
                .toArray(HexTarball[]::new));
  }

  @AfterEach
  void close() {
    older.close();
    newer.close();
  }

  @Test
  void aKilledIndexerLeavesWhatTheNextRunCompletes() throws Exception {
    try (Database database = TestDatabase.empty("interrupted_index_test")) {
      older.index(database);
      for (int kill = 0; kill < KILLS; kill++) {
        Process indexing = start(TestDatabase.home(), "interrupted_index_test");
        waitForSomeOf(indexing);
        indexing.destroyForcibly().waitFor();
      }
      finish(TestDatabase.home(), "interrupted_index_test");

      assertThat(StoreRows.of(database)).as("seed %d", seed).isEqualTo(undisturbed());
      assertThat(StoreRows.orphans(database)).isEmpty();
    }
  }

  @Test
  void aKilledServerLeavesWhatTheNextRunCompletes() throws Exception {
    Path home = TestDatabase.freshHome(folder);
    DatabaseConfig config = DatabaseConfig.embedded(home, new Prefix("hex"));
    try (Database database = Database.open(config, note -> {})) {
      older.index(database);
      Process indexing = start(home, "hex");
      waitForSomeOf(indexing);
      TestDatabase.server(home).destroyForcibly();
      indexing.inputReader(StandardCharsets.UTF_8).lines().forEach(line -> {});
      // It may have gone on with a server that came back, or given up and said so.
      assertThat(indexing.waitFor()).isIn(0, 2, 3);
      finish(home, "hex");

      assertThat(StoreRows.of(database)).as("seed %d", seed).isEqualTo(undisturbed());
      assertThat(StoreRows.orphans(database)).isEmpty();
    } finally {
      TestDatabase.removeLinks(folder);
    }
  }

  private List<String> undisturbed() throws Exception {
    try (Database clean = TestDatabase.empty("undisturbed_index_test")) {
      older.index(clean);
      newer.index(clean);
      return StoreRows.of(clean);
    }
  }

  /** Runs until it knows what is to be done, and then for some lines and milliseconds more. */
  private void waitForSomeOf(Process indexing) throws IOException, InterruptedException {
    BufferedReader lines = indexing.inputReader(StandardCharsets.UTF_8);
    String line;
    do {
      line = lines.readLine();
    } while (line != null && !line.contains("of them there already"));
    for (int more = random.nextInt(6); line != null && more > 0; more--) {
      line = lines.readLine();
    }
    Thread.sleep(random.nextInt(40));
  }

  private void finish(Path home, String prefix) throws IOException, InterruptedException {
    Process run = start(home, prefix);
    List<String> said = run.inputReader(StandardCharsets.UTF_8).lines().toList();
    assertThat(run.waitFor()).as("%s, seed %d", said, seed).isZero();
  }

  /** {@code hexlens index hex} over the newer repository, in a process of its own. */
  private Process start(Path home, String prefix) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "index",
                "hex",
                "--mirror",
                newer.url().toString(),
                "--registry-key",
                newer.publicKey().toString(),
                "--prefix",
                prefix)
            .redirectErrorStream(true);
    builder.environment().put("HEXLENS_HOME", home.toString());
    builder.environment().remove("HEXLENS_DATABASE_URL");
    return builder.start();
  }

  /** Packages in a chain, each with a file that all share, one that stays and one that changes. */
  private static HexTarball[] packages(String version) {
    return IntStream.range(0, PACKAGES)
        .mapToObj(i -> {
          String before = i == 0 ? "Enum" : "Chain" + (i - 1);
          HexTarball.Builder tarball =
              HexTarball.of("chain%02d".formatted(i), version)
                  .file("lib/shared.ex", "defmodule Shared do\n  def shared, do: :all\nend\n")
                  .file(
                      "lib/stays.ex",
                      "defmodule Stays%d do\n  def f(x), do: %s.to_list(x)\nend\n"
                          .formatted(i, before))
                  .file(
                      "lib/chain.ex",
                      """
                      defmodule Chain%d do
                        import %s
                        @version "%s"
                        def to_list(x), do: x |> Enum.map(&(&1 + %d)) |> %s.to_list()
                        def version, do: @version
                      end
                      """
                          .formatted(i, before, version, i, before));
          if (i > 0) {
            String name = "chain%02d".formatted(i - 1);
            tarball.requirements(
                List.of(new FixtureRelease.Requirement(name, "~> 1.0", false, name)));
          }
          return tarball.build();
        })
        .toArray(HexTarball[]::new);
  }
}
