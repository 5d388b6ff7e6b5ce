package dev.hexlens.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.fixtures.HexTarball;
import dev.hexlens.store.StoreRows;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.DatabaseConfig;
import dev.hexlens.store.postgres.Prefix;
import dev.hexlens.store.postgres.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
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
  private static final int KILLS = 10;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @TempDir private Path folder;
  private LoopbackHex older;
  private LoopbackHex newer;

  @BeforeEach
  void serve() throws IOException {
    older = LoopbackHex.of(ChainPackages.of("1.0.0"));
    newer =
        LoopbackHex.ofFixturesAnd(
            Stream.concat(
                    Stream.of(ChainPackages.of("1.0.0")), Stream.of(ChainPackages.of("1.1.0")))
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
        IndexProcess indexing = start(TestDatabase.home(), "interrupted_index_test");
        indexing.awaitSome(random);
        indexing.kill();
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
      IndexProcess indexing = start(home, "hex");
      indexing.awaitSome(random);
      TestDatabase.server(home).destroyForcibly();
      // It may have gone on with a server that came back, or given up and said so.
      assertThat(indexing.await()).isIn(0, 2, 3);
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

  private void finish(Path home, String prefix) throws IOException, InterruptedException {
    IndexProcess run = start(home, prefix);
    int exit = run.await();
    assertThat(exit).as("%s, seed %d", run.said(), seed).isZero();
  }

  private IndexProcess start(Path home, String prefix) throws IOException {
    return IndexProcess.start(home, prefix, newer);
  }
}
