package dev.hexlens.lsp;

import static dev.hexlens.lsp.TestClient.get;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.Gson;
import dev.hexlens.index.LoopbackHex;
import dev.hexlens.protocol.PackageUsages;
import dev.hexlens.protocol.StatusResult;
import dev.hexlens.protocol.UsagesParams;
import dev.hexlens.protocol.UsagesResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.eclipse.lsp4j.ExecuteCommandParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.ReferenceContext;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.WorkDoneProgressBegin;
import org.eclipse.lsp4j.WorkDoneProgressEnd;
import org.eclipse.lsp4j.WorkspaceSymbol;
import org.eclipse.lsp4j.WorkspaceSymbolParams;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Hex adds to the answers of an editor, once its index is filled from there. */
class HexAnswersTest {
  @TempDir private Path folder = Path.of("");
  private EditorWorkspace workspace;
  private LoopbackHex hex;
  private TestClient client;

  @BeforeEach
  void fillTheIndexByTheEditorsCommand() throws Exception {
    workspace = EditorWorkspace.in(folder);
    hex = LoopbackHex.ofFixturesAnd();
    client =
        TestClient.open(
            workspace,
            params ->
                params.setInitializationOptions(
                    Map.of(
                        "hex",
                        Map.of(
                            "prefix",
                            TestClient.HEX,
                            "mirrors",
                            List.of(hex.url().toString()),
                            "registryKey",
                            hex.publicKey().toString()))));
    Object summary =
        get(
            client
                .server()
                .getWorkspaceService()
                .executeCommand(
                    new ExecuteCommandParams(
                        "hexlens.reindexHex", List.of(Map.of("mode", "latest")))));
    assertThat(new Gson().toJson(summary)).contains("\"indexed\":8").contains("\"failed\":0");
  }

  @AfterEach
  void close() {
    client.close();
    hex.close();
  }

  @Test
  void indexingHexIsShownAndCounted() {
    assertThat(client.progress)
        .anyMatch(each ->
            each.getValue().isLeft() && each.getValue().getLeft() instanceof WorkDoneProgressBegin)
        .anyMatch(each ->
            each.getValue().isLeft() && each.getValue().getLeft() instanceof WorkDoneProgressEnd);
    StatusResult.Hex status = requireNonNull(get(client.server().status(null)).hex());
    assertThat(status.packages()).isEqualTo(8);
    assertThat(status.indexing()).isFalse();
  }

  @Test
  void usagesComeFromTheWorkspaceItsDependenciesAndHexEachPackageOnce() {
    UsagesResult result = get(client.server().usages(UsagesParams.of(":pulse.execute/3")));
    assertThat(result.packages())
        .extracting(each -> each.origin() + " " + each.packageName())
        .startsWith("workspace bookshop")
        .containsExactlyInAnyOrder(
            "workspace bookshop",
            "dependency cellar",
            "dependency harbor",
            "dependency pulse",
            "dependency courier", // of Hex, as mix.lock names them
            "dependency drover");
    assertThat(result.packages().stream().mapToInt(PackageUsages::count).sum())
        .isEqualTo(result.counts().found());
  }

  @Test
  void aPlaceInAPackageOpensAsAReadOnlyFileWithTheSamePositions() throws Exception {
    client.open(workspace, "lib/bookshop/catalog.ex");
    Location courier =
        get(
                client
                    .server()
                    .getTextDocumentService()
                    .references(
                        new ReferenceParams(
                            new TextDocumentIdentifier(workspace.uri("lib/bookshop/catalog.ex")),
                            workspace.at("lib/bookshop/catalog.ex", ":pulse.exe|cute"),
                            new ReferenceContext(false))))
            .stream()
            .filter(location -> location.getUri().contains("courier-0.9.0"))
            .findFirst()
            .orElseThrow();
    Path file = requireNonNull(Uris.path(courier.getUri()));
    Position start = courier.getRange().getStart();
    assertThat(Files.readAllLines(file).get(start.getLine()).substring(start.getCharacter()))
        .startsWith("execute(");
    assertThat(Files.getPosixFilePermissions(file).toString()).doesNotContain("WRITE");
  }

  @Test
  void aCursorInThatFileIsUnderstoodToo() throws Exception {
    WorkspaceSymbol courier =
        get(client.server().getWorkspaceService().symbol(new WorkspaceSymbolParams("Courier")))
            .getRight()
            .stream()
            .filter(symbol -> symbol.getName().equals("Courier"))
            .findFirst()
            .orElseThrow();
    Location location = courier.getLocation().getLeft();
    assertThat(courier.getContainerName()).isEqualTo("courier 0.9.0");
    List<? extends Location> references =
        get(
            client
                .server()
                .getTextDocumentService()
                .references(
                    new ReferenceParams(
                        new TextDocumentIdentifier(location.getUri()),
                        location.getRange().getStart(),
                        new ReferenceContext(true))));
    assertThat(references).isNotEmpty();
  }

  @Test
  void onlyOneRunAtATimeAndAModeThatExists() {
    assertThatThrownBy(() ->
            get(
                client
                    .server()
                    .getWorkspaceService()
                    .executeCommand(
                        new ExecuteCommandParams(
                            "hexlens.reindexHex", List.of(Map.of("mode", "newest"))))))
        .isInstanceOf(ResponseErrorException.class)
        .hasMessageContaining("newest")
        .hasMessageContaining("latest, top, all or lock");
  }
}
