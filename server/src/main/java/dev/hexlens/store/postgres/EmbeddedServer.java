package dev.hexlens.store.postgres;

import dev.hexlens.store.postgres.DatabaseException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Starts, finds and stops the PostgreSQL server of one home. Knows nothing of who uses it: every
 * method that changes something is called during a {@link ServerLocks.Turn}.
 */
final class EmbeddedServer {

  /** A start after a crash replays up to max_wal_size of log. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** A stop writes all of shared_buffers at most; on a slow disk that is half a minute. */
  private static final Duration STUCK = Duration.ofSeconds(60);

  private static final Duration POLL = Duration.ofMillis(10);

  /** How often a start is tried that fails for a reason that may pass. */
  private static final int TRIES = 5;

  private final Path folder;
  private final DataFolder data;
  private final Account me;
  private final Ports ports;

  /**
   * The server of a folder.
   *
   * @param folder absolute, links resolved, writable; holds the programs, the data and the locks
   */
  EmbeddedServer(Path folder, Account me, Ports ports) {
    this.folder = folder;
    this.data = new DataFolder(folder);
    this.me = me;
    this.ports = ports;
  }

  DataFolder data() {
    return data;
  }

  /** A server that answers questions. */
  record Running(PostmasterPid process, ServerKey key) {

    PostgresUrl url() {
      return key.url();
    }
  }

  /** The server, if it runs. Needs no turn: what it says may be past when it is read. */
  Optional<Running> find() throws IOException {
    Optional<PostmasterPid> process = PostmasterPid.read(data.path());
    if (process.isEmpty() || !process.get().isReady() || !process.get().isRunning()) {
      return Optional.empty();
    }
    return Optional.of(new Running(process.get(), keyFor(process.get())));
  }

  /** Finds the server, or starts it; makes its programs and its data where they are missing. */
  Running ensureRunning(Consumer<String> notes) throws IOException {
    if (data.exists()) {
      data.check(me);
      Optional<Running> running = settled();
      if (running.isPresent()) {
        return running.get();
      }
    }
    Leftovers.sweep(folder);
    Binaries binaries = Binaries.unpack(folder, Platform.current(), notes);
    RunAs runAs = RunAs.choose(me, binaries, data.exists() ? Account.ownerOf(data.path()) : null);
    if (!data.exists()) {
      data.create(binaries, runAs, notes);
    }
    return start(binaries, runAs);
  }

  /**
   * Stops the server if it runs, disconnecting whoever is connected, and waits for its end: so that
   * the last commits reach the disk even where the end of this process ends a container.
   */
  void stop() throws IOException {
    Optional<Running> running = settled();
    if (running.isEmpty()) {
      return;
    }
    Binaries binaries = Binaries.unpack(folder, Platform.current(), note -> {});
    RunAs runAs = RunAs.choose(me, binaries, Account.ownerOf(data.path()));
    PostmasterPid process = running.get().process();
    // Asked to stop while it recovers from a crash, PostgreSQL 18.6 waits for ever for its own
    // workers.
    await(STUCK, pid -> pid.isEmpty() || !pid.get().isRunning() || pid.get().acceptsConnections());
    ChildProcess.run(
        folder,
        runAs.command(
            List.of(
                binaries.program("pg_ctl"),
                "stop",
                "--pgdata=" + data.path(),
                "--mode=fast",
                "--no-wait")));
    awaitEnd(process);
  }

  /** The server when it is neither starting nor stopping any more; empty if there is none then. */
  private Optional<Running> settled() throws IOException {
    boolean settled =
        await(
            PATIENCE,
            pid ->
                pid.isEmpty()
                    || !pid.get().isRunning()
                    || pid.get().isReady()
                    || pid.get().isStopping());
    Optional<PostmasterPid> process = PostmasterPid.read(data.path());
    if (process.isPresent() && process.get().isRunning() && process.get().isStopping()) {
      awaitEnd(process.get());
    } else if (!settled) {
      throw new DatabaseException(
          Kind.BUSY,
          "The database server in "
              + data.path()
              + " has been starting for "
              + PATIENCE.toMinutes()
              + " minutes: look into "
              + data.log()
              + ", wait, or end it");
    }
    return find();
  }

  /** Waits for the end of a server that is stopping; one that is stuck is killed, and recovers. */
  private void awaitEnd(PostmasterPid process) throws IOException {
    if (await(STUCK, pid -> !process.isRunning())) {
      return;
    }
    ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
    if (!await(STUCK, pid -> !process.isRunning())) {
      throw new DatabaseException(
          Kind.BUSY,
          "The database server (process "
              + process.pid()
              + ") doesn't stop: look into "
              + data.log()
              + ", or end that process");
    }
  }

  private Running start(Binaries binaries, RunAs runAs) throws IOException {
    String log = "";
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      dropStalePid();
      OptionalInt port = ports.free(ServerKey.read(data.path()).port());
      if (port.isEmpty()) {
        break;
      }
      data.prepare(ServerSettings.forThisMachine(), port.getAsInt(), runAs);
      long before = data.logSize();
      ChildProcess started = ChildProcess.runUnheard(folder, pgCtlStart(binaries, runAs));
      Optional<Running> running = settled();
      if (running.isPresent()) {
        return running.get();
      }
      log = data.logSince(before);
      if (isPortTaken(log)) {
        ServerKey.read(data.path()).withPort(0).write(data.path());
      } else if (log.contains("shared memory block") && log.contains("still in use")) {
        // Children of a server that was killed take a moment to notice.
        Interruption.pause(Duration.ofSeconds(1));
      } else {
        throw notStarted(log, started);
      }
    }
    throw log.isEmpty() || isPortTaken(log) ? noFreePort() : stillInUse();
  }

  /**
   * Postgres takes any living process with the old number for a server of this folder, but after a
   * restart, of a container above all, the number is soon another's.
   */
  private void dropStalePid() throws IOException {
    Optional<PostmasterPid> process = PostmasterPid.read(data.path());
    if (process.isPresent() && !process.get().isRunning()) {
      Files.deleteIfExists(data.path().resolve(PostmasterPid.FILE));
    }
  }

  /** pg_ctl gives the server a session of its own, so that a Ctrl-C here doesn't reach it. */
  private List<String> pgCtlStart(Binaries binaries, RunAs runAs) {
    return runAs.command(
        List.of(
            binaries.program("pg_ctl"),
            "start",
            "--pgdata=" + data.path(),
            "--log=" + data.log(),
            "--wait",
            "--timeout=" + PATIENCE.toSeconds(),
            "--silent"));
  }

  /** The port in the key is what was asked for; the server's own word counts. */
  private ServerKey keyFor(PostmasterPid process) throws IOException {
    return ServerKey.read(data.path()).withPort(process.port());
  }

  /**
   * Looks at the server's own account of itself until it is as wished.
   *
   * @return false when the time is over
   */
  private boolean await(Duration time, Predicate<Optional<PostmasterPid>> wish) throws IOException {
    Instant end = Instant.now().plus(time);
    while (!wish.test(PostmasterPid.read(data.path()))) {
      if (Instant.now().isAfter(end)) {
        return false;
      }
      Interruption.pause(POLL);
    }
    return true;
  }

  private static boolean isPortTaken(String log) {
    return log.contains("could not bind") || log.contains("could not create any TCP/IP sockets");
  }

  private DatabaseException notStarted(String log, ChildProcess pgCtl) {
    if (Diagnosis.isFull(log)) {
      return Diagnosis.full(data.path(), null);
    }
    if (log.contains("incompatible with server")) {
      return data.foreign("is of another build of PostgreSQL than " + Binaries.VERSION, "");
    }
    String last =
        log.lines()
            .filter(line -> line.contains("FATAL") || line.contains("PANIC"))
            .reduce((first, second) -> second)
            .orElse("pg_ctl ended with " + pgCtl.exit());
    return new DatabaseException(
        Kind.FAILED,
        "The database server doesn't start ("
            + last.strip()
            + "): look into "
            + data.log()
            + ", or move the folder "
            + data.path()
            + " away and index again");
  }

  private DatabaseException noFreePort() {
    return new DatabaseException(
        Kind.NO_FREE_PORT,
        "The database server finds no free port on 127.0.0.1: close programs that hold ports, or"
            + " set "
            + DatabaseConfig.URL_VARIABLE
            + " to a Postgres that runs already");
  }

  private DatabaseException stillInUse() {
    return new DatabaseException(
        Kind.BUSY,
        "Processes of a database server that was killed still use "
            + data.path()
            + ": wait a moment, or end the processes called postgres whose folder that is");
  }
}
