package dev.hexlens.workspace;

import dev.hexlens.index.DependencyIndexer;
import dev.hexlens.index.FolderIndexer;
import dev.hexlens.index.FolderIndexer.Change;
import dev.hexlens.store.FileStamps.Stamp;
import dev.hexlens.store.Releases;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.workspace.WorkspaceFolder.State;
import dev.hexlens.workspace.WorkspaceFolder.Watcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is stored of a folder, and the definitions in memory, as the disk has them. For one
 * thread; what it tells of itself is for many.
 */
final class FolderKeeper {
  private static final String ECOSYSTEM = FolderIndexer.ECOSYSTEM;

  private final Path root;
  private final FolderIndexer.Folder folder;
  private final FolderFiles files;
  private final OnDemand<FolderStore> store;
  private final FolderDefinitions definitions;
  private final Runnable changed;
  private final Map<String, String> problems = new ConcurrentHashMap<>();
  private volatile State state = State.INDEXING;
  private volatile int fileCount;
  private volatile int dependencyCount;

  /** Null until somebody asks. */
  private volatile @Nullable Set<String> onDisk;

  /**
   * @param folder as the store names it
   * @param changed told when what modules export may be other than it was
   */
  FolderKeeper(
      Path root,
      FolderIndexer.Folder folder,
      FolderFiles files,
      OnDemand<FolderStore> store,
      FolderDefinitions definitions,
      Runnable changed) {
    this.root = root;
    this.folder = folder;
    this.files = files;
    this.store = store;
    this.definitions = definitions;
    this.changed = changed;
  }

  State state() {
    return state;
  }

  int fileCount() {
    return fileCount;
  }

  int dependencyCount() {
    return dependencyCount;
  }

  List<String> problems() {
    return List.copyOf(new TreeMap<>(problems).values());
  }

  Set<String> packagesOnDisk() {
    Set<String> known = onDisk;
    if (known == null) {
      known =
          new Releases(store.get().database())
              .indexed().stream()
                  .filter(release -> !release.ecosystem().equals(ECOSYSTEM))
                  .map(Releases.Indexed::name)
                  .collect(Collectors.toUnmodifiableSet());
      onDisk = known;
    }
    return known;
  }

  boolean synchronize(
      boolean dependencies, boolean force, Watcher watcher, Cancellation cancellation)
      throws IOException {
    State before = state;
    boolean anything;
    try {
      FolderStore there = store.get();
      boolean anew = force || !isReadByUs(there);
      if (!anew) {
        definitions.begin(there, cancellation); // nearly all will be as it was
      }
      Map<String, Stamp> disk = files.list();
      Map<String, Stamp> stored = there.stamps().of(ECOSYSTEM, folder.name());
      Map<String, Stamp> known = anew ? Map.of() : stored;
      Set<String> others = new HashSet<>();
      disk.forEach((path, stamp) -> {
        if (!stamp.equals(known.get(path))) {
          others.add(path);
        }
      });
      Set<String> removed = new HashSet<>(stored.keySet());
      removed.removeAll(disk.keySet());
      if (!others.isEmpty() || !removed.isEmpty()) {
        state = State.INDEXING;
      }
      apply(there, others, removed, watcher, cancellation);
      fileCount = disk.size();
      boolean packages = dependencies && dependencies(there, watcher, cancellation);
      anything = before != State.READY || packages || !others.isEmpty() || !removed.isEmpty();
    } catch (IOException | RuntimeException | Error e) {
      state = State.FAILED;
      throw e;
    }
    state = State.READY;
    if (anything) {
      try {
        definitions.readAll(store.get(), cancellation);
      } catch (RuntimeException | Error e) {
        state = State.FAILED;
        throw e;
      } finally {
        definitions.release();
      }
    }
    return anything;
  }

  /** Whether what is stored was read as this version reads. */
  private boolean isReadByUs(FolderStore there) {
    return new Releases(there.database())
        .indexed().stream()
            .filter(release -> release.ecosystem().equals(ECOSYSTEM))
            .allMatch(release -> release.checksum().equals(FolderIndexer.READ_BY));
  }

  void refresh(Collection<Path> paths, Cancellation cancellation) {
    FolderStore there = store.get();
    Set<String> others = new HashSet<>();
    Set<String> removed = new HashSet<>();
    for (Path file : paths) {
      if (files.counts(file)) {
        (Files.isRegularFile(file) ? others : removed).add(files.relative(file));
      }
    }
    if (others.isEmpty() && removed.isEmpty()) {
      return;
    }
    apply(there, others, removed, Watcher.NONE, cancellation);
    definitions.remove(removed);
    definitions.read(
        there, there.candidates().at(folder.name(), others, cancellation), cancellation);
    fileCount = there.stamps().count(ECOSYSTEM, folder.name());
  }

  private void apply(
      FolderStore there,
      Set<String> others,
      Set<String> removed,
      Watcher watcher,
      Cancellation cancellation) {
    if (others.isEmpty() && removed.isEmpty()) {
      return;
    }
    List<Change> changes = new ArrayList<>();
    Set<String> gone = new HashSet<>(removed);
    for (String path : others.stream().sorted().toList()) {
      cancellation.throwIfCancelled();
      Change change = change(path);
      if (change == null) {
        gone.add(path);
      } else {
        changes.add(change);
      }
    }
    gone.forEach(problems::remove);
    int[] done = {0};
    watcher.files(0, changes.size());
    try (FolderIndexer indexer = there.indexer(folder)) {
      Map<String, String> found =
          indexer.update(
              changes, gone, some -> watcher.files(done[0] += some, changes.size()), cancellation);
      changes.forEach(change -> problems.remove(change.path()));
      problems.putAll(found);
    }
    changed.run();
  }

  /** Reads a file; null when it is gone or is nothing to index. */
  private @Nullable Change change(String path) {
    Path file = root.resolve(path);
    Stamp stamp = FolderFiles.stamp(file);
    if (stamp == null) {
      return null;
    }
    if (stamp.size() > FolderFiles.MAX_BYTES) {
      problems.put(
          path, path + " is larger than " + (FolderFiles.MAX_BYTES >> 20) + " MB and left out");
      return null;
    }
    try {
      byte[] bytes = Files.readAllBytes(file);
      for (byte b : bytes) {
        if (b == 0) {
          problems.put(path, path + " holds NUL bytes: it is no text and left out");
          return null;
        }
      }
      return new Change(path, bytes, stamp);
    } catch (IOException e) {
      problems.put(path, path + " can't be read: " + e.getMessage());
      return null;
    }
  }

  /** Brings the packages up to date; returns whether any was new or had changed. */
  private boolean dependencies(FolderStore there, Watcher watcher, Cancellation cancellation)
      throws IOException {
    List<DependencyIndexer.OnDisk> packages = FolderDependencies.of(root);
    Set<String> modules =
        new DependencyIndexer(there.database(), there.dictionary())
            .update(packages, watcher::dependency, cancellation);
    boolean other = dependencyCount != packages.size() || !modules.isEmpty();
    dependencyCount = packages.size();
    onDisk = null;
    if (!modules.isEmpty()) {
      there.modules().forget(modules);
      try (FolderIndexer indexer = there.indexer(folder)) {
        indexer.relink(modules, Set.of(), cancellation);
      }
      changed.run();
    }
    return other;
  }
}
