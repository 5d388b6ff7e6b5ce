package dev.hexlens.lsp;

import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.DatabaseException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs requests off the reader's thread. What an editor waits for has threads of its own, so that
 * searches over all of Hex, however many, never keep it waiting.
 */
final class Requests implements AutoCloseable {
  /** An editor waits for one answer, seldom for more. */
  private static final int EDITOR_THREADS = 3;

  /** Searches at once; others wait their turn. As many as have a connection to the database. */
  private static final int SEARCH_THREADS = 4;

  private final ExecutorService editor = pool("hexlens-editor-", EDITOR_THREADS);
  private final ExecutorService searches = pool("hexlens-search-", SEARCH_THREADS);
  private final Consumer<DatabaseException> outage;
  private final Consumer<Throwable> unexpected;

  /**
   * @param outage told of every request that the database could not answer
   * @param unexpected told of every failure that is our own mistake
   */
  Requests(Consumer<DatabaseException> outage, Consumer<Throwable> unexpected) {
    this.outage = outage;
    this.unexpected = unexpected;
  }

  private static ExecutorService pool(String name, int threads) {
    return Executors.newFixedThreadPool(
        threads, Thread.ofPlatform().daemon().name(name, 0).factory());
  }

  /** Answers what an editor waits for. */
  <T extends @Nullable Object> CompletableFuture<T> forEditor(Function<Cancellation, T> work) {
    return answer(editor, work);
  }

  /** Answers a search, which may take longer. */
  <T extends @Nullable Object> CompletableFuture<T> search(Function<Cancellation, T> work) {
    return answer(searches, work);
  }

  private <T extends @Nullable Object> CompletableFuture<T> answer(
      ExecutorService executor, Function<Cancellation, T> work) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Cancellation cancellation = new Cancellation();
    var _ =
        answer.whenComplete((value, failure) -> {
          if (answer.isCancelled()) {
            // Cancelling SQL opens a connection: not on the reader's thread.
            Thread.ofVirtual().start(cancellation::cancel);
          }
        });
    try {
      executor.execute(() -> run(answer, work, cancellation));
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(Failures.failed("the server is shutting down"));
    }
    return answer;
  }

  private <T extends @Nullable Object> void run(
      CompletableFuture<T> answer, Function<Cancellation, T> work, Cancellation cancellation) {
    if (answer.isDone()) {
      return; // cancelled while it waited
    }
    try {
      answer.complete(work.apply(cancellation));
    } catch (RuntimeException | Error e) {
      var failure = Failures.of(e);
      if (e instanceof DatabaseException database && !cancellation.isCancelled()) {
        outage.accept(database);
      } else if (failure.getResponseError().getCode() == Failures.INTERNAL) {
        unexpected.accept(e);
      }
      answer.completeExceptionally(failure);
    }
  }

  @Override
  public void close() {
    editor.shutdownNow();
    searches.shutdownNow();
    try {
      var _ = editor.awaitTermination(2, TimeUnit.SECONDS);
      var _ = searches.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
