package dev.hexlens.index;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Does work on threads of its own and gives it up when it takes too long. Java can't end a thread
 * that does not listen: such a one goes on in vain, but nobody waits for it, nor does the process
 * when it ends.
 */
final class TimeLimit implements AutoCloseable {
  private final Duration limit;
  private final ExecutorService executor =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().name("hexlens-index-", 0).daemon().factory());

  TimeLimit(Duration limit) {
    this.limit = limit;
  }

  /** That work took longer, and was told to stop. */
  static final class Exceeded extends Exception {
    private static final long serialVersionUID = 1L;

    private Exceeded() {}
  }

  /**
   * Does work.
   *
   * @throws ExecutionException with whatever the work throws
   */
  <T> T call(Callable<T> work) throws Exceeded, ExecutionException, InterruptedException {
    Future<T> running = executor.submit(work);
    boolean done = false;
    try {
      T answer = running.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      done = true;
      return answer;
    } catch (TimeoutException e) {
      throw new Exceeded();
    } finally {
      if (!done) {
        running.cancel(true);
      }
    }
  }

  @Override
  public String toString() {
    return limit.toSeconds() > 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
  }

  /** Tells what is still at work to stop, and does not wait for it. */
  @Override
  public void close() {
    executor.shutdownNow();
  }
}
