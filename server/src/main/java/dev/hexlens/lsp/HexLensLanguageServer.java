package dev.hexlens.lsp;

import com.google.gson.JsonElement;
import dev.hexlens.protocol.HexLensServer;
import dev.hexlens.protocol.PackageUsages;
import dev.hexlens.protocol.PatternMatch;
import dev.hexlens.protocol.PatternSearchParams;
import dev.hexlens.protocol.PatternSearchResult;
import dev.hexlens.protocol.StatusParams;
import dev.hexlens.protocol.StatusResult;
import dev.hexlens.protocol.TextMatch;
import dev.hexlens.protocol.TextSearchParams;
import dev.hexlens.protocol.TextSearchResult;
import dev.hexlens.protocol.UsagesParams;
import dev.hexlens.protocol.UsagesResult;
import dev.hexlens.store.postgres.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.eclipse.lsp4j.DidChangeWatchedFilesRegistrationOptions;
import org.eclipse.lsp4j.ExecuteCommandOptions;
import org.eclipse.lsp4j.FileSystemWatcher;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.Registration;
import org.eclipse.lsp4j.RegistrationParams;
import org.eclipse.lsp4j.SaveOptions;
import org.eclipse.lsp4j.ServerCapabilities;
import org.eclipse.lsp4j.ServerInfo;
import org.eclipse.lsp4j.SetTraceParams;
import org.eclipse.lsp4j.TextDocumentSyncKind;
import org.eclipse.lsp4j.TextDocumentSyncOptions;
import org.eclipse.lsp4j.WorkDoneProgressCancelParams;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.WorkspaceFoldersOptions;
import org.eclipse.lsp4j.WorkspaceServerCapabilities;
import org.eclipse.lsp4j.WorkspaceSymbolOptions;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.eclipse.lsp4j.services.WorkspaceService;
import org.jspecify.annotations.Nullable;

/** The protocol's life cycle, and where each request goes. */
final class HexLensLanguageServer implements LanguageServer, HexLensServer {
  private static final List<String> WATCHED =
      List.of("**/*.{ex,exs,erl,hrl,yrl,xrl,eex,heex,leex}", "**/mix.lock", "**/.gitignore");

  private final Map<String, String> environment;
  private final String version;
  private final ServerLog log;
  private final IntConsumer exit;
  private final DocumentService documents = new DocumentService(this::session);
  private final FolderService folders = new FolderService(this::session);
  private @Nullable LanguageClient client;
  private volatile @Nullable Session session;
  private volatile boolean shutDown;

  /**
   * @param exit ends the process with a code
   */
  HexLensLanguageServer(
      Map<String, String> environment, String version, ServerLog log, IntConsumer exit) {
    this.environment = environment;
    this.version = version;
    this.log = log;
    this.exit = exit;
  }

  void connect(LanguageClient connected) {
    client = connected;
  }

  private Session session() {
    Session now = session;
    if (now == null) {
      throw new IllegalStateException("not initialized"); // the gate lets nobody in before
    }
    return now;
  }

  @Override
  public CompletableFuture<InitializeResult> initialize(InitializeParams params) {
    LanguageClient connected = client;
    if (connected == null) {
      throw new IllegalStateException("no client is connected");
    }
    ClientFeatures features = ClientFeatures.of(params);
    Settings settings = Settings.DEFAULT;
    String refused = null;
    if (params.getInitializationOptions() instanceof JsonElement options) {
      try {
        settings = settings.with(options);
      } catch (IllegalArgumentException e) {
        refused = e.getMessage();
      }
    }
    log.connect(connected);
    Session opened = new Session(environment, connected, log, features, settings);
    session = opened;
    roots(params).forEach(opened::add); // their stores open while the client reads the answer
    watchParent(params.getProcessId());
    if (refused != null) {
      log.show(MessageType.Error, "HexLens: " + refused);
    }
    return CompletableFuture.completedFuture(
        new InitializeResult(capabilities(features), new ServerInfo("HexLens", version)));
  }

  @SuppressWarnings("deprecation") // older clients name one root only
  private static List<String> roots(InitializeParams params) {
    List<WorkspaceFolder> given = params.getWorkspaceFolders();
    if (given != null) {
      return given.stream().map(WorkspaceFolder::getUri).toList();
    }
    if (params.getRootUri() != null) {
      return List.of(params.getRootUri());
    }
    return params.getRootPath() == null
        ? List.of()
        : List.of(Uris.of(java.nio.file.Path.of(params.getRootPath())));
  }

  /** An editor that died can't say so. */
  private void watchParent(@Nullable Integer process) {
    if (process == null) {
      return;
    }
    ProcessHandle.of(process)
        .ifPresentOrElse(
            parent -> {
              var _ = parent.onExit().thenRun(() -> exit.accept(1));
            },
            () -> exit.accept(1));
  }

  private static ServerCapabilities capabilities(ClientFeatures features) {
    ServerCapabilities capabilities = new ServerCapabilities();
    capabilities.setPositionEncoding(features.positions().kind());
    TextDocumentSyncOptions sync = new TextDocumentSyncOptions();
    sync.setOpenClose(true);
    sync.setChange(TextDocumentSyncKind.Incremental);
    sync.setSave(new SaveOptions(false));
    capabilities.setTextDocumentSync(sync);
    capabilities.setReferencesProvider(true);
    capabilities.setDefinitionProvider(true);
    WorkspaceSymbolOptions symbols = new WorkspaceSymbolOptions();
    symbols.setResolveProvider(features.resolvesLocations());
    capabilities.setWorkspaceSymbolProvider(symbols);
    ExecuteCommandOptions commands =
        new ExecuteCommandOptions(
            List.of(FolderService.REINDEX_HEX, FolderService.REINDEX_WORKSPACE));
    commands.setWorkDoneProgress(true);
    capabilities.setExecuteCommandProvider(commands);
    WorkspaceFoldersOptions folders = new WorkspaceFoldersOptions();
    folders.setSupported(true);
    folders.setChangeNotifications(true);
    capabilities.setWorkspace(new WorkspaceServerCapabilities(folders));
    capabilities.setExperimental(
        Map.of(
            "hexlens",
            Map.of("patternSearch", true, "textSearch", true, "usages", true, "status", true)));
    return capabilities;
  }

  @Override
  public void initialized(InitializedParams params) {
    Session now = session();
    if (now.features().registersWatchers()) {
      List<FileSystemWatcher> watchers = new ArrayList<>();
      WATCHED.forEach(glob -> watchers.add(new FileSystemWatcher(Either.forLeft(glob))));
      var _ =
          now.client()
              .registerCapability(
                  new RegistrationParams(
                      List.of(
                          new Registration(
                              "hexlens-watched-files",
                              "workspace/didChangeWatchedFiles",
                              new DidChangeWatchedFilesRegistrationOptions(watchers)))));
    }
    if (now.features().configuration()) {
      FolderService.pullSettings(now);
    }
    now.index();
    now.startUp();
  }

  @Override
  public CompletableFuture<PatternSearchResult> patternSearch(PatternSearchParams params) {
    Session now = session();
    var handler =
        new PatternSearchHandler(now.search(params.scope(), params.limit(), params.cursor()));
    return now.requests()
        .search(cancellation ->
            shown(
                "Searching for a pattern",
                params.workDoneToken(),
                cancellation,
                () ->
                    handler.handle(
                        params,
                        new Batches<PatternMatch>(
                            params.partialResultToken(),
                            now.client()::notifyProgress,
                            PatternSearchHandler::batch),
                        cancellation)));
  }

  @Override
  public CompletableFuture<TextSearchResult> textSearch(TextSearchParams params) {
    Session now = session();
    var handler =
        new TextSearchHandler(now.search(params.scope(), params.limit(), params.cursor()));
    return now.requests()
        .search(cancellation ->
            shown(
                "Searching for a text",
                params.workDoneToken(),
                cancellation,
                () ->
                    handler.handle(
                        params,
                        new Batches<TextMatch>(
                            params.partialResultToken(),
                            now.client()::notifyProgress,
                            TextSearchHandler::batch),
                        cancellation)));
  }

  @Override
  public CompletableFuture<UsagesResult> usages(UsagesParams params) {
    Session now = session();
    var handler =
        new UsagesHandler(
            now.search(params.scope(), params.limit(), params.cursor()), now.cursor());
    return now.requests()
        .search(cancellation ->
            shown(
                "Looking for usages",
                params.workDoneToken(),
                cancellation,
                () ->
                    handler.handle(
                        params,
                        new Batches<PackageUsages>(
                            params.partialResultToken(),
                            now.client()::notifyProgress,
                            UsagesHandler::batch),
                        cancellation)));
  }

  /** Does work that the client shows while it lasts, if it gave a token for that. */
  private <T> T shown(
      String title,
      @Nullable Either<String, Integer> token,
      Cancellation cancellation,
      Supplier<T> work) {
    if (token == null) {
      return work.get();
    }
    try (var _ = session().progress().begin(title, token, cancellation)) {
      return work.get();
    }
  }

  @Override
  public CompletableFuture<StatusResult> status(@Nullable StatusParams params) {
    Session now = session();
    return now.requests()
        .forEditor(cancellation -> new StatusHandler(now, version).handle(cancellation));
  }

  @Override
  public void cancelProgress(WorkDoneProgressCancelParams params) {
    session().progress().cancel(params.getToken());
  }

  @Override
  public void setTrace(SetTraceParams params) {
    // Nothing is traced beyond what is logged; the notification must be known all the same.
  }

  @Override
  @SuppressWarnings("NullAway") // the protocol answers null, for which LSP4J's types have no word
  public CompletableFuture<Object> shutdown() {
    shutDown = true;
    Session now = session;
    CompletableFuture<Object> done = new CompletableFuture<>();
    Thread.ofPlatform()
        .name("hexlens-shutdown")
        .start(() -> {
          try {
            if (now != null) {
              now.close();
            }
          } catch (RuntimeException e) {
            log.failure("shutting down was not clean", e);
          } finally {
            done.complete(null); // LSP4J writes a null, and drops Gson's
          }
        });
    return done;
  }

  @Override
  public void exit() {
    exit.accept(shutDown ? 0 : 1);
  }

  /** The stream ended: whoever spoke to us is gone. */
  void disconnected() {
    Session now = session;
    if (now != null && !shutDown) {
      now.close();
    }
  }

  @Override
  public TextDocumentService getTextDocumentService() {
    return documents;
  }

  @Override
  public WorkspaceService getWorkspaceService() {
    return folders;
  }
}
