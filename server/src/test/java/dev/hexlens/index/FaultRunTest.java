package dev.hexlens.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.fixtures.Fault;
import dev.hexlens.fixtures.FixtureHexRepository;
import dev.hexlens.fixtures.HexTarball;
import dev.hexlens.store.StoreRows;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.DatabaseConfig;
import dev.hexlens.store.postgres.Prefix;
import dev.hexlens.store.postgres.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything that goes wrong in a long run: mirrors that die, refuse, or send half; a database that
 * crashes; processes that are killed. What is there in the end is what a run that nobody disturbed
 * leaves, row by row.
 *
 * <p>{@code -Dhexlens.fault.kills=20} is the full form.
 */
final class FaultRunTest {
  private static final int KILLS = Integer.getInteger("hexlens.fault.kills", 4);

  private final long seed = Long.getLong("hexlens.fault.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @TempDir private Path folder;

  @Test
  void whateverHappensTheRowsAreThoseOfARunThatNobodyDisturbed() throws Exception {
    Path home = TestDatabase.freshHome(folder);
    DatabaseConfig config = DatabaseConfig.embedded(home, new Prefix("hex"));
    List<String> happened = new ArrayList<>();
    try (LoopbackHex first = LoopbackHex.of(repository());
        LoopbackHex second = LoopbackHex.of(repository());
        Database database = Database.open(config, note -> {})) {
      for (int kill = 0; kill < KILLS; kill++) {
        happened.add(trouble(first, second));
        IndexProcess indexing = start(home, first, second);
        indexing.awaitSome(random);
        if (kill % 4 == 3) {
          happened.add("the database crashes");
          TestDatabase.server(home).destroyForcibly();
          Thread.sleep(random.nextInt(200));
        }
        indexing.kill();
        first.server().heal();
        second.become(repository());
      }
      IndexProcess last = start(home, first, second);
      int exit = last.await();

      assertThat(exit).as("%s after %s, seed %d", last.said(), happened, seed).isZero();
      assertThat(StoreRows.of(database))
          .as("after %s, seed %d", happened, seed)
          .isEqualTo(undisturbed(first));
      assertThat(StoreRows.orphans(database)).isEmpty();
      assertThat(StoreRows.query(database, "SELECT * FROM linked_without")).isEmpty();
    } finally {
      TestDatabase.removeLinks(folder);
    }
  }

  @Test
  void ofTwoProcessesTheOneThatLivesDoesWhatTheKilledOneHadInWork() throws Exception {
    String prefix = "fault_run_test";
    try (Database database = TestDatabase.empty(prefix);
        LoopbackHex hex = LoopbackHex.of(repository())) {
      // All others depend on this one.
      hex.server().fault("/tarballs/chain00-.*", 1, new Fault.Stall(Duration.ofMinutes(5)));
      IndexProcess killed = IndexProcess.start(TestDatabase.home(), prefix, hex);
      killed.awaitPlan();
      while (hex.server().requests("/tarballs/chain00-.*").isEmpty()) {
        Thread.sleep(20);
      }
      IndexProcess living = IndexProcess.start(TestDatabase.home(), prefix, hex);
      living.awaitPlan();
      Thread.sleep(500);
      killed.kill();
      int exit = living.await();

      assertThat(exit).as("%s", living.said()).isZero();
      assertThat(StoreRows.of(database)).isEqualTo(undisturbed(hex));
      assertThat(StoreRows.orphans(database)).isEmpty();
      assertThat(
              StoreRows.query(
                  database, "SELECT count(*) FROM release WHERE claimed_by IS NOT NULL"))
          .containsExactly("0");
    }
  }

  /** Lets something go wrong with the mirrors, and says what. */
  private String trouble(LoopbackHex first, LoopbackHex second) {
    String some = "/tarballs/chain[0-3]" + random.nextInt(10) + "-.*";
    return switch (random.nextInt(5)) {
      case 0 -> {
        first.server().fault("/tarballs/.*", 8, new Fault.ShortBody(random.nextDouble()));
        yield "bodies are short";
      }
      case 1 -> {
        first.server().fault("/.*", 6, Fault.tooManyRequests(0));
        yield "too many requests";
      }
      case 2 -> {
        first.server().fault("/packages/.*", 5, Fault.status(503));
        first.server().fault(some, Fault.status(500));
        second.server().fault(some, Fault.status(500));
        yield some + " is on no mirror";
      }
      case 3 -> {
        first.server().fault("/tarballs/.*", 5, new Fault.Corrupt());
        yield "a mirror lies";
      }
      default -> {
        second.close();
        yield "a mirror is dead";
      }
    };
  }

  private static FixtureHexRepository.Builder repository() throws IOException {
    FixtureHexRepository.Builder builder = LoopbackHex.builder();
    for (HexTarball each : ChainPackages.of("1.0.0")) {
      builder.release(each);
    }
    return builder;
  }

  private static List<String> undisturbed(LoopbackHex hex) throws Exception {
    try (Database clean = TestDatabase.empty("fault_run_test_clean")) {
      hex.index(clean);
      return StoreRows.of(clean);
    }
  }

  private static IndexProcess start(Path home, LoopbackHex first, LoopbackHex second)
      throws IOException {
    return IndexProcess.start(
        home, "hex", first, "--mirror", second.url().toString(), "--attempts", "2");
  }
}
