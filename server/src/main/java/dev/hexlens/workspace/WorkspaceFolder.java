package dev.hexlens.workspace;

import dev.hexlens.elixir.facts.Definition;
import dev.hexlens.elixir.facts.Exports;
import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.index.DependencyIndexer;
import dev.hexlens.index.FolderIndexer;
import dev.hexlens.index.FolderIndexer.Change;
import dev.hexlens.index.LiveExtractor.LiveFile;
import dev.hexlens.search.SymbolMatcher;
import dev.hexlens.store.CandidateSource;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.Candidates.Scope.PackageName;
import dev.hexlens.store.FileStamps.Stamp;
import dev.hexlens.store.Releases;
import dev.hexlens.store.Symbols;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.DatabaseConfig;
import dev.hexlens.store.postgres.DatabaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A folder that the editor has open: its files in the store, kept up to date, with the open
 * documents laid over. {@link #synchronize} and {@link #refresh} are for one thread, the rest is
 * for many.
 */
public final class WorkspaceFolder implements AutoCloseable {
  /** What may be asked of the folder's answers before they are whole. */
  public enum State {
    INDEXING,
    READY,
    FAILED
  }

  /** After a failure the database is left in peace for a moment. */
  private static final long RETRY_NANOS = 2_000_000_000L;

  private final Path root;
  private final String uri;
  private final String name;
  private final DatabaseConfig.Place place;
  private final Consumer<String> notes;
  private final FolderFiles files;
  private final LiveFiles live;
  private final DefinitionTable definitions = new DefinitionTable();
  private final CompletableFuture<Void> definitionsRead = new CompletableFuture<>();
  private final Map<String, String> problems = new ConcurrentHashMap<>();
  private @Nullable FolderStore store;
  private @Nullable DatabaseException failure;
  private long failedAt;
  private boolean closed;
  private volatile State state = State.INDEXING;
  private volatile int fileCount;
  private volatile int dependencyCount;
  private final LockedPackages lock;

  /** Null until somebody asks. */
  private volatile @Nullable Set<String> onDisk;

  /**
   * @param root absolute, exists
   * @param place of the folder's own store
   * @param notes gets a line for the user where something takes long
   */
  public WorkspaceFolder(
      Path root, String uri, DatabaseConfig.Place place, Consumer<String> notes) {
    this.root = root;
    this.uri = uri;
    this.place = place;
    this.notes = notes;
    this.files = new FolderFiles(root);
    MixProject project = MixProject.in(root);
    String app = project == null ? null : project.app();
    this.name = app == null ? String.valueOf(root.getFileName()) : app;
    this.live = new LiveFiles(modules());
    this.lock = new LockedPackages(root.resolve("mix.lock"));
  }

  public Path root() {
    return root;
  }

  public String uri() {
    return uri;
  }

  /** The name of its Mix project, or of the folder itself. */
  public String name() {
    return name;
  }

  public State state() {
    return state;
  }

  /** Files of its own that are indexed. */
  public int fileCount() {
    return fileCount;
  }

  /** Packages on disk that are indexed. */
  public int dependencyCount() {
    return dependencyCount;
  }

  /** What is not whole, a sentence each. */
  public List<String> problems() {
    return List.copyOf(new TreeMap<>(problems).values());
  }

  /** The version under which its own files are stored. */
  public String version() {
    return "workspace";
  }

  private synchronized FolderStore store() {
    if (closed) {
      throw new CancellationException(root + " is closed");
    }
    if (store == null) {
      if (failure != null && System.nanoTime() - failedAt < RETRY_NANOS) {
        throw failure;
      }
      try {
        store = FolderStore.open(place, root, notes);
        failure = null;
      } catch (DatabaseException e) {
        failure = e;
        failedAt = System.nanoTime();
        throw e;
      }
    }
    return store;
  }

  /** Opens the store ahead of the first question; a failure is told to who asks. */
  public void prepare() {
    try {
      store();
    } catch (DatabaseException | CancellationException e) {
      // told by the next one that needs it
    }
  }

  // Asking.

  /**
   * The folder's files and its packages, with these documents laid over.
   *
   * @throws DatabaseException when the database can't be had
   */
  public CandidateSource candidates(Collection<OpenDocument> open) {
    return new OverlaidCandidates(store().candidates(), name, version(), live.of(own(open)));
  }

  /** A definition that answers what was typed. */
  public record FoundDefinition(
      Symbol symbol,
      Definition.Kind kind,
      Candidate at,
      int start,
      int end,
      SymbolMatcher.Match match) {}

  /**
   * The definitions that best answer what was typed. Once the folder is ready, all there are; they
   * are read last, and who asks that early waits.
   *
   * @param own whether in the folder's own files, or else in its packages
   */
  public List<FoundDefinition> definitions(
      String typed, Collection<OpenDocument> open, boolean own, int limit) {
    if (state == State.READY) {
      definitionsRead.join();
    }
    Map<String, List<DefinitionTable.Entry>> onScreen = new HashMap<>();
    (own ? live.of(own(open)) : Map.<String, LiveFile>of())
        .forEach((path, file) ->
            onScreen.put(
                path,
                DefinitionTable.entries(new Candidate(name, version(), path, 0, 0), file.facts())));
    return definitions.search(typed, onScreen, name, own, limit).stream()
        .map(found ->
            new FoundDefinition(
                found.entry().symbol(),
                found.entry().kind(),
                found.entry().at(),
                found.entry().start(),
                found.entry().end(),
                found.match()))
        .toList();
  }

  /** The symbols that are or were defined here. */
  public Symbols symbols() {
    return store().symbols();
  }

  /** The names of the packages that it has on disk, as far as they are indexed. */
  Set<String> packagesOnDisk() {
    Set<String> known = onDisk;
    if (known == null) {
      known =
          new Releases(store().database())
              .indexed().stream()
                  .filter(release -> !release.ecosystem().equals(ECOSYSTEM))
                  .map(Releases.Indexed::name)
                  .collect(Collectors.toUnmodifiableSet());
      onDisk = known;
    }
    return known;
  }

  /** The packages of Hex that its mix.lock names. */
  List<PackageName> packagesLocked() {
    return lock.packages();
  }

  /** What its modules and those of its packages export. */
  public Exports modules() {
    return Exports.deferred(() -> store().modules());
  }

  /** An open document of the folder as it is now; null when it is not one of its own files. */
  public @Nullable LiveFile live(OpenDocument document, Collection<OpenDocument> open) {
    String path = path(document);
    return path == null ? null : live.of(own(open)).get(path);
  }

  private Map<String, OpenDocument> own(Collection<OpenDocument> open) {
    Map<String, OpenDocument> own = new HashMap<>();
    for (OpenDocument document : open) {
      String path = path(document);
      if (path != null) {
        own.put(path, document);
      }
    }
    return own;
  }

  private @Nullable String path(OpenDocument document) {
    Path file = document.path();
    return file != null && files.counts(file) ? files.relative(file) : null;
  }

  /** Whether a file is one of the folder's own sources. */
  public boolean owns(Path file) {
    return files.counts(file);
  }

  // Keeping up.

  /** Who watches the folder being indexed. */
  public interface Watcher {
    /** Watches nothing. */
    Watcher NONE =
        new Watcher() {
          @Override
          public void files(int done, int all) {}

          @Override
          public void dependency(String dependency) {}
        };

    void files(int done, int all);

    void dependency(String dependency);
  }

  /**
   * Brings the store up to date with the disk.
   *
   * @param dependencies whether the packages on disk belong to it
   * @param force whether to read again what seems unchanged
   * @return whether anything had changed
   */
  public boolean synchronize(
      boolean dependencies, boolean force, Watcher watcher, Cancellation cancellation)
      throws IOException {
    State before = state;
    boolean anything;
    try {
      FolderStore there = store();
      Map<String, Stamp> disk = files.list();
      Map<String, Stamp> stored = there.stamps().of(ECOSYSTEM, name);
      Map<String, Stamp> known = force || !isReadByUs(there) ? Map.of() : stored;
      Set<String> changed = new HashSet<>();
      disk.forEach((path, stamp) -> {
        if (!stamp.equals(known.get(path))) {
          changed.add(path);
        }
      });
      Set<String> removed = new HashSet<>(stored.keySet());
      removed.removeAll(disk.keySet());
      if (!changed.isEmpty() || !removed.isEmpty()) {
        state = State.INDEXING;
      }
      apply(there, changed, removed, watcher, cancellation);
      fileCount = disk.size();
      boolean others = dependencies && dependencies(there, watcher, cancellation);
      anything = before != State.READY || others || !changed.isEmpty() || !removed.isEmpty();
    } catch (IOException | RuntimeException | Error e) {
      state = State.FAILED;
      throw e;
    }
    state = State.READY;
    if (anything) {
      readDefinitions(cancellation);
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

  private void readDefinitions(Cancellation cancellation) {
    try {
      readDefinitions(store(), cancellation);
    } catch (RuntimeException | Error e) {
      state = State.FAILED;
      throw e;
    } finally {
      definitionsRead.complete(null);
    }
  }

  /** Reads what the store has of definitions, unless it is all known. */
  private void readDefinitions(FolderStore there, Cancellation cancellation) {
    List<Candidate> files = there.candidates().find(List.of(), Scope.ALL, cancellation);
    definitions.retain(files);
    List<Candidate> unknown = files.stream().filter(file -> !definitions.knows(file)).toList();
    List<CompletableFuture<Void>> reading = new ArrayList<>();
    try (ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
      for (int at = 0; at < unknown.size(); at += READ) {
        List<Candidate> some = unknown.subList(at, Math.min(unknown.size(), at + READ));
        reading.add(
            CompletableFuture.runAsync(() -> readDefinitions(there, some, cancellation), readers));
      }
    }
    try {
      reading.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void readDefinitions(FolderStore there, List<Candidate> some, Cancellation cancellation) {
    there
        .candidates()
        .read(some, CandidateSource.Parts.DEFINITIONS, cancellation)
        .forEach(file -> definitions.put(file.at(), file.facts()));
  }

  /** Readers at once, on a connection each: the first start would wait for one alone. */
  private static final int READERS = 2;

  /** Files read at a time. */
  private static final int READ = 256;

  private static final String ECOSYSTEM = FolderIndexer.ECOSYSTEM;

  /** Brings single files up to date: they were saved, made or removed. */
  public void refresh(Collection<Path> paths, Cancellation cancellation) {
    FolderStore there = store();
    Set<String> changed = new HashSet<>();
    Set<String> removed = new HashSet<>();
    for (Path file : paths) {
      if (files.counts(file)) {
        (Files.isRegularFile(file) ? changed : removed).add(files.relative(file));
      }
    }
    if (changed.isEmpty() && removed.isEmpty()) {
      return;
    }
    apply(there, changed, removed, Watcher.NONE, cancellation);
    removed.forEach(path -> definitions.remove(name, path));
    readDefinitions(there, there.candidates().at(name, changed, cancellation), cancellation);
    fileCount = there.stamps().of(ECOSYSTEM, name).size();
  }

  private void apply(
      FolderStore there,
      Set<String> changed,
      Set<String> removed,
      Watcher watcher,
      Cancellation cancellation) {
    if (changed.isEmpty() && removed.isEmpty()) {
      return;
    }
    List<Change> changes = new ArrayList<>();
    Set<String> gone = new HashSet<>(removed);
    for (String path : changed.stream().sorted().toList()) {
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
    try (FolderIndexer indexer =
        there.indexer(new FolderIndexer.Folder(name, version(), root.toString()))) {
      Map<String, String> found =
          indexer.update(
              changes, gone, some -> watcher.files(done[0] += some, changes.size()), cancellation);
      changes.forEach(change -> problems.remove(change.path()));
      problems.putAll(found);
    }
    live.invalidate();
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
    boolean changed = dependencyCount != packages.size() || !modules.isEmpty();
    dependencyCount = packages.size();
    onDisk = null;
    if (!modules.isEmpty()) {
      there.modules().forget(modules);
      try (FolderIndexer indexer =
          there.indexer(new FolderIndexer.Folder(name, version(), root.toString()))) {
        indexer.relink(modules, Set.of(), cancellation);
      }
      live.invalidate();
    }
    return changed;
  }

  /** Whether it was let go. */
  public synchronized boolean isClosed() {
    return closed;
  }

  @Override
  public synchronized void close() {
    closed = true;
    definitionsRead.complete(null);
    live.close();
    if (store != null) {
      store.close();
      store = null;
    }
  }
}
