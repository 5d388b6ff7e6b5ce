package dev.hexlens.cli;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Runs the same work on many inputs, on all cores, and hands over the results in the order of the
 * inputs. At most a bounded number of results wait for their turn.
 */
final class OrderedWork {
  /** Results of any size that may wait per core. */
  static final int FEW = 64;

  /**
   * Small results that may wait per core: enough that a file of 2 MB, half a second's work, does
   * not stop the others.
   */
  static final int MANY = 2_048;

  private OrderedWork() {}

  /**
   * @param waitingPerCore how many results may wait for their turn, per core
   * @param work runs on several threads at once
   * @param sink runs on the calling thread
   */
  static <I, O> void run(
      Iterator<I> inputs, int waitingPerCore, Function<I, O> work, Consumer<O> sink) {
    int cores = Runtime.getRuntime().availableProcessors();
    ArrayDeque<Future<O>> waiting = new ArrayDeque<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(cores)) {
      try {
        while (inputs.hasNext() || !waiting.isEmpty()) {
          while (inputs.hasNext() && waiting.size() < cores * waitingPerCore) {
            I input = inputs.next();
            waiting.add(executor.submit(() -> work.apply(input)));
          }
          sink.accept(outcome(waiting.remove()));
        }
      } finally {
        executor.shutdownNow();
      }
    }
  }

  /**
   * Waits for work of another thread.
   *
   * @throws RuntimeException the one that the work threw
   */
  static <O> O outcome(Future<O> work) {
    try {
      return work.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
