package dev.hexlens.lsp;

import static dev.hexlens.lsp.TestClient.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hexlens.protocol.PatternMatch;
import dev.hexlens.protocol.PatternSearchParams;
import dev.hexlens.protocol.PatternSearchResult;
import dev.hexlens.protocol.Scope;
import dev.hexlens.protocol.TextMatch;
import dev.hexlens.protocol.TextSearchParams;
import dev.hexlens.protocol.TextSearchResult;
import dev.hexlens.protocol.UsagesParams;
import dev.hexlens.protocol.UsagesResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.FileChangeType;
import org.eclipse.lsp4j.FileEvent;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ReferenceContext;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkDoneProgressKind;
import org.eclipse.lsp4j.WorkspaceSymbol;
import org.eclipse.lsp4j.WorkspaceSymbolParams;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person in an editor asks, and what comes. */
class EditorTest {
  private static final String CATALOG = "lib/bookshop/catalog.ex";

  @TempDir private Path folder = Path.of("");
  private EditorWorkspace workspace;
  private TestClient client;

  @BeforeEach
  void openWorkspace() throws Exception {
    workspace = EditorWorkspace.in(folder);
    client = TestClient.open(workspace);
  }

  @AfterEach
  void close() throws Exception {
    client.close();
  }

  private List<String> references(String path, String cursor, boolean declaration) {
    ReferenceParams params =
        new ReferenceParams(
            new TextDocumentIdentifier(workspace.uri(path)),
            workspace.at(path, cursor),
            new ReferenceContext(declaration));
    return get(client.server().getTextDocumentService().references(params)).stream()
        .map(this::place)
        .toList();
  }

  private String place(Location location) {
    Path file = java.util.Objects.requireNonNull(Uris.path(location.getUri()));
    return workspace.root().relativize(file).toString().replace('\\', '/')
        + ":"
        + (location.getRange().getStart().getLine() + 1);
  }

  private List<String> definition(String path, String cursor) {
    DefinitionParams params =
        new DefinitionParams(
            new TextDocumentIdentifier(workspace.uri(path)), workspace.at(path, cursor));
    return get(client.server().getTextDocumentService().definition(params)).getLeft().stream()
        .map(this::place)
        .toList();
  }

  @Test
  void aFunctionOfTheWorkspaceIsFoundWhereverItIsUsedHoweverItIsWritten() {
    client.open(workspace, CATALOG);
    assertThat(references(CATALOG, "Repo.ge|t!", false))
        .startsWith(
            "lib/bookshop/accounts.ex:16",
            "lib/bookshop/catalog.ex:44",
            "lib/bookshop/orders.ex:55");
  }

  @Test
  void aDefinitionIsFoundInTheWorkspaceOrItsDependencies() {
    client.open(workspace, CATALOG);
    assertThat(definition(CATALOG, "Re|po.get!")).containsExactly("lib/bookshop/repo.ex:1");
    assertThat(definition(CATALOG, ":pulse.exe|cute"))
        .isNotEmpty()
        .allMatch(place -> place.startsWith("deps/pulse/"));
  }

  @Test
  void aWorkspaceComesFirstAndItsDependenciesFollow() {
    client.open(workspace, CATALOG);
    List<String> places = references(CATALOG, ":pulse.exe|cute", true);
    assertThat(places).startsWith("lib/bookshop/catalog.ex:115");
    assertThat(places).anyMatch(place -> place.startsWith("deps/cellar/"));
    assertThat(places).anyMatch(place -> place.startsWith("deps/harbor/"));
  }

  @Test
  void whatIsOnTheScreenCountsNotWhatIsOnDisk() {
    int onDisk = found("Bookshop.Repo.get!(Book, _)").counts().found();
    client.open(workspace, CATALOG);
    change(
        CATALOG, 0, 0, "defmodule Fresh do\n  def go(id), do: Bookshop.Repo.get!(Book, id)\nend\n");
    assertThat(references("lib/bookshop/orders.ex", "Repo.get|!", false))
        .contains("lib/bookshop/catalog.ex:2", "lib/bookshop/catalog.ex:47");
    assertThat(found("Bookshop.Repo.get!(Book, _)").counts().found()).isEqualTo(onDisk + 1);
    assertThat(symbols("Fresh.go")).containsExactly("Fresh.go/1");
    client
        .server()
        .getTextDocumentService()
        .didClose(
            new DidCloseTextDocumentParams(new TextDocumentIdentifier(workspace.uri(CATALOG))));
    assertThat(found("Bookshop.Repo.get!(Book, _)").counts().found()).isEqualTo(onDisk);
    assertThat(symbols("Fresh.go")).isEmpty();
  }

  private void change(String path, int line, int character, String text) {
    Position at = new Position(line, character);
    client
        .server()
        .getTextDocumentService()
        .didChange(
            new DidChangeTextDocumentParams(
                new VersionedTextDocumentIdentifier(workspace.uri(path), 2),
                List.of(new TextDocumentContentChangeEvent(new Range(at, at), text))));
  }

  @Test
  void aSavedFileIsTheStoresAtOnce() throws Exception {
    workspace.write(
        "lib/bookshop/extra.ex",
        "defmodule Bookshop.Extra do\n  def one(id), do: Bookshop.Repo.get!(Thing, id)\nend\n");
    client
        .server()
        .getTextDocumentService()
        .didSave(
            new DidSaveTextDocumentParams(
                new TextDocumentIdentifier(workspace.uri("lib/bookshop/extra.ex"))));
    TestClient.await(
        "the saved file", () -> found("Bookshop.Repo.get!(Thing, _)").counts().found() == 1);
  }

  @Test
  void whatAnotherProgramChangesIsSeenThroughTheWatcher() throws Exception {
    java.nio.file.Files.delete(workspace.file("lib/bookshop/accounts.ex"));
    client
        .server()
        .getWorkspaceService()
        .didChangeWatchedFiles(
            new DidChangeWatchedFilesParams(
                List.of(
                    new FileEvent(
                        workspace.uri("lib/bookshop/accounts.ex"), FileChangeType.Deleted))));
    TestClient.await(
        "the file to be gone", () -> !symbols("Bookshop.Accounts").contains("Bookshop.Accounts"));
  }

  @Test
  void aChangedUsingLinksThoseAgainWhoUseIt() throws Exception {
    assertThat(usages("Bookshop.Shouting.shout/1")).isZero();
    workspace.write(
        "lib/shouting.ex",
        """
        defmodule Bookshop.Loud do
          defmacro __using__(_) do
            quote do
              import Bookshop.Shouting
            end
          end
        end

        defmodule Bookshop.Shouting do
          def shout(text), do: String.upcase(text)
        end
        """);
    workspace.write(
        "lib/user.ex",
        "defmodule Bookshop.User1 do\n  use Bookshop.Loud\n  def a, do: shout(\"x\")\nend\n");
    saved("lib/shouting.ex");
    saved("lib/user.ex");
    TestClient.await("the import", () -> usages("Bookshop.Shouting.shout/1") == 1);
    workspace.write(
        "lib/shouting.ex",
        "defmodule Bookshop.Loud do\n  defmacro __using__(_), do: nil\nend\n\n"
            + "defmodule Bookshop.Shouting do\n  def shout(text), do: String.upcase(text)\nend\n");
    saved("lib/shouting.ex");
    TestClient.await("the import to be gone", () -> usages("Bookshop.Shouting.shout/1") == 0);
  }

  @Test
  void aTemplateIsLinkedAgainWhenTheModuleThatEmbedsItChanges() throws Exception {
    String view = "lib/bookshop_web/controllers/book_html.ex";
    assertThat(usages("BookshopWeb.BookHTML.card/1")).isEqualTo(2);
    String text = workspace.text(view);
    workspace.write(view, text.replace("embed_templates", "# embed_templates"));
    saved(view);
    TestClient.await(
        "the templates to be of no module", () -> usages("BookshopWeb.BookHTML.card/1") == 0);
    workspace.write(view, text);
    saved(view);
    TestClient.await("the templates to be back", () -> usages("BookshopWeb.BookHTML.card/1") == 2);
    client.open(workspace, view);
    change(view, 0, 0, "defmodule Other do\nend\n");
    client.open(workspace, "lib/bookshop_web/controllers/book_html/show.html.heex");
    assertThat(usages("BookshopWeb.BookHTML.card/1")).isEqualTo(2);
  }

  private void saved(String path) {
    client
        .server()
        .getTextDocumentService()
        .didSave(new DidSaveTextDocumentParams(new TextDocumentIdentifier(workspace.uri(path))));
  }

  private int usages(String symbol) {
    return get(client.server().usages(UsagesParams.of(symbol))).counts().found();
  }

  private PatternSearchResult found(String pattern) {
    return get(
        client
            .server()
            .patternSearch(
                PatternSearchParams.of(pattern)
                    .with(new Scope(true, false, false, null, null), null, null)));
  }

  private List<String> symbols(String query) {
    return get(client.server().getWorkspaceService().symbol(new WorkspaceSymbolParams(query)))
        .getRight()
        .stream()
        .map(WorkspaceSymbol::getName)
        .toList();
  }

  @Test
  void symbolsOfTheWorkspaceComeBeforeThoseOfItsDependencies() {
    List<String> found = symbols("Repo");
    assertThat(found).startsWith("Bookshop.Repo");
    assertThat(found).contains("Cellar.Repo");
  }

  @Test
  void aPatternSearchStreamsUnderTheRequestsToken() {
    PatternSearchResult result =
        get(
            client
                .server()
                .patternSearch(
                    PatternSearchParams.of("Keyword.fetch!(_, _)")
                        .with(
                            new Scope(true, true, false, null, null),
                            null,
                            Either.forLeft("my-token"))));
    assertThat(result.matches()).isEmpty();
    assertThat(result.counts().complete()).isTrue();
    assertThat(client.progress)
        .anyMatch(progress -> progress.getToken().equals(Either.forLeft("my-token")));
  }

  @Test
  void aSearchThatLooksAtEveryFilePassesOverAnOpenOneThatIsNotElixir() throws Exception {
    int before = found("{_, _}").matches().size();
    workspace.write(
        "src/shop_tags.erl", "-module(shop_tags).\n-export([one/0]).\none() -> {a, b}.\n");
    client.open(workspace, "src/shop_tags.erl");
    assertThat(symbols("shop_tags")).isNotEmpty();
    assertThat(before).isPositive();
    assertThat(found("{_, _}").matches()).hasSize(before);
  }

  @Test
  void aSearchIsShownWhileItLastsToAClientThatWantsIt() {
    Either<String, Integer> token = Either.forLeft("shown-token");
    var _ =
        get(
            client
                .server()
                .usages(
                    new UsagesParams(
                        "Cellar.Repo", null, null, null, null, null, 5, null, null, token)));
    assertThat(client.progress)
        .filteredOn(progress -> progress.getToken().equals(token))
        .extracting(progress -> progress.getValue().getLeft().getKind())
        .containsExactly(WorkDoneProgressKind.begin, WorkDoneProgressKind.end);
  }

  @Test
  void aTextSearchStreamsUnderTheRequestsToken() {
    TextSearchResult result =
        get(
            client
                .server()
                .textSearch(
                    TextSearchParams.of("get_book")
                        .with(
                            new Scope(true, true, false, null, null),
                            null,
                            Either.forLeft("text-token"))));
    assertThat(result.texts()).isEmpty();
    assertThat(result.counts().found()).isPositive();
    assertThat(result.counts().complete()).isTrue();
    assertThat(client.progress)
        .anyMatch(progress -> progress.getToken().equals(Either.forLeft("text-token")));
  }

  @Test
  void aTextIsFoundOnTheScreenWhereItIsNotYetOnDisk() {
    Scope own = new Scope(true, false, false, null, null);
    TextSearchParams text = TextSearchParams.of("never written before").with(own, null, null);
    assertThat(get(client.server().textSearch(text)).texts()).isEmpty();

    client.open(workspace, CATALOG);
    change(CATALOG, 0, 0, "# Ünlike: never written before\n# NEVER WRITTEN before\n");

    List<TextMatch> found = get(client.server().textSearch(text)).texts();
    assertThat(found)
        .extracting(match -> match.at().path() + " " + match.matched())
        .containsExactly(CATALOG + " never written before", CATALOG + " NEVER WRITTEN before");
    assertThat(found.getFirst().at().range().getStart().getCharacter()).isEqualTo(10);
  }

  @Test
  void aLimitOnTextIsSaid() {
    TextSearchResult result =
        get(
            client
                .server()
                .textSearch(
                    TextSearchParams.of("def")
                        .with(new Scope(true, true, false, null, null), 5, null)));
    assertThat(result.texts()).hasSize(5);
    assertThat(result.counts().complete()).isFalse();
  }

  /** What is on the screen has its place among the rest, and a search in parts tells each once. */
  @Test
  void aSearchGoesOnThroughTheWorkspaceAndItsDependencies() {
    client.open(workspace, CATALOG);
    change(CATALOG, 0, 0, "Enum.map(never, saved)\n");
    PatternSearchParams pattern =
        PatternSearchParams.of("Enum.map(_, _)")
            .with(new Scope(true, true, false, null, null), null, null);
    List<PatternMatch> all = get(client.server().patternSearch(pattern)).matches();
    assertThat(all)
        .extracting(match -> match.at().origin())
        .startsWith("workspace")
        .endsWith("dependency");
    assertThat(all).anyMatch(match -> match.at().text().equals("Enum.map(never, saved)"));
    List<PatternMatch> parts = new ArrayList<>();
    String cursor = null;
    do {
      PatternSearchResult part =
          get(client.server().patternSearch(pattern.with(pattern.scope(), 2, null).from(cursor)));
      parts.addAll(part.matches());
      cursor = part.cursor();
    } while (cursor != null);
    assertThat(parts).isEqualTo(all);
  }

  @Test
  void usagesAreGroupedByPackageWithHonestCounts() {
    UsagesResult result = get(client.server().usages(UsagesParams.of(":pulse.execute/3")));
    assertThat(result.packages())
        .extracting(dev.hexlens.protocol.PackageUsages::packageName)
        .startsWith("bookshop");
    assertThat(result.counts().complete()).isTrue();
    assertThat(result.counts().found())
        .isEqualTo(
            result.packages().stream().mapToInt(dev.hexlens.protocol.PackageUsages::count).sum());
  }

  @Test
  void aPatternThatDoesNotParseSaysWhereAndWhy() {
    assertThatThrownBy(
            () -> get(client.server().patternSearch(PatternSearchParams.of("Enum.map(_,"))))
        .isInstanceOf(ResponseErrorException.class)
        .hasMessageContaining("is not Elixir here");
    assertThatThrownBy(() -> get(client.server().patternSearch(PatternSearchParams.of("_"))))
        .isInstanceOf(ResponseErrorException.class)
        .hasMessageContaining("limit");
  }
}
