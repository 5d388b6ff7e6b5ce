package dev.hexlens.lsp;

import dev.hexlens.store.postgres.Cancellation;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.ProgressParams;
import org.eclipse.lsp4j.WorkDoneProgressBegin;
import org.eclipse.lsp4j.WorkDoneProgressCreateParams;
import org.eclipse.lsp4j.WorkDoneProgressEnd;
import org.eclipse.lsp4j.WorkDoneProgressNotification;
import org.eclipse.lsp4j.WorkDoneProgressReport;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.services.LanguageClient;
import org.jspecify.annotations.Nullable;

/** Shows long work in the editor, which may cancel it there. For many threads. */
final class WorkProgress {
  /** A client that does not answer a request for a token gets no progress. */
  private static final long CREATE_SECONDS = 5;

  /** Reports come no closer: an editor draws each. */
  private static final long DUE_NANOS = 100_000_000;

  private final LanguageClient client;
  private final boolean supported;
  private final Map<Either<String, Integer>, Cancellation> running = new ConcurrentHashMap<>();

  /**
   * @param supported whether the client lets a server begin progress
   */
  WorkProgress(LanguageClient client, boolean supported) {
    this.client = client;
    this.supported = supported;
  }

  /**
   * Begins to show work. Not on the reader's thread: the client is asked for leave.
   *
   * @param given the token that a request brought; null to ask the client for one
   */
  Shown begin(String title, @Nullable Either<String, Integer> given, Cancellation cancellation) {
    Either<String, Integer> token = given == null ? created() : given;
    if (token == null) {
      return new Shown(null);
    }
    running.put(token, cancellation);
    WorkDoneProgressBegin begin = new WorkDoneProgressBegin();
    begin.setTitle(title);
    begin.setCancellable(true);
    begin.setPercentage(0);
    send(token, begin);
    return new Shown(token);
  }

  private @Nullable Either<String, Integer> created() {
    if (!supported) {
      return null;
    }
    Either<String, Integer> token = Either.forLeft("hexlens-" + UUID.randomUUID());
    try {
      client
          .createProgress(new WorkDoneProgressCreateParams(token))
          .get(CREATE_SECONDS, TimeUnit.SECONDS);
      return token;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      return null; // it will be done unseen
    }
  }

  /** The user cancelled it. */
  void cancel(Either<String, Integer> token) {
    Cancellation cancellation = running.get(token);
    if (cancellation != null) {
      Thread.ofVirtual().start(cancellation::cancel);
    }
  }

  private void send(Either<String, Integer> token, WorkDoneProgressNotification value) {
    client.notifyProgress(new ProgressParams(token, Either.forLeft(value)));
  }

  /** Work that is shown, until it is closed. */
  final class Shown implements AutoCloseable {
    private final @Nullable Either<String, Integer> token;
    private int percentage;
    private long sent;
    private String last = "";

    Shown(@Nullable Either<String, Integer> token) {
      this.token = token;
    }

    /** How far it is; a percentage never falls. */
    synchronized void report(long done, long all, String message) {
      if (token == null || System.nanoTime() - sent < DUE_NANOS) {
        return;
      }
      sent = System.nanoTime();
      percentage = Math.max(percentage, all == 0 ? 0 : (int) (100 * done / all));
      WorkDoneProgressReport report = new WorkDoneProgressReport();
      report.setCancellable(true);
      report.setPercentage(Math.min(100, percentage));
      report.setMessage(message);
      send(token, report);
    }

    /** What to say at the end. */
    synchronized void finish(String message) {
      last = message;
    }

    @Override
    public synchronized void close() {
      if (token != null) {
        running.remove(token);
        WorkDoneProgressEnd end = new WorkDoneProgressEnd();
        if (!last.isEmpty()) {
          end.setMessage(last);
        }
        send(token, end);
      }
    }
  }
}
