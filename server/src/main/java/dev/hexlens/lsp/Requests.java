package dev.hexlens.lsp;

import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.DatabaseException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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

  /** Searches that work at a time. As many as have a connection to the database. */
  private static final int SEARCHES = 4;

  private final ExecutorService editor = pool("hexlens-editor-", EDITOR_THREADS);
  private final ExecutorService searches =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("hexlens-search-", 0).factory());

  private final Turns turns = new Turns(SEARCHES);
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

  /** Answers a search, which may take longer, and takes turns with the others. */
  <T extends @Nullable Object> CompletableFuture<T> search(Function<Cancellation, T> work) {
    return answer(
        searches,
        cancellation -> {
          turns.begin();
          try {
            cancellation.throwIfCancelled();
            return work.apply(cancellation);
          } finally {
            turns.end();
          }
        });
  }

  /** In which searches work. */
  Turns turns() {
    return turns;
  }

  private <T extends @Nullable Object> CompletableFuture<T> answer(
      ExecutorService executor, Function<Cancellation, T> work) {
    Answer<T> answer = new Answer<>();
    try {
      executor.execute(() -> run(answer, work, answer.cancellation));
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(Failures.failed("the server is shutting down"));
    }
    return answer;
  }

  /**
   * Ends with its work, also when it is cancelled: what the work still sends must not come after
   * the answer.
   */
  private static final class Answer<T extends @Nullable Object> extends CompletableFuture<T> {
    final Cancellation cancellation = new Cancellation();
    final AtomicBoolean begun = new AtomicBoolean();

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      if (begun.compareAndSet(false, true)) {
        return super.cancel(mayInterruptIfRunning); // it waited, and need not begin
      }
      // Cancelling SQL opens a connection: not on the reader's thread.
      Thread.ofVirtual().start(cancellation::cancel);
      return !isDone();
    }
  }

  private <T extends @Nullable Object> void run(
      Answer<T> answer, Function<Cancellation, T> work, Cancellation cancellation) {
    if (!answer.begun.compareAndSet(false, true)) {
      return;
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
