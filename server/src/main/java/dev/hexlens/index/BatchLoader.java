package dev.hexlens.index;

import dev.hexlens.store.Loader;
import dev.hexlens.store.ReleaseRecord;
import dev.hexlens.store.postgres.DatabaseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stores releases as they come, many in one transaction while they come fast. A thread of its own
 * writes; whoever delivers waits when it falls behind, so memory stays bounded.
 */
final class BatchLoader implements AutoCloseable {
  /** A transaction costs little per row from here on; a lost batch is soon made again. */
  private static final int MAX_BATCH = 48;

  private static final long MAX_BATCH_BYTES = 16L << 20;

  /**
   * What is worth a transaction: until so much is there, a little waiting saves round trips and
   * waits for the disk, which small releases would have most of their costs from.
   */
  private static final long WORTH_IT_BYTES = 2L << 20;

  private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int QUEUE = 16;

  private final Loader loader;
  private final RunLog log;
  private final Consumer<List<ReleaseRecord>> stored;
  private final BlockingQueue<ReleaseRecord> queue = new ArrayBlockingQueue<>(QUEUE);
  private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
  private final Thread thread;
  private volatile boolean closing;

  /**
   * @param stored called for the releases of a batch once they are visible
   */
  BatchLoader(Loader loader, RunLog log, Consumer<List<ReleaseRecord>> stored) {
    this.loader = loader;
    this.log = log;
    this.stored = stored;
    this.thread = Thread.ofPlatform().name("hexlens-loader").start(this::run);
  }

  /**
   * Delivers a release.
   *
   * @throws RuntimeException the loader's own, when it can't go on
   */
  void add(ReleaseRecord release) throws InterruptedException {
    while (!queue.offer(release, 100, TimeUnit.MILLISECONDS)) {
      rethrow();
    }
    rethrow();
  }

  private void rethrow() {
    RuntimeException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
  }

  private void run() {
    try {
      while (true) {
        ReleaseRecord first = queue.poll(POLL_NANOS, TimeUnit.NANOSECONDS);
        if (first != null) {
          load(batch(first));
        } else if (closing && queue.isEmpty()) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure.set(e);
    }
  }

  private List<ReleaseRecord> batch(ReleaseRecord first) throws InterruptedException {
    long end = System.nanoTime() + LINGER_NANOS;
    List<ReleaseRecord> batch = new ArrayList<>();
    batch.add(first);
    long bytes = bytes(first);
    while (batch.size() < MAX_BATCH && bytes < MAX_BATCH_BYTES) {
      ReleaseRecord next = queue.poll();
      if (next == null) {
        long left = end - System.nanoTime();
        if (closing || left <= 0 || bytes >= WORTH_IT_BYTES) {
          break;
        }
        next = queue.poll(Math.min(left, POLL_NANOS), TimeUnit.NANOSECONDS);
      }
      if (next != null) {
        batch.add(next);
        bytes += bytes(next);
      }
    }
    return batch;
  }

  private static long bytes(ReleaseRecord release) {
    return release.files().stream().mapToLong(file -> file.content().bytes().length).sum();
  }

  private void load(List<ReleaseRecord> batch) {
    List<ReleaseRecord> loaded = log.timed("load", () -> loadOnceMore(batch));
    stored.accept(loaded);
    for (ReleaseRecord release : batch) {
      if (loaded.contains(release)) {
        log.stored(release.toString());
      } else {
        log.skipped(release.toString(), "another process took it over");
      }
    }
  }

  /** A conflict with another process, or a server that came back, is worth a second try. */
  private List<ReleaseRecord> loadOnceMore(List<ReleaseRecord> batch) {
    try {
      return loader.load(batch);
    } catch (DatabaseException e) {
      return switch (e.kind()) {
        case CONFLICT, SERVER_GONE -> loader.load(batch);
        default -> throw e;
      };
    }
  }

  /** Waits until everything delivered is stored. */
  @Override
  public void close() {
    closing = true;
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
        thread.interrupt();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    rethrow();
  }
}
