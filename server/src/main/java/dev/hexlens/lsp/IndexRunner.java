package dev.hexlens.lsp;

import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.DatabaseException;
import dev.hexlens.workspace.WorkspaceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Keeps the folders' stores up to date, one thing after the other, on a thread of its own. */
final class IndexRunner implements AutoCloseable {
  /** After an outage, and where the client can't watch files. */
  private static final long AGAIN_SECONDS = 5;

  /** Where it can: it says nothing of the files in a folder that was removed as a whole. */
  private static final long SELDOM_SECONDS = 60;

  private final ScheduledThreadPoolExecutor executor =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("hexlens-index").factory());
  private final WorkProgress progress;
  private final Notices notices;
  private final ServerLog log;
  private final Map<WorkspaceFolder, Set<Path>> waiting = new HashMap<>();
  private volatile Cancellation current = new Cancellation();

  IndexRunner(WorkProgress progress, Notices notices, ServerLog log) {
    this.progress = progress;
    this.notices = notices;
    this.log = log;
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /**
   * Brings a folder up to date with the disk.
   *
   * @param force whether to read again what seems unchanged
   * @return done when it is; fails as the work does
   */
  CompletableFuture<String> synchronize(
      WorkspaceFolder folder, boolean dependencies, boolean force) {
    CompletableFuture<String> done = new CompletableFuture<>();
    Cancellation cancellation = new Cancellation();
    var _ =
        done.whenComplete((value, failure) -> {
          if (done.isCancelled()) {
            Thread.ofVirtual().start(cancellation::cancel);
          }
        });
    executor.execute(() -> synchronize(folder, dependencies, force, done, cancellation));
    return done;
  }

  private void synchronize(
      WorkspaceFolder folder,
      boolean dependencies,
      boolean force,
      CompletableFuture<String> done,
      Cancellation cancellation) {
    current = cancellation;
    long started = System.nanoTime();
    try (FolderProgress shown = new FolderProgress(folder, progress, cancellation)) {
      boolean anything = folder.synchronize(dependencies, force, shown, cancellation);
      notices.available();
      String summary =
          "%s: %,d files and %,d packages on disk are indexed (%.1f s)"
              .formatted(
                  folder.name(),
                  folder.fileCount(),
                  folder.dependencyCount(),
                  (System.nanoTime() - started) / 1e9);
      if (anything) {
        log.info(summary);
        folder.problems().forEach(log::warn);
        rest();
      }
      done.complete(summary);
    } catch (CancellationException e) {
      done.cancel(false);
    } catch (DatabaseException e) {
      notices.outage(e);
      done.completeExceptionally(Failures.of(e));
      again(folder, dependencies);
    } catch (IOException e) {
      done.completeExceptionally(Failures.failed(folder.root() + " can't be read: " + e));
      log.warn(folder.root() + " can't be read: " + e.getMessage());
    } catch (RuntimeException | Error e) {
      log.failure("indexing " + folder.root() + " failed", e);
      done.completeExceptionally(Failures.of(e));
    }
  }

  /**
   * Gives memory back that indexing took: the server will wait for the user from now on, and the
   * collector would keep what it once had.
   */
  @SuppressWarnings("SystemGC")
  private static void rest() {
    System.gc();
  }

  private void again(WorkspaceFolder folder, boolean dependencies) {
    if (Files.isDirectory(folder.root()) && !executor.isShutdown()) {
      var _ =
          executor.schedule(
              () ->
                  synchronize(
                      folder, dependencies, false, new CompletableFuture<>(), new Cancellation()),
              AGAIN_SECONDS,
              TimeUnit.SECONDS);
    }
  }

  /**
   * Looks after a folder from time to time.
   *
   * @param watched whether the client tells of changed files
   */
  void poll(WorkspaceFolder folder, boolean dependencies, boolean watched) {
    long seconds = watched ? SELDOM_SECONDS : AGAIN_SECONDS;
    var _ =
        executor.scheduleWithFixedDelay(
            () -> {
              if (folder.isClosed()) {
                throw new CancellationException("ends the schedule");
              }
              synchronize(
                  folder, dependencies, false, new CompletableFuture<>(), new Cancellation());
            },
            seconds,
            seconds,
            TimeUnit.SECONDS);
  }

  /** A file was saved, made or removed. */
  void changed(WorkspaceFolder folder, Path file) {
    synchronized (waiting) {
      boolean first = waiting.isEmpty();
      waiting.computeIfAbsent(folder, f -> new HashSet<>()).add(file);
      if (first) {
        executor.execute(this::refresh);
      }
    }
  }

  /** All that changed meanwhile in one go: a branch that is checked out changes thousands. */
  private void refresh() {
    Map<WorkspaceFolder, Set<Path>> due;
    synchronized (waiting) {
      due = new HashMap<>(waiting);
      waiting.clear();
    }
    due.forEach((folder, files) -> {
      try {
        folder.refresh(files, new Cancellation());
        notices.available();
      } catch (DatabaseException e) {
        notices.outage(e);
        again(folder, false);
      } catch (CancellationException e) {
        log.info(String.valueOf(e.getMessage()));
      } catch (RuntimeException | Error e) {
        log.failure("indexing " + files + " failed", e);
      }
    });
  }

  @Override
  public void close() {
    // Cancelled, and not interrupted: it may be telling the client something, over a channel that
    // an interrupt would close.
    current.cancel();
    executor.shutdown();
    try {
      if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
