package dev.hexlens.lsp;

import static dev.hexlens.lsp.TestClient.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.protocol.PatternSearchParams;
import dev.hexlens.protocol.Scope;
import dev.hexlens.store.postgres.TestDatabase;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.WorkspaceSymbolParams;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes and goes beside the server: its database, its workspace, a request's wish. */
class OutageTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void aDatabaseThatIsKilledComesBackByItself() throws Exception {
    EditorWorkspace workspace = EditorWorkspace.in(folder);
    Path home = TestDatabase.freshHome(folder.resolve("home"));
    try (TestClient client = TestClient.connect(Map.of("HEXLENS_HOME", home.toString()))) {
      client.initialize(params ->
          params.setWorkspaceFolders(List.of(new WorkspaceFolder(workspace.uri(), "bookshop"))));
      client.awaitReady();
      int before = found(client);

      assertThat(TestDatabase.server(home).destroyForcibly()).isTrue();

      TestClient.await("an answer after the outage", () -> answers(client, before));
      assertThat(client.shown).hasSizeLessThanOrEqualTo(1);
    } finally {
      TestDatabase.removeLinks(home);
    }
  }

  private static boolean answers(TestClient client, int expected) {
    try {
      return found(client) == expected;
    } catch (ResponseErrorException e) {
      return false; // one request may meet the outage itself
    }
  }

  private static int found(TestClient client) {
    return get(client
            .server()
            .patternSearch(
                PatternSearchParams.of("Keyword.fetch!(_, _)")
                    .with(new Scope(true, true, false, null, null), null, null)))
        .counts()
        .found();
  }

  @Test
  void aWorkspaceThatVanishesLeavesTheServerAlive() throws Exception {
    EditorWorkspace workspace = EditorWorkspace.in(folder);
    try (TestClient client = TestClient.open(workspace)) {
      remove(workspace.root());
      CompletableFuture<Object> reindexed =
          client
              .server()
              .getWorkspaceService()
              .executeCommand(
                  new org.eclipse.lsp4j.ExecuteCommandParams(
                      "hexlens.reindexWorkspace", List.of()));
      var _ = get(reindexed.handle((value, failure) -> "ended"));
      assertThat(
              get(client.server().getWorkspaceService().symbol(new WorkspaceSymbolParams("Repo"))))
          .isNotNull();
    }
  }

  private static void remove(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path directory, @org.jspecify.annotations.Nullable IOException failure)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  @Test
  void aCancelledSearchEnds() throws Exception {
    EditorWorkspace workspace = EditorWorkspace.in(folder);
    try (TestClient client = TestClient.open(workspace)) {
      // A quick answer may come before the cancellation does.
      var search = client.server().patternSearch(PatternSearchParams.of("_ + _"));
      for (int tries = 0; !search.cancel(true) && tries < 100; tries++) {
        search = client.server().patternSearch(PatternSearchParams.of("_ + _"));
      }
      assertThat(search).isCancelled();
      assertThat(search.handle((value, failure) -> failure).join())
          .isInstanceOf(CancellationException.class);
      assertThat(found(client)).isPositive();
    }
  }
}
