package dev.hexlens.web;

import dev.hexlens.elixir.syntax.LineIndex;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.postgres.Cancellation;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sends what a search finds as it comes, a JSON object a line. An empty line goes out while nothing
 * is found: so it is noticed that nobody listens any more, and the search is cancelled. For the
 * searching thread and its own.
 */
final class AnswerStream implements AutoCloseable {
  /** What is found together goes out together. */
  private static final Duration BEAT = Duration.ofMillis(100);

  private static final int BEATS_OF_SILENCE = 10;

  private static final double NANOS = 1e9;

  private final OutputStream out;
  private final int limit;
  private final Duration time;
  private final Cancellation cancellation;
  private final long start = System.nanoTime();
  private final Thread beat;
  private int found;
  private int silent;
  private boolean closed;
  private boolean late;

  /**
   * @param limit so many are wanted
   * @param time when it is over the search is cancelled
   */
  AnswerStream(OutputStream out, int limit, Duration time, Cancellation cancellation) {
    this.out = new BufferedOutputStream(out);
    this.limit = limit;
    this.time = time;
    this.cancellation = cancellation;
    this.beat = Thread.startVirtualThread(this::beat);
  }

  /** Takes what was found; false when no other is wanted. */
  synchronized boolean add(
      Candidate at, byte[] source, LineIndex lines, int start, int end, Answer.Detail detail) {
    if (found == limit) {
      return false;
    }
    found++;
    Snippet snippet = Snippet.of(source, lines, start, end);
    write(
        new Answer.Hit(
            "hit",
            at.packageName(),
            at.version(),
            at.path(),
            lines.line(start),
            lines.column(start),
            detail,
            snippet.lines(),
            snippet.more()));
    if (found == 1) {
      flush(); // the first one should be seen at once
    }
    return true;
  }

  synchronized void hint(String text) {
    write(new Answer.Hint(text));
  }

  synchronized void failed(String sentence) {
    write(new Answer.Failed(sentence));
  }

  /**
   * Ends the answer.
   *
   * @param next with which to ask for more; null when there is no more
   */
  synchronized void end(@Nullable String next) {
    String reason =
        late
            ? "stopped after %d seconds: narrow it to a package or a path"
                .formatted(time.toSeconds())
            : null;
    write(
        new Answer.End(
            found, next == null && !late, reason, next, (System.nanoTime() - start) / NANOS));
  }

  private void write(Answer answer) {
    if (closed) {
      return;
    }
    try {
      out.write((Exchange.GSON.toJson(answer) + "\n").getBytes(StandardCharsets.UTF_8));
      silent = 0;
    } catch (IOException e) {
      gone();
    }
  }

  private void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      gone();
    }
  }

  /** Who asked has closed the page, or asks something else: nobody is left to be told. */
  private void gone() {
    closed = true;
    cancellation.cancel();
  }

  private void beat() {
    try {
      while (true) {
        Thread.sleep(BEAT);
        synchronized (this) {
          if (closed) {
            return;
          }
          if (++silent % BEATS_OF_SILENCE == 0) {
            out.write('\n');
          }
          out.flush();
          if (!late && System.nanoTime() - start > time.toNanos()) {
            late = true;
            cancellation.cancel();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      synchronized (this) {
        gone();
      }
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (this) {
      if (!closed) {
        closed = true;
        out.close();
      }
    }
    beat.interrupt();
  }
}
