package dev.hexlens.lsp;

import java.util.List;
import java.util.Optional;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.SymbolCapabilities;
import org.eclipse.lsp4j.WindowClientCapabilities;
import org.eclipse.lsp4j.WorkspaceClientCapabilities;
import org.jspecify.annotations.Nullable;

/**
 * What the client can do, as far as it matters here.
 *
 * @param workDone server-made progress
 * @param resolvesLocations symbols may come without a range and get it when they are chosen
 * @param registersWatchers files may be watched by the client
 * @param configuration settings can be asked for
 * @param folders the workspace's folders can be asked for and change
 * @param virtualDocuments documents can come from the server by URI
 */
record ClientFeatures(
    Positions positions,
    boolean workDone,
    boolean resolvesLocations,
    boolean registersWatchers,
    boolean configuration,
    boolean folders,
    boolean virtualDocuments) {

  static ClientFeatures of(InitializeParams params) {
    @Nullable ClientCapabilities client = params.getCapabilities();
    Optional<WorkspaceClientCapabilities> workspace =
        Optional.ofNullable(client).map(ClientCapabilities::getWorkspace);
    return new ClientFeatures(
        Positions.agreed(
            Optional.ofNullable(client)
                .map(ClientCapabilities::getGeneral)
                .map(general -> general.getPositionEncodings())
                .orElse(null)),
        Optional.ofNullable(client)
            .map(ClientCapabilities::getWindow)
            .map(WindowClientCapabilities::getWorkDoneProgress)
            .orElse(false),
        workspace
            .map(WorkspaceClientCapabilities::getSymbol)
            .map(SymbolCapabilities::getResolveSupport)
            .map(support -> support.getProperties())
            .orElse(List.of())
            .contains("location.range"),
        workspace
            .map(WorkspaceClientCapabilities::getDidChangeWatchedFiles)
            .map(watched -> watched.getDynamicRegistration())
            .orElse(false),
        workspace.map(WorkspaceClientCapabilities::getConfiguration).orElse(false),
        workspace.map(WorkspaceClientCapabilities::getWorkspaceFolders).orElse(false),
        workspace.map(WorkspaceClientCapabilities::getTextDocumentContent).isPresent());
  }
}
