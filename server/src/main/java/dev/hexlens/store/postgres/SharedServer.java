package dev.hexlens.store.postgres;

import dev.hexlens.store.postgres.DatabaseException.Kind;
import dev.hexlens.store.postgres.EmbeddedServer.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * One home's server as this process sees it: counts the uses inside the process and holds one lock
 * for all of them, since locks of the operating system belong to processes. One instance a home,
 * for as long as the process lives.
 */
final class SharedServer {

  private static final Map<Path, SharedServer> INSTANCES = new ConcurrentHashMap<>();

  /** How long the end of the process may wait for a thread that starts or stops the server. */
  private static final Duration AT_EXIT = Duration.ofSeconds(20);

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(SharedServer::leaveAll, "hexlens-database"));
  }

  private final Path home;
  private final Path folder;
  private final Ports ports;
  private final ReentrantLock guard = new ReentrantLock();

  private int uses;
  private @Nullable ServerLocks locks;
  private @Nullable EmbeddedServer server;
  private volatile @Nullable Running running;

  SharedServer(Path home, Ports ports) {
    this.home = home;
    this.folder = home.resolve("postgres");
    this.ports = ports;
  }

  /** The one instance of a home, whatever path leads to it. */
  static SharedServer of(Path home) {
    Path real = home.toAbsolutePath().normalize();
    try {
      if (Files.exists(real)) {
        real = real.toRealPath();
      } else if (real.getParent() != null && Files.exists(real.getParent())) {
        real = real.getParent().toRealPath().resolve(real.getFileName());
      }
    } catch (IOException e) {
      throw Diagnosis.of(e, real);
    }
    return INSTANCES.computeIfAbsent(real, path -> new SharedServer(path, Ports.ofSystem()));
  }

  /** Begins a use; the server then runs. Pair it with {@link #leave()}. */
  Running enter(Consumer<String> notes) {
    return guarded(() -> {
      Running found = running;
      if (uses > 0 && found != null && found.process().isAlive()) {
        uses++;
        return found;
      }
      EmbeddedServer theServer = open();
      ServerLocks theLocks = locks();
      try (var _ = theLocks.takeTurn(ServerLocks.PATIENCE, notes)) {
        theLocks.beginUse();
        try {
          Running ready = theServer.ensureRunning(notes);
          running = ready;
          uses++;
          return ready;
        } finally {
          if (uses == 0) {
            theLocks.endUse();
          }
        }
      } finally {
        closeIfUnused();
      }
    });
  }

  /** After the server was lost: as {@link #enter}, but for a use that has begun. */
  Running reenter(Consumer<String> notes) {
    return guarded(() -> {
      try (var _ = locks().takeTurn(ServerLocks.PATIENCE, notes)) {
        Running ready = open().ensureRunning(notes);
        running = ready;
        return ready;
      }
    });
  }

  /** Ends a use. The last one out of the last process stops the server, unless it is kept. */
  void leave() {
    guarded(() -> {
      uses--;
      if (uses == 0) {
        goOut();
      }
      return uses;
    });
  }

  /** Whether the server's process lives that the last entry saw. */
  boolean isAlive() {
    Running seen = running;
    return seen != null && seen.process().isAlive();
  }

  /** Has the running server stay when its last user leaves. Call it during a use. */
  void keep() {
    guarded(() -> {
      if (running != null) {
        Files.writeString(keepFile(), runOf(running));
      }
      return true;
    });
  }

  /**
   * Stops the server, kept or not.
   *
   * @param force also where somebody uses it
   * @return whether it ran
   */
  boolean stop(boolean force, Consumer<String> notes) {
    return guarded(() -> {
      if (!Files.isDirectory(folder)) {
        return false;
      }
      EmbeddedServer theServer = open();
      try (var _ = locks().takeTurn(ServerLocks.PATIENCE, notes)) {
        if (theServer.find().isEmpty()) {
          return false;
        }
        if (!force && (uses > 0 || locks().othersUse())) {
          throw new DatabaseException(
              Kind.BUSY,
              "Other HexLens processes use the database: end them, or stop it all the same"
                  + " with --force");
        }
        theServer.stop();
        Files.deleteIfExists(keepFile());
        return true;
      } finally {
        closeIfUnused();
      }
    });
  }

  /**
   * What is there, without starting or making anything.
   *
   * @param running empty where the server is stopped
   * @param data the data folder, which need not exist
   * @param used whether any process uses it, this one included
   * @param kept whether it stays when nobody does
   */
  record Look(Optional<Running> running, DataFolder data, boolean used, boolean kept) {}

  Look look() {
    return guarded(() -> {
      if (!Files.isDirectory(folder)) {
        var absent = new DataFolder(folder);
        return new Look(Optional.empty(), absent, false, false);
      }
      EmbeddedServer theServer = open();
      try (var _ = locks().takeTurn(ServerLocks.PATIENCE, note -> {})) {
        Optional<Running> found = theServer.find();
        boolean kept = found.isPresent() && isKept(found.get());
        boolean used = uses > 0 || locks().othersUse();
        return new Look(found, theServer.data(), used, kept);
      } finally {
        closeIfUnused();
      }
    });
  }

  private void goOut() throws IOException {
    try (var _ = locks().takeTurn(ServerLocks.PATIENCE, note -> {})) {
      try {
        if (!locks().othersUse()) {
          Optional<Running> found = open().find();
          if (found.isPresent() && !isKept(found.get())) {
            open().stop();
          }
        }
      } finally {
        locks().endUse();
      }
    } finally {
      running = null;
      closeIfUnused();
    }
  }

  private boolean isKept(Running now) throws IOException {
    return Files.exists(keepFile()) && Files.readString(keepFile()).equals(runOf(now));
  }

  /** Names the run, not the wish: after a restart of the machine nothing is kept. */
  private static String runOf(Running server) {
    return server.process().pid() + " " + server.process().started() + "\n";
  }

  private Path keepFile() {
    return folder.resolve("keep");
  }

  private EmbeddedServer open() throws IOException {
    if (locks == null) {
      Account me = Account.current();
      makeFolder(me);
      locks = ServerLocks.open(folder);
      server = new EmbeddedServer(folder.toRealPath(), me, ports);
    }
    if (server == null) {
      throw new IllegalStateException("locks without a server");
    }
    return server;
  }

  private ServerLocks locks() {
    if (locks == null) {
      throw new IllegalStateException("no locks are open on " + folder);
    }
    return locks;
  }

  private void closeIfUnused() {
    if (uses == 0 && locks != null) {
      locks.close();
      locks = null;
      server = null;
    }
  }

  /** The user's own; root lets others through, as the server may have to run as another user. */
  private void makeFolder(Account me) throws IOException {
    for (Path path : new Path[] {home, folder}) {
      if (!Files.isDirectory(path)) {
        Files.createDirectories(path);
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
          String mode = me.isRoot() ? "rwx--x--x" : "rwx------";
          Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        }
      }
    }
  }

  /** What a shutdown hook can do: Ctrl-C and SIGTERM leave as orderly as an exit. */
  private static void leaveAll() {
    for (SharedServer server : INSTANCES.values()) {
      try {
        if (server.guard.tryLock(AT_EXIT.toMillis(), TimeUnit.MILLISECONDS)) {
          try {
            if (server.uses > 0) {
              server.uses = 0;
              server.goOut();
            }
          } finally {
            server.guard.unlock();
          }
        }
      } catch (IOException | RuntimeException | InterruptedException e) {
        LoggerFactory.getLogger(SharedServer.class).warn("The database server was left running", e);
      }
    }
  }

  private interface Step<T> {
    T run() throws IOException;
  }

  private <T> T guarded(Step<T> step) {
    guard.lock();
    try {
      return step.run();
    } catch (IOException e) {
      throw Diagnosis.of(e, home);
    } finally {
      guard.unlock();
    }
  }
}
