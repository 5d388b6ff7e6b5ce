package dev.hexlens.store.postgres;

import dev.hexlens.store.postgres.DatabaseException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How the processes that share an embedded server agree who starts and who stops it: locks of the
 * operating system on two files, which the kernel frees however a process ends.
 *
 * <ul>
 *   <li>{@code server.lock}, exclusive: its holder has the turn to start, stop or judge the server.
 *   <li>{@code users.lock}, shared: held as long as a process uses the server. It is only taken or
 *       given back during a turn; so who has the turn and can get it exclusively is alone.
 * </ul>
 *
 * POSIX locks belong to the process, and closing any descriptor of the file drops them all: there
 * must be one instance a home in a Java process, used by one thread at a time. {@link
 * EmbeddedPostgres} sees to both.
 */
final class ServerLocks implements AutoCloseable {

  /** Longer than an initdb or a recovery after a crash should take. */
  static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Duration BEFORE_A_NOTE = Duration.ofSeconds(1);

  private final Path folder;
  private final FileChannel turns;
  private final FileChannel users;
  private @Nullable FileLock use;

  private ServerLocks(Path folder, FileChannel turns, FileChannel users) {
    this.folder = folder;
    this.turns = turns;
    this.users = users;
  }

  static ServerLocks open(Path folder) throws IOException {
    FileChannel turns = channel(folder.resolve("server.lock"));
    try {
      return new ServerLocks(folder, turns, channel(folder.resolve("users.lock")));
    } catch (IOException e) {
      turns.close();
      throw e;
    }
  }

  /** The turn, until it is closed. */
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Waits for the turn.
   *
   * @throws DatabaseException of kind {@link Kind#BUSY} after {@code patience}
   */
  Turn takeTurn(Duration patience, Consumer<String> notes) {
    Instant begin = Instant.now();
    boolean noted = false;
    while (true) {
      FileLock lock = tryLock(turns, false);
      if (lock != null) {
        return () -> release(lock);
      }
      Duration waited = Duration.between(begin, Instant.now());
      if (waited.compareTo(patience) > 0) {
        throw new DatabaseException(
            Kind.BUSY,
            "Another HexLens has been starting or stopping the database in "
                + folder
                + " for "
                + waited.toSeconds()
                + " s: wait for it, or end that process, and try again");
      }
      if (!noted && waited.compareTo(BEFORE_A_NOTE) > 0) {
        notes.accept("Waiting for another HexLens that starts or stops the database");
        noted = true;
      }
      // Polled, not a blocking lock: that could neither give up nor be interrupted.
      Interruption.pause(Duration.ofMillis(10));
    }
  }

  /** Marks this process as a user. Needs the turn. */
  void beginUse() {
    if (use == null) {
      use = tryLock(users, true);
      if (use == null) {
        throw new IllegalStateException("users.lock is held exclusively outside of a turn");
      }
    }
  }

  /** Takes the mark away. Needs the turn. */
  void endUse() {
    if (use != null) {
      release(use);
      use = null;
    }
  }

  /** Whether other processes use the server. Needs the turn. */
  boolean othersUse() {
    boolean mine = use != null;
    endUse();
    FileLock alone = tryLock(users, false);
    if (alone != null) {
      release(alone);
    }
    if (mine) {
      beginUse();
    }
    return alone == null;
  }

  @Override
  public void close() {
    try (turns;
        users) {
      use = null;
    } catch (IOException e) {
      throw Diagnosis.of(e, folder);
    }
  }

  private static FileChannel channel(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private @Nullable FileLock tryLock(FileChannel channel, boolean shared) {
    try {
      return channel.tryLock(0, Long.MAX_VALUE, shared);
    } catch (IOException e) {
      throw Diagnosis.of(e, folder);
    }
  }

  private void release(FileLock lock) {
    try {
      lock.release();
    } catch (IOException e) {
      throw Diagnosis.of(e, folder);
    }
  }
}
