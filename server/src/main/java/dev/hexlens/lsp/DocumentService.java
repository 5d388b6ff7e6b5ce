package dev.hexlens.lsp;

import dev.hexlens.elixir.syntax.LineIndex;
import dev.hexlens.workspace.OpenDocument;
import dev.hexlens.workspace.OpenDocuments;
import dev.hexlens.workspace.WorkspaceFolder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.LocationLink;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.services.TextDocumentService;

/**
 * What concerns one document. Changes are applied here, on the reader's thread, so that they come
 * in order; everything else runs elsewhere.
 */
final class DocumentService implements TextDocumentService {
  private final Supplier<Session> session;

  DocumentService(Supplier<Session> session) {
    this.session = session;
  }

  private OpenDocuments documents() {
    return session.get().workspace().documents();
  }

  @Override
  public void didOpen(DidOpenTextDocumentParams params) {
    TextDocumentItem opened = params.getTextDocument();
    documents()
        .put(
            new OpenDocument(
                opened.getUri(),
                Uris.path(opened.getUri()),
                opened.getVersion(),
                opened.getText().getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void didChange(DidChangeTextDocumentParams params) {
    String uri = params.getTextDocument().getUri();
    OpenDocument document = documents().get(uri);
    if (document == null) {
      session.get().log().warn(uri + " was changed and is not open: the change is left out");
      return;
    }
    Integer version = params.getTextDocument().getVersion();
    for (TextDocumentContentChangeEvent change : params.getContentChanges()) {
      document = changed(document, change, version == null ? document.version() : version);
    }
    documents().put(document);
  }

  private OpenDocument changed(
      OpenDocument document, TextDocumentContentChangeEvent change, int version) {
    byte[] text = change.getText().getBytes(StandardCharsets.UTF_8);
    Range range = change.getRange();
    if (range == null) {
      return document.replacing(0, document.bytes().length, text, version);
    }
    LineIndex lines = LineIndex.of(document.bytes());
    Positions positions = session.get().features().positions();
    int start = positions.offset(lines, range.getStart());
    int end = positions.offset(lines, range.getEnd());
    return document.replacing(Math.min(start, end), Math.max(start, end), text, version);
  }

  @Override
  public void didClose(DidCloseTextDocumentParams params) {
    documents().remove(params.getTextDocument().getUri());
  }

  @Override
  public void didSave(DidSaveTextDocumentParams params) {
    var path = Uris.path(params.getTextDocument().getUri());
    WorkspaceFolder folder = path == null ? null : session.get().workspace().folderOf(path);
    if (path != null && folder != null) {
      session.get().runner().changed(folder, path);
    }
  }

  @Override
  public CompletableFuture<List<? extends Location>> references(ReferenceParams params) {
    Session now = session.get();
    ReferencesHandler handler =
        new ReferencesHandler(
            now.workspace(),
            now.places(),
            now.cursor(),
            now.answers(),
            now.settings().limits().references(),
            now.notices());
    return now.requests().forEditor(cancellation -> handler.handle(params, cancellation));
  }

  @Override
  public CompletableFuture<Either<List<? extends Location>, List<? extends LocationLink>>>
      definition(DefinitionParams params) {
    Session now = session.get();
    DefinitionHandler handler =
        new DefinitionHandler(now.workspace(), now.places(), now.cursor(), now.notices());
    return now.requests()
        .forEditor(cancellation -> Either.forLeft(handler.handle(params, cancellation)));
  }
}
