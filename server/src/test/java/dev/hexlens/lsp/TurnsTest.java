package dev.hexlens.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Searches that never end hold up nobody, however many they are. */
final class TurnsTest {
  private static final int MANY = 20;

  private final Requests requests =
      new Requests(
          outage -> {
            throw new AssertionError(outage);
          },
          mistake -> {
            throw new AssertionError(mistake);
          });

  @Test
  void twentyEndlessSearchesHoldUpNeitherAnotherNorTheEditorNorEachOther() throws Exception {
    CountDownLatch turns = new CountDownLatch(MANY);
    List<CompletableFuture<String>> endless = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      endless.add(
          requests.search(cancellation -> {
            turns.countDown();
            while (true) {
              cancellation.throwIfCancelled();
              requests.turns().pass(); // as between two pages of files
            }
          }));
    }

    assertThat(turns.await(TestClient.SECONDS, TimeUnit.SECONDS)).as("each has its turn").isTrue();
    String found = TestClient.get(requests.search(cancellation -> "found"));
    assertThat(found).isEqualTo("found");
    String here = TestClient.get(requests.forEditor(cancellation -> "here"));
    assertThat(here).isEqualTo("here");
    assertThat(endless).noneMatch(CompletableFuture::isDone);

    endless.forEach(search -> search.cancel(false));
    endless.forEach(search ->
        assertThat(search)
            .failsWithin(TestClient.SECONDS, TimeUnit.SECONDS)
            .withThrowableOfType(java.util.concurrent.ExecutionException.class));
    requests.close();
  }
}
