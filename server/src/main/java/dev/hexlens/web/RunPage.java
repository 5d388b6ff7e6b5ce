package dev.hexlens.web;

import dev.hexlens.index.IndexEvent;
import dev.hexlens.index.IndexReport;
import dev.hexlens.store.postgres.Database;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The page of a run, {@code /progress}, as long as the run lasts. There are no questions beside it:
 * while the store is filled it has none of its indexes, and answers would cost the run its time.
 */
public final class RunPage implements Consumer<IndexEvent>, AutoCloseable {
  /** So long pages may take to hear of the end. */
  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private static final Duration POLL = Duration.ofMillis(20);

  private final RunBoard board = new RunBoard();
  private final ProgressStream stream;
  private final WebServer server;
  private boolean over;

  private RunPage(int port, Database database) throws IOException {
    this.stream = new ProgressStream(board, new StoreWatch(database));
    Map<String, WebServer.Page> pages = Assets.common();
    pages.put("/", exchange -> exchange.redirect("/progress"));
    pages.put("/api/progress", stream);
    pages.put("/api/state", exchange -> exchange.json(200, stream.state()));
    this.server = WebServer.start(port, pages);
  }

  /**
   * Shows a run that is about to begin.
   *
   * @param port 0 for any that is free
   * @throws IOException with a sentence when the port can't be had
   */
  public static RunPage start(int port, Database database) throws IOException {
    return new RunPage(port, database);
  }

  /** Where to look. */
  public URI url() {
    return server.url().resolve("progress");
  }

  @Override
  public void accept(IndexEvent event) {
    board.accept(event);
  }

  /** The run is over. */
  public void finished(IndexReport report) {
    over = true;
    board.finished(report);
  }

  /** The run is over before its end, for this reason. */
  public void failed(String sentence) {
    over = true;
    board.failed(sentence);
  }

  /** Ends when all who look have heard how it ended. */
  @Override
  public void close() {
    if (!over) {
      board.failed("the run was ended before its time; the reason stands where it was started");
    }
    long deadline = System.nanoTime() + FAREWELL.toNanos();
    try {
      while (stream.watching() > 0 && System.nanoTime() < deadline) {
        Thread.sleep(POLL);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.close();
  }
}
