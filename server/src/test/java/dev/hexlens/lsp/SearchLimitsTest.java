package dev.hexlens.lsp;

import static dev.hexlens.lsp.TestClient.await;
import static dev.hexlens.lsp.TestClient.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.index.LoopbackHex;
import dev.hexlens.protocol.PatternSearchParams;
import dev.hexlens.protocol.Scope;
import dev.hexlens.protocol.TextSearchParams;
import dev.hexlens.protocol.TextSearchResult;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Searches that Postgres keeps waiting, for a table that they need is locked: what ends them, and
 * whom they hold up.
 */
class SearchLimitsTest {
  private static final String CATALOG = "lib/bookshop/catalog.ex";
  private static final Scope HEX = new Scope(false, false, true, null, null);

  /** Statements of ours that wait for a lock. */
  private static final String WAITING =
      """
      SELECT count(*) FROM pg_stat_activity
      WHERE wait_event_type = 'Lock' AND query LIKE '%content%' AND pid <> pg_backend_pid()
      """;

  private static final long STOPPED_MILLIS = 50;
  private static final int ATTEMPTS = 20;

  @TempDir private Path folder = Path.of("");
  private EditorWorkspace workspace;
  private TestClient client;
  private Database database;

  @BeforeEach
  void open() throws Exception {
    workspace = EditorWorkspace.in(folder);
    client = TestClient.open(workspace);
    database = Database.open(TestDatabase.config(TestClient.HEX), note -> {});
    try (LoopbackHex hex = LoopbackHex.ofFixturesAnd()) {
      hex.index(database);
    }
  }

  @AfterEach
  void close() {
    client.close();
    database.close();
  }

  private interface Work {
    void run() throws Exception;
  }

  /** Does something while no search can read a source of Hex. */
  private void whileHexIsLocked(Work work) throws Exception {
    database.<Exception>useConnection(
        Cancellation.NONE,
        connection -> {
          connection.setAutoCommit(false);
          try (Statement lock = connection.createStatement()) {
            lock.execute("LOCK TABLE content IN ACCESS EXCLUSIVE MODE");
            work.run();
          } catch (SQLException e) {
            throw new AssertionError(e);
          } finally {
            connection.rollback();
            connection.setAutoCommit(true);
          }
        });
  }

  private int waiting() {
    return database.withConnection(connection -> waiting(connection));
  }

  private static int waiting(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(WAITING)) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private CompletableFuture<TextSearchResult> text() {
    return client.server().textSearch(TextSearchParams.of("def").with(HEX, null, null));
  }

  @Test
  void aTimeLimitEndsWhatPostgresIsStillAt() throws Exception {
    whileHexIsLocked(() -> {
      TextSearchParams params =
          new TextSearchParams("def", null, null, HEX, null, null, 200, null, null);
      TextSearchResult result = get(client.server().textSearch(params));
      assertThat(result.texts()).isEmpty();
      assertThat(result.counts().complete()).isFalse();
      assertThat(result.notes())
          .containsExactly("The search was ended after 200 ms: there may be more.");
      await("the statement to end", () -> waiting() == 0);
    });
    assertThat(get(text()).texts()).isNotEmpty();
  }

  /** On a busy machine not each time, but often enough: nothing of ours takes longer. */
  @Test
  void aCancelledSearchStopsInPostgresAtOnce() throws Exception {
    whileHexIsLocked(() -> {
      long best = Long.MAX_VALUE;
      for (int i = 0; i < ATTEMPTS && best > STOPPED_MILLIS; i++) {
        CompletableFuture<TextSearchResult> search = text();
        await("the search to wait for the lock", () -> waiting() == 1);
        long start = System.nanoTime();
        search.cancel(true);
        await("the statement to end", () -> waiting() == 0);
        best = Math.min(best, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
      }
      assertThat(best).isLessThanOrEqualTo(STOPPED_MILLIS);
    });
  }

  @Test
  void theEditorsOwnQuestionsDoNotWaitForTwentySearches() throws Exception {
    List<CompletableFuture<?>> searches = new ArrayList<>();
    whileHexIsLocked(() -> {
      for (int i = 0; i < 10; i++) {
        searches.add(text());
        searches.add(
            client
                .server()
                .patternSearch(PatternSearchParams.of("def _ do ... end").with(HEX, null, null)));
      }
      await("a search to wait for the lock", () -> waiting() > 0);

      client.open(workspace, CATALOG);
      var definition =
          get(
              client
                  .server()
                  .getTextDocumentService()
                  .definition(
                      new DefinitionParams(
                          new TextDocumentIdentifier(workspace.uri(CATALOG)),
                          workspace.at(CATALOG, "def get_book!(id), do: Re|po.get!(Book, id)"))));
      assertThat(definition.getLeft()).isNotEmpty();
      assertThat(searches).noneMatch(CompletableFuture::isDone);
    });
    for (CompletableFuture<?> search : searches) {
      assertThat(get(search)).isNotNull();
    }
  }

  @Test
  void twentySearchesAtOnceAllFindWhatOneFinds() throws Exception {
    int alone = get(text()).texts().size();
    List<CompletableFuture<TextSearchResult>> searches = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      searches.add(text());
    }
    for (CompletableFuture<TextSearchResult> search : searches) {
      assertThat(get(search).texts()).hasSize(alone);
    }
  }
}
