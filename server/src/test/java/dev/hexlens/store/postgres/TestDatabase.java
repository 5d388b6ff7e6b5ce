package dev.hexlens.store.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Databases for tests of whatever is built on them: real ones, in a server that all tests of a
 * process share. Opening one takes some 50 ms once the server runs.
 */
public final class TestDatabase {
  private TestDatabase() {}

  /** An empty prefix with HexLens' schema; one of that name that an earlier run left is dropped. */
  public static Database empty(String prefix) {
    DatabaseConfig config = config(prefix);
    Database.dropPrefix(config, note -> {});
    return Database.open(config, note -> {});
  }

  /** The home of that server, as HEXLENS_HOME names it. */
  public static Path home() {
    return TestHome.shared();
  }

  /** An empty home with a server of its own, for tests that do harm to it. */
  public static Path freshHome(Path folder) throws IOException {
    return TestHome.fresh(folder);
  }

  /** The server of a home. */
  public static ProcessHandle server(Path home) throws IOException {
    Path file = home.resolve("postgres").resolve("data").resolve(PostmasterPid.FILE);
    return ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst())).orElseThrow();
  }

  /** Makes a home that JUnit can delete. */
  public static void removeLinks(Path home) throws IOException {
    TestHome.removeLinks(home);
  }

  /** How {@link #empty} opens it: to open the same prefix once more. */
  public static DatabaseConfig config(String prefix) {
    return DatabaseConfig.embedded(TestHome.shared(), new Prefix(prefix));
  }
}
