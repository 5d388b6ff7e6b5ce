package dev.hexlens.workspace;

import dev.hexlens.elixir.facts.Definition;
import dev.hexlens.elixir.facts.Exports;
import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.index.FolderIndexer;
import dev.hexlens.index.LiveExtractor.LiveFile;
import dev.hexlens.search.SymbolMatcher;
import dev.hexlens.store.CandidateSource;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.Candidates.Scope.PackageName;
import dev.hexlens.store.Symbols;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.DatabaseConfig;
import dev.hexlens.store.postgres.DatabaseException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
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

  private static final String VERSION = "workspace";

  private final Path root;
  private final String uri;
  private final String name;
  private final FolderFiles files;
  private final LiveFiles live;
  private final LockedPackages lock;
  private final OnDemand<FolderStore> store;
  private final FolderDefinitions definitions;
  private final FolderKeeper keeper;

  /**
   * @param root absolute, exists
   * @param place of the folder's own store
   * @param notes gets a line for the user where something takes long
   */
  public WorkspaceFolder(
      Path root, String uri, DatabaseConfig.Place place, Consumer<String> notes) {
    this.root = root;
    this.uri = uri;
    this.files = new FolderFiles(root);
    MixProject project = MixProject.in(root);
    String app = project == null ? null : project.app();
    this.name = app == null ? String.valueOf(root.getFileName()) : app;
    this.store =
        new OnDemand<>(
            root.toString(), () -> FolderStore.open(place, root, notes), FolderStore::close);
    this.live = new LiveFiles(modules());
    this.lock = new LockedPackages(root.resolve("mix.lock"));
    this.definitions = new FolderDefinitions(name, VERSION);
    this.keeper =
        new FolderKeeper(
            root,
            new FolderIndexer.Folder(name, VERSION, root.toString()),
            files,
            store,
            definitions,
            live::invalidate);
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

  /** The version under which its own files are stored. */
  public String version() {
    return VERSION;
  }

  public State state() {
    return keeper.state();
  }

  /** Files of its own that are indexed. */
  public int fileCount() {
    return keeper.fileCount();
  }

  /** Packages on disk that are indexed. */
  public int dependencyCount() {
    return keeper.dependencyCount();
  }

  /** What is not whole, a sentence each. */
  public List<String> problems() {
    return keeper.problems();
  }

  /** Opens the store ahead of the first question; a failure is told to who asks. */
  public void prepare() {
    try {
      store.get();
    } catch (DatabaseException | CancellationException e) {
      // told by the next one that needs it
    }
  }

  /**
   * The folder's files and its packages, with these documents laid over.
   *
   * @throws DatabaseException when the database can't be had
   */
  public CandidateSource candidates(Collection<OpenDocument> open) {
    return new OverlaidCandidates(store.get().candidates(), name, VERSION, live.of(own(open)));
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
    if (state() == State.READY) {
      definitions.await();
    }
    Map<String, LiveFile> onScreen = own ? live.of(own(open)) : Map.of();
    return definitions.search(typed, onScreen, own, limit).stream()
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
    return store.get().symbols();
  }

  /** The names of the packages that it has on disk, as far as they are indexed. */
  Set<String> packagesOnDisk() {
    return keeper.packagesOnDisk();
  }

  /** The packages of Hex that its mix.lock names. */
  List<PackageName> packagesLocked() {
    return lock.packages();
  }

  /** What its modules and those of its packages export. */
  public Exports modules() {
    return Exports.deferred(() -> store.get().modules());
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
    return keeper.synchronize(dependencies, force, watcher, cancellation);
  }

  /** Brings single files up to date: they were saved, made or removed. */
  public void refresh(Collection<Path> paths, Cancellation cancellation) {
    keeper.refresh(paths, cancellation);
  }

  /** Whether it was let go. */
  public boolean isClosed() {
    return store.isClosed();
  }

  @Override
  public void close() {
    definitions.release();
    store.close();
    live.close();
  }
}
