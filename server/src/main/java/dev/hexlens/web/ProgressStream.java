package dev.hexlens.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Tells a page how things stand, by server-sent events, until the run is over. Each event is the
 * whole state, so a page that lost its connection needs nothing of the past.
 */
final class ProgressStream implements WebServer.Page {
  /** More often nobody can read it. */
  private static final Duration PAUSE = Duration.ofMillis(250);

  /** Without news: shows that the connection lives, and that time passes. */
  private static final Duration QUIET = Duration.ofSeconds(2);

  /** Looks at a run before its first version. */
  private static final long NOTHING = -1;

  private final @Nullable RunBoard run;
  private final StoreWatch store;
  private final AtomicInteger watching = new AtomicInteger();

  /**
   * @param run null where this process indexes nothing
   */
  ProgressStream(@Nullable RunBoard run, StoreWatch store) {
    this.run = run;
    this.store = store;
  }

  /** What an event holds. */
  record State(@Nullable RunState run, StoreWatch.Figures store) {}

  /** The state now. */
  State state() {
    return new State(run == null ? null : run.look().state(), store.figures());
  }

  /** How many pages follow the run. */
  int watching() {
    return watching.get();
  }

  @Override
  public void answer(Exchange exchange) throws IOException {
    watching.incrementAndGet();
    try (OutputStream out = exchange.stream("text/event-stream")) {
      follow(out);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server ends, and with it the answer
    } finally {
      watching.decrementAndGet();
    }
  }

  private void follow(OutputStream out) throws IOException, InterruptedException {
    // Browsers come back after so many milliseconds.
    out.write("retry: 1000\n\n".getBytes(StandardCharsets.UTF_8));
    if (run == null) {
      while (true) {
        send(out, state());
        Thread.sleep(QUIET);
      }
    }
    RunBoard.Look look = run.await(NOTHING, QUIET);
    while (!look.state().isOver()) {
      send(out, new State(look.state(), store.figures()));
      Thread.sleep(PAUSE);
      look = run.await(look.version(), QUIET);
    }
    send(out, new State(look.state(), store.figuresNow()));
  }

  private static void send(OutputStream out, State state) throws IOException {
    // Gson writes no line feed, which would end the event.
    out.write(("data: " + Exchange.GSON.toJson(state) + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
