package dev.hexlens.lsp;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import dev.hexlens.protocol.ReindexHexArguments;
import dev.hexlens.workspace.WorkspaceFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.eclipse.lsp4j.ConfigurationItem;
import org.eclipse.lsp4j.ConfigurationParams;
import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.DidChangeWorkspaceFoldersParams;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.FileEvent;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.SymbolInformation;
import org.eclipse.lsp4j.WorkspaceSymbol;
import org.eclipse.lsp4j.WorkspaceSymbolParams;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.services.WorkspaceService;

/** What concerns the workspace as a whole. */
final class FolderService implements WorkspaceService {
  static final String REINDEX_HEX = "hexlens.reindexHex";
  static final String REINDEX_WORKSPACE = "hexlens.reindexWorkspace";

  private final Supplier<Session> session;

  FolderService(Supplier<Session> session) {
    this.session = session;
  }

  @Override
  public CompletableFuture<
          Either<List<? extends SymbolInformation>, List<? extends WorkspaceSymbol>>>
      symbol(WorkspaceSymbolParams params) {
    Session now = session.get();
    SymbolsHandler handler = symbols(now);
    return now.requests()
        .forEditor(
            cancellation -> Either.forRight(handler.handle(params.getQuery(), cancellation)));
  }

  @Override
  public CompletableFuture<WorkspaceSymbol> resolveWorkspaceSymbol(WorkspaceSymbol symbol) {
    Session now = session.get();
    return now.requests().forEditor(cancellation -> symbols(now).resolve(symbol));
  }

  private static SymbolsHandler symbols(Session now) {
    return new SymbolsHandler(
        now.workspace(),
        now.places(),
        now.answers(),
        now.settings().limits().symbols(),
        now.features().resolvesLocations(),
        now.notices());
  }

  @Override
  public CompletableFuture<Object> executeCommand(ExecuteCommandParams params) {
    Session now = session.get();
    return switch (params.getCommand()) {
      case REINDEX_HEX ->
          now.reindexer().run(arguments(params), now.settings().hex(), params.getWorkDoneToken());
      case REINDEX_WORKSPACE -> reindexWorkspace(now);
      default ->
          CompletableFuture.failedFuture(
              Failures.invalid(
                  "'%s' is no command of HexLens: it has %s and %s"
                      .formatted(params.getCommand(), REINDEX_HEX, REINDEX_WORKSPACE)));
    };
  }

  private static ReindexHexArguments arguments(ExecuteCommandParams params) {
    List<Object> arguments = params.getArguments();
    if (arguments == null || arguments.isEmpty()) {
      return new ReindexHexArguments(null, null);
    }
    try {
      Gson gson = new Gson();
      ReindexHexArguments read =
          gson.fromJson(gson.toJsonTree(arguments.getFirst()), ReindexHexArguments.class);
      return read == null ? new ReindexHexArguments(null, null) : read;
    } catch (JsonParseException e) {
      throw Failures.invalid(REINDEX_HEX + " takes {\"mode\": …, \"limit\": …}: " + e.getMessage());
    }
  }

  private static CompletableFuture<Object> reindexWorkspace(Session now) {
    List<CompletableFuture<String>> folders = new ArrayList<>();
    for (WorkspaceFolder folder : now.workspace().folders()) {
      folders.add(now.runner().synchronize(folder, now.withDependencies(), true));
    }
    CompletableFuture<Object> all =
        CompletableFuture.allOf(folders.toArray(CompletableFuture[]::new))
            .thenApply(done -> folders.stream().map(CompletableFuture::join).toList());
    var _ =
        all.whenComplete((value, failure) -> {
          if (all.isCancelled()) {
            folders.forEach(folder -> folder.cancel(false));
          }
        });
    return all;
  }

  @Override
  public void didChangeConfiguration(DidChangeConfigurationParams params) {
    Session now = session.get();
    if (now.features().configuration()) {
      pullSettings(now);
    } else if (params.getSettings() instanceof JsonElement json) {
      apply(now, json);
    }
  }

  /** Asks the client for the settings: not waiting, for this is the reader's thread. */
  static void pullSettings(Session now) {
    ConfigurationItem item = new ConfigurationItem();
    item.setSection("hexlens");
    var _ =
        now.client()
            .configuration(new ConfigurationParams(List.of(item)))
            .thenAccept(values -> {
              if (values != null
                  && !values.isEmpty()
                  && values.getFirst() instanceof JsonElement json) {
                apply(now, json);
              }
            });
  }

  private static void apply(Session now, JsonElement json) {
    try {
      now.settings(now.settings().with(json));
    } catch (IllegalArgumentException e) {
      now.log().show(MessageType.Error, "HexLens: " + e.getMessage());
    }
  }

  @Override
  public void didChangeWatchedFiles(DidChangeWatchedFilesParams params) {
    Session now = session.get();
    for (FileEvent event : params.getChanges()) {
      Path path = Uris.path(event.getUri());
      WorkspaceFolder folder = path == null ? null : now.workspace().folderOf(path);
      if (path != null && folder != null) {
        String name = String.valueOf(path.getFileName());
        if (name.equals("mix.lock") || name.equals(".gitignore")) {
          var _ = now.runner().synchronize(folder, now.withDependencies(), false);
        } else {
          now.runner().changed(folder, path);
        }
      }
    }
  }

  @Override
  public void didChangeWorkspaceFolders(DidChangeWorkspaceFoldersParams params) {
    Session now = session.get();
    params.getEvent().getRemoved().forEach(folder -> now.close(folder.getUri()));
    params.getEvent().getAdded().forEach(folder -> now.open(folder.getUri()));
  }
}
