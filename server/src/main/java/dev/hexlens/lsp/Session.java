package dev.hexlens.lsp;

import dev.hexlens.protocol.ReindexHexArguments;
import dev.hexlens.protocol.Scope;
import dev.hexlens.search.Around;
import dev.hexlens.search.SourcePaths;
import dev.hexlens.store.Candidates.Scope.PackageName;
import dev.hexlens.store.postgres.DatabaseConfig;
import dev.hexlens.store.postgres.HexLensHome;
import dev.hexlens.store.postgres.Prefix;
import dev.hexlens.workspace.Corpus.Origin;
import dev.hexlens.workspace.CorpusCursor;
import dev.hexlens.workspace.HexStore;
import dev.hexlens.workspace.SearchScope;
import dev.hexlens.workspace.Workspace;
import dev.hexlens.workspace.WorkspaceFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.lsp4j.services.LanguageClient;
import org.jspecify.annotations.Nullable;

/** Everything that lives from initialize to exit. For many threads. */
final class Session implements AutoCloseable {
  /** A search that streams has a connection for each that may run, and one for what indexes. */
  private static final int HEX_POOL = 6;

  private final Map<String, String> environment;
  private final LanguageClient client;
  private final ServerLog log;
  private final ClientFeatures features;
  private final Notices notices;
  private final WorkProgress progress;
  private final Workspace workspace;
  private final IndexRunner runner;
  private final HexReindexer reindexer;
  private final Requests requests;
  private final Places places;
  private final Cursor cursor;
  private final WarmUp warmUp = new WarmUp(this);
  private volatile Settings settings;

  Session(
      Map<String, String> environment,
      LanguageClient client,
      ServerLog log,
      ClientFeatures features,
      Settings settings) {
    this.environment = Map.copyOf(environment);
    this.client = client;
    this.log = log;
    this.features = features;
    this.settings = settings;
    this.notices = new Notices(log);
    this.progress = new WorkProgress(client, features.workDone());
    Prefix prefix = new Prefix(settings.hex().prefix());
    this.workspace =
        new Workspace(
            new HexStore(
                new DatabaseConfig(DatabaseConfig.placeFrom(environment), prefix, HEX_POOL),
                log::info));
    this.runner = new IndexRunner(progress, notices, log);
    this.reindexer = new HexReindexer(workspace, progress, log);
    this.requests =
        new Requests(notices::outage, failure -> log.failure("a request failed", failure));
    this.places =
        new Places(
            features.positions(), new HexSources(HexLensHome.of(environment).resolve("sources")));
    this.cursor = new Cursor(workspace, places);
  }

  LanguageClient client() {
    return client;
  }

  ServerLog log() {
    return log;
  }

  ClientFeatures features() {
    return features;
  }

  Settings settings() {
    return settings;
  }

  void settings(Settings changed) {
    settings = changed;
  }

  Notices notices() {
    return notices;
  }

  WorkProgress progress() {
    return progress;
  }

  Workspace workspace() {
    return workspace;
  }

  IndexRunner runner() {
    return runner;
  }

  HexReindexer reindexer() {
    return reindexer;
  }

  Requests requests() {
    return requests;
  }

  Places places() {
    return places;
  }

  Cursor cursor() {
    return cursor;
  }

  // Folders.

  /** Takes a folder in, and opens its store meanwhile. */
  void add(String uri) {
    if (workspace.folder(uri) != null) {
      return;
    }
    Path root = Uris.path(uri);
    if (root == null || !Files.isDirectory(root)) {
      log.warn(uri + " is no folder on this machine: it is not indexed");
      return;
    }
    // A workspace is nobody else's business: it never goes to a database named by URL.
    DatabaseConfig.Place own = new DatabaseConfig.Place.Embedded(HexLensHome.of(environment));
    WorkspaceFolder folder = new WorkspaceFolder(root, uri, own, log::info);
    workspace.add(folder);
    Thread.ofPlatform().daemon().name("hexlens-open").start(folder::prepare);
  }

  /** Takes a folder in and begins to index it. */
  void open(String uri) {
    add(uri);
    index(workspace.folder(uri));
  }

  /** Begins to index the folders that were taken in. */
  void index() {
    workspace.folders().forEach(this::index);
  }

  private void index(@Nullable WorkspaceFolder folder) {
    if (folder != null) {
      var _ = runner.synchronize(folder, withDependencies(), false).thenRun(warmUp::start);
      runner.poll(folder, withDependencies(), features.registersWatchers());
    }
  }

  void close(String uri) {
    WorkspaceFolder folder = workspace.remove(uri);
    if (folder != null) {
      folder.close();
    }
  }

  /** What the settings want to have been indexed. */
  void startUp() {
    String mode =
        settings.dependencies().equals("lock")
            ? "lock"
            : switch (settings.hex().onStart()) {
              case "top" -> "top";
              case "all" -> "latest";
              default -> "";
            };
    if (!mode.isEmpty()) {
      var _ = reindexer.run(new ReindexHexArguments(mode, null), settings.hex(), null);
    }
  }

  boolean withDependencies() {
    return !settings.dependencies().equals("none");
  }

  // Scopes.

  /** Where the answers to the editor's own requests come from. */
  SearchScope answers() {
    return settings.answers().equals("hex")
        ? SearchScope.EVERYWHERE.of(Set.of(Origin.DEPENDENCY, Origin.HEX))
        : SearchScope.EVERYWHERE;
  }

  /** What a request of ours asks for; what is absent is the server's own choice. */
  SearchRequest search(@Nullable Scope scope, @Nullable Integer limit, @Nullable String cursor) {
    if (limit != null && limit < 1) {
      throw Failures.invalid("limit must be 1 or more, not " + limit);
    }
    Scope given = scope == null ? Scope.EVERYWHERE : scope;
    try {
      return new SearchRequest(
          workspace,
          requests.turns(),
          places,
          scope(given),
          Around.of(given.module(), given.kinds() == null ? List.of() : given.kinds()),
          limit == null ? settings.limits().search() : limit,
          limit != null || scope != null,
          cursor == null ? null : CorpusCursor.parse(cursor));
    } catch (IllegalArgumentException e) {
      throw Failures.invalid(String.valueOf(e.getMessage()));
    }
  }

  private static SearchScope scope(Scope given) {
    Set<Origin> origins = EnumSet.allOf(Origin.class);
    leaveOut(origins, Origin.WORKSPACE, given.workspace());
    leaveOut(origins, Origin.DEPENDENCY, given.dependencies());
    leaveOut(origins, Origin.HEX, given.hex());
    List<String> packages = given.packages() == null ? List.of() : given.packages();
    List<String> paths = given.paths() == null ? List.of() : given.paths();
    return new SearchScope(
        origins,
        packages.stream().map(PackageName::parse).toList(),
        SourcePaths.like(paths, given.tests()),
        !Boolean.FALSE.equals(given.generated()));
  }

  private static void leaveOut(Set<Origin> origins, Origin origin, @Nullable Boolean wanted) {
    if (Boolean.FALSE.equals(wanted)) {
      origins.remove(origin);
    }
  }

  @Override
  public void close() {
    warmUp.cancel();
    runner.close();
    reindexer.close();
    requests.close();
    workspace.close();
  }
}
