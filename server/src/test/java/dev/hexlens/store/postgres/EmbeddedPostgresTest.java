package dev.hexlens.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexlens.store.postgres.DatabaseException.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One server, several processes: all of them real. */
class EmbeddedPostgresTest {

  @TempDir private static Path folder;
  private static Path home;

  @BeforeAll
  static void makeHome() throws IOException {
    home = TestHome.fresh(folder);
  }

  @AfterEach
  void stopServer() {
    EmbeddedPostgres.stop(home, true, note -> {});
  }

  @AfterAll
  static void removeLinks() throws IOException {
    TestHome.removeLinks(folder);
  }

  @Test
  void theFirstUseMakesADatabaseAndTheLastStopsTheServer() throws Exception {
    Leftovers.delete(data());
    var notes = new ArrayList<String>();
    try (var server = EmbeddedPostgres.use(home, notes::add)) {
      assertThat(notes).containsExactly("Making an empty database in " + data());
      assertThat(server.url().hosts()).startsWith("127.0.0.1:");
      assertThat(ask(server, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(ask(server, "SHOW unix_socket_directories")).isEmpty();
      assertThat(ask(server, "SELECT string_agg(auth_method, ' ') FROM pg_hba_file_rules"))
          .isEqualTo("scram-sha-256");
      assertThat(ask(server, "SHOW server_encoding")).isEqualTo("UTF8");
      assertThat(ask(server, "SELECT 'Ä' < 'z' COLLATE \"default\"")).isEqualTo("f");
      assertThat(ask(server, "SELECT error FROM pg_file_settings WHERE error IS NOT NULL"))
          .isEmpty();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile())))
          .isEqualTo("rw-------");
    }
    assertThat(isRunning()).isFalse();
  }

  @Test
  void theServerHasASessionOfItsOwn() throws Exception {
    try (var _ = EmbeddedPostgres.use(home, note -> {})) {
      long pid = running().pid();
      assertThat(sessionOf(pid)).isEqualTo(pid);
      assertThat(sessionOf(ProcessHandle.current().pid())).isNotEqualTo(pid);
    }
  }

  @Test
  void twoUsesInOneProcessShareIt() throws Exception {
    try (var first = EmbeddedPostgres.use(home, note -> {})) {
      try (var second = EmbeddedPostgres.use(home.resolve("."), note -> {})) {
        assertThat(second.url()).isEqualTo(first.url());
      }
      assertThat(ask(first, "SELECT 1")).isEqualTo("1");
    }
    assertThat(isRunning()).isFalse();
  }

  @Test
  void processesShareItAndTheLastOneOutStopsIt() throws Exception {
    try (var one = Child.start(home);
        var two = Child.start(home)) {
      String url = one.line();
      assertThat(url).startsWith("ready postgresql://hexlens@127.0.0.1:");
      assertThat(two.line()).isEqualTo(url);
      one.leave();
      assertThat(two.ask("query")).isEqualTo("answer 42");
      two.leave();
    }
    assertThat(isRunning()).isFalse();
  }

  @Test
  void aTerminatedProcessLeavesOrderly() throws Exception {
    try (var child = Child.start(home)) {
      assertThat(child.line()).startsWith("ready");
      child.terminate();
    }
    assertThat(isRunning()).isFalse();
  }

  @Test
  void aServerWhoseUserWasKilledIsFoundAgain() throws Exception {
    try (var child = Child.start(home)) {
      assertThat(child.line()).startsWith("ready");
      child.kill();
    }
    assertThat(isRunning()).isTrue();
    PostmasterPid left = running();
    try (var server = EmbeddedPostgres.use(home, note -> {})) {
      assertThat(ask(server, "SELECT 1")).isEqualTo("1");
      assertThat(running()).isEqualTo(left);
    }
    assertThat(isRunning()).isFalse();
  }

  @Test
  void aKilledServerIsStartedAgainForTheProcessThatUsesIt() throws Exception {
    try (var child = Child.start(home)) {
      assertThat(child.line()).startsWith("ready");
      PostmasterPid before = running();
      ProcessHandle.of(before.pid()).orElseThrow().destroyForcibly();
      until(() -> !before.isRunning());

      assertThat(child.ask("query")).isEqualTo("answer 42");
      assertThat(running().pid()).isNotEqualTo(before.pid());
      assertThat(running().port()).isEqualTo(before.port());
      child.leave();
    }
    assertThat(isRunning()).isFalse();
  }

  @Test
  void aServerThatDiedWithEverybodyIsStartedAgain() throws Exception {
    try (var child = Child.start(home)) {
      assertThat(child.line()).startsWith("ready");
      ProcessHandle.of(running().pid()).orElseThrow().destroyForcibly();
      child.kill();
    }
    try (var server = EmbeddedPostgres.use(home, note -> {})) {
      assertThat(ask(server, "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void aStalePidFileWithTheNumberOfALivingProcessIsNoServer() throws Exception {
    EmbeddedPostgres.use(home, note -> {}).close();
    // As after a restart of a container: this process now has the number that the server had.
    String stale =
        ProcessHandle.current().pid() + "\n" + data() + "\n1\n5432\n\n127.0.0.1\n\nready";
    Files.writeString(data().resolve(PostmasterPid.FILE), stale);
    try (var server = EmbeddedPostgres.use(home, note -> {})) {
      assertThat(ask(server, "SELECT 1")).isEqualTo("1");
      assertThat(running().pid()).isNotEqualTo(ProcessHandle.current().pid());
    }
  }

  @Test
  void whatAKilledFirstStartLeftIsSweptAway() throws Exception {
    Path half = Files.createDirectories(data().resolveSibling("data.new-1/base"));
    try (var server = EmbeddedPostgres.use(home, note -> {})) {
      assertThat(ask(server, "SELECT 1")).isEqualTo("1");
      assertThat(half.getParent()).doesNotExist();
    }
  }

  @Test
  void aFirstStartThatIsKilledIsBegunAnew() throws Exception {
    Leftovers.delete(data());
    try (var child = Child.start(home)) {
      // Its initdb lives on, and writes while the next one sweeps.
      until(() -> isInTheMaking(data().resolveSibling(".")));
      child.kill();
    }
    try (var server = EmbeddedPostgres.use(home, note -> {})) {
      assertThat(ask(server, "SELECT 1")).isEqualTo("1");
    }
  }

  private static boolean isInTheMaking(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.anyMatch(entry -> Files.exists(entry.resolve("base")));
    }
  }

  @Test
  void aStartedServerStaysUntilItIsStopped() throws Exception {
    EmbeddedPostgres.start(home, note -> {});
    EmbeddedPostgres.use(home, note -> {}).close();
    assertThat(isRunning()).isTrue();
    assertThat(EmbeddedPostgres.stop(home, false, note -> {})).isTrue();
    assertThat(isRunning()).isFalse();
    assertThat(EmbeddedPostgres.stop(home, false, note -> {})).isFalse();
  }

  @Test
  void aServerInUseIsStoppedByForceOnly() throws Exception {
    try (var child = Child.start(home)) {
      assertThat(child.line()).startsWith("ready");
      assertThatThrownBy(() -> EmbeddedPostgres.stop(home, false, note -> {}))
          .isInstanceOfSatisfying(
              DatabaseException.class, e -> assertThat(e.kind()).isEqualTo(Kind.BUSY))
          .hasMessageContaining("--force");
      assertThat(EmbeddedPostgres.stop(home, true, note -> {})).isTrue();
      assertThat(child.ask("query")).as("it is started again").isEqualTo("answer 42");
    }
  }

  private static Path data() throws IOException {
    return home.toRealPath().resolve("postgres/data");
  }

  private Path keyFile() throws IOException {
    return data().resolve(ServerKey.FILE);
  }

  private PostmasterPid running() throws IOException {
    return PostmasterPid.read(data()).orElseThrow();
  }

  private boolean isRunning() throws IOException {
    return PostmasterPid.read(data()).filter(PostmasterPid::isRunning).isPresent();
  }

  /** The sixth field of /proc/PID/stat; the second, in parentheses, may hold anything. */
  private static long sessionOf(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
    return Long.parseLong(fields.get(3));
  }

  static String ask(EmbeddedPostgres server, String sql) throws Exception {
    var connections = new Connections(server.url(), server.site(), Prefix.DEFAULT);
    try (var connection = connections.open(note -> {});
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : "";
    }
  }

  static void execute(EmbeddedPostgres server, String sql) throws Exception {
    var connections = new Connections(server.url(), server.site(), Prefix.DEFAULT);
    try (var connection = connections.open(note -> {});
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static void until(Callable<Boolean> condition) throws Exception {
    Instant end = Instant.now().plus(Duration.ofSeconds(10));
    while (!condition.call()) {
      assertThat(Instant.now()).as("waited 10 s in vain").isBefore(end);
      Thread.sleep(10);
    }
  }
}
