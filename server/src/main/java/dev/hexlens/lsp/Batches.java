package dev.hexlens.lsp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.lsp4j.ProgressParams;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.jspecify.annotations.Nullable;

/**
 * Sends results as they come under the token of a request, or keeps them for its answer where it
 * has none. For one thread.
 */
final class Batches<T> {
  /** A batch is no larger, so that the client can show it at once. */
  private static final int FULL = 64;

  /** Nor does it wait longer. */
  private static final long DUE_NANOS = 40_000_000;

  private final @Nullable Either<String, Integer> token;
  private final Consumer<ProgressParams> client;
  private final Function<List<T>, Object> wrap;
  private final List<T> waiting = new ArrayList<>();
  private int weight;
  private long sent;

  /**
   * @param token null where the results belong in the answer
   * @param wrap makes the message of a batch
   */
  Batches(
      @Nullable Either<String, Integer> token,
      Consumer<ProgressParams> client,
      Function<List<T>, Object> wrap) {
    this.token = token;
    this.client = client;
    this.wrap = wrap;
  }

  /** Adds a result; the first is sent at once. */
  void add(T result, int itsWeight) {
    waiting.add(result);
    weight += itsWeight;
    if (token != null && (weight >= FULL || System.nanoTime() - sent > DUE_NANOS)) {
      send();
    }
  }

  private void send() {
    if (token != null && !waiting.isEmpty()) {
      client.accept(new ProgressParams(token, Either.forRight(wrap.apply(List.copyOf(waiting)))));
      waiting.clear();
    }
    weight = 0;
    sent = System.nanoTime();
  }

  /** Sends what is left, and returns what belongs in the answer. */
  List<T> finish() {
    if (token == null) {
      return List.copyOf(waiting);
    }
    send();
    return List.of();
  }
}
