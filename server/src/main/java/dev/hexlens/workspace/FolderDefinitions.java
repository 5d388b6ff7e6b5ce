package dev.hexlens.workspace;

import dev.hexlens.index.LiveExtractor.LiveFile;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.workspace.DefinitionTable.Found;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * The definitions of a folder and its packages, read from the store and kept in memory. Reading is
 * for one thread at a time, asking for many.
 */
final class FolderDefinitions {
  /** Readers at once, on a connection each: the first start would wait for one alone. */
  private static final int READERS = 2;

  /** Files read at a time. */
  private static final int READ = 256;

  /** From so many files on, the names of all definitions are asked for at once. */
  private static final int MANY = 1_024;

  private final String packageName;
  private final String version;
  private final DefinitionTable table = new DefinitionTable();
  private final CompletableFuture<Void> read = new CompletableFuture<>();
  private @Nullable FutureTask<@Nullable Void> begun;

  /**
   * @param packageName the folder's own
   */
  FolderDefinitions(String packageName, String version) {
    this.packageName = packageName;
    this.version = version;
  }

  /** Waits until those of the store have been read once, or never will be. */
  void await() {
    read.join();
  }

  /** Lets everybody go on who waits. */
  void release() {
    read.complete(null);
  }

  /**
   * The best answers to what was typed.
   *
   * @param live what is on the screen, by path: instead of what the store has of these files
   * @param own whether in the folder's own files, or else in its packages
   */
  List<Found> search(String typed, Map<String, LiveFile> live, boolean own, int limit) {
    Map<String, List<DefinitionTable.Entry>> onScreen = new HashMap<>();
    live.forEach((path, file) ->
        onScreen.put(
            path,
            DefinitionTable.entries(
                new Candidate(packageName, version, path, 0, 0), file.facts().definitions())));
    return table.search(typed, onScreen, packageName, own, limit);
  }

  /**
   * Begins, the first time, to read what the store has while the caller looks what else has changed
   * on disk: {@link #readAll} then finds little left to read.
   */
  void begin(FolderStore store, Cancellation cancellation) {
    if (begun == null) {
      begun = new FutureTask<>(() -> readUnknown(store, cancellation), null);
      Thread.ofPlatform().daemon().name("hexlens-definitions").start(begun);
    }
  }

  /** Reads what the store has, unless it is all known. */
  void readAll(FolderStore store, Cancellation cancellation) {
    try {
      if (begun != null) {
        begun.get();
      }
    } catch (ExecutionException e) {
      // what it has not read is read now, or fails again and is told
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
    try {
      readUnknown(store, cancellation);
    } finally {
      release();
    }
  }

  private void readUnknown(FolderStore store, Cancellation cancellation) {
    List<Candidate> files = store.candidates().find(List.of(), Scope.ALL, cancellation);
    table.retain(files);
    read(store, files.stream().filter(file -> !table.knows(file)).toList(), cancellation);
  }

  /** Reads those of some files. */
  void read(FolderStore store, List<Candidate> files, Cancellation cancellation) {
    if (files.size() <= READ) {
      readSome(store, files, cancellation);
      return;
    }
    if (files.size() > MANY) {
      store.candidates().rememberDefined(cancellation);
    }
    List<CompletableFuture<Void>> reading = new ArrayList<>();
    try (ExecutorService readers =
        Executors.newFixedThreadPool(
            READERS, Thread.ofPlatform().daemon().name("hexlens-definitions-", 0).factory())) {
      for (int at = 0; at < files.size(); at += READ) {
        List<Candidate> some = files.subList(at, Math.min(files.size(), at + READ));
        reading.add(CompletableFuture.runAsync(() -> readSome(store, some, cancellation), readers));
      }
    }
    try {
      reading.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void readSome(FolderStore store, List<Candidate> some, Cancellation cancellation) {
    store
        .candidates()
        .definitions(some, cancellation)
        .forEach((file, defined) -> table.put(file, defined));
  }

  /** Forgets those of the folder's own files that are no more. */
  void remove(Collection<String> paths) {
    paths.forEach(path -> table.remove(packageName, path));
  }
}
