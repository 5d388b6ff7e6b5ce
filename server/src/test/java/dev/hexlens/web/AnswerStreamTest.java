package dev.hexlens.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hexlens.elixir.syntax.LineIndex;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.postgres.Cancellation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What becomes of a search that finds nothing for long, or that nobody waits for any more. */
final class AnswerStreamTest {
  private static final byte[] SOURCE = "x = 1\n".getBytes(StandardCharsets.UTF_8);
  private static final Candidate AT = new Candidate("p", "1.0.0", "lib/x.ex", 1, 1);

  @Test
  void aSearchThatNobodyWaitsForIsCancelled() throws Exception {
    OutputStream gone =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("broken pipe");
          }
        };
    Cancellation cancellation = new Cancellation();
    CountDownLatch cancelled = new CountDownLatch(1);
    try (var _ = cancellation.onCancel(cancelled::countDown);
        AnswerStream answers = stream(gone, Duration.ofMinutes(1), cancellation)) {
      // It finds nothing, and writes nothing: the stream notices by itself.
      assertThat(cancelled.await(20, TimeUnit.SECONDS)).isTrue();
      answers.end(null);
    }
  }

  @Test
  void aSearchThatTakesTooLongIsCancelledAndSaysSo() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Cancellation cancellation = new Cancellation();
    CountDownLatch cancelled = new CountDownLatch(1);
    try (var _ = cancellation.onCancel(cancelled::countDown);
        AnswerStream answers = stream(out, Duration.ofMillis(1), cancellation)) {
      assertThat(find(answers)).isTrue();
      assertThat(cancelled.await(20, TimeUnit.SECONDS)).isTrue();
      answers.end(null);
    }
    JsonObject end = last(out);
    assertThat(end.get("type").getAsString()).isEqualTo("end");
    assertThat(end.get("hits").getAsInt()).isEqualTo(1);
    assertThat(end.get("complete").getAsBoolean()).isFalse();
    assertThat(end.get("reason").getAsString()).startsWith("stopped after").contains("narrow it");
  }

  @Test
  void silenceIsFilledWithEmptyLines() throws Exception {
    CountDownLatch wrote = new CountDownLatch(1);
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int b) {
            assertThat(b).isEqualTo('\n');
            wrote.countDown();
          }
        };
    try (var _ = stream(out, Duration.ofMinutes(1), new Cancellation())) {
      assertThat(wrote.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void theFirstIsSentAtOnceAndTheOneTooManyNever() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (AnswerStream answers = stream(out, Duration.ofMinutes(1), new Cancellation())) {
      assertThat(find(answers)).isTrue();
      assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"lib/x.ex\"");
      assertThat(find(answers)).isTrue();
      assertThat(find(answers)).isFalse();
      answers.end("here");
    }
    assertThat(last(out).get("hits").getAsInt()).isEqualTo(2);
    assertThat(last(out).get("complete").getAsBoolean()).isFalse();
    assertThat(last(out).get("next").getAsString()).isEqualTo("here");
  }

  private static AnswerStream stream(OutputStream out, Duration time, Cancellation cancellation) {
    return new AnswerStream(out, 2, time, cancellation);
  }

  private static boolean find(AnswerStream answers) {
    return answers.add(AT, SOURCE, LineIndex.of(SOURCE), 0, 1, Answer.Detail.NONE);
  }

  private static JsonObject last(ByteArrayOutputStream out) {
    String line = out.toString(StandardCharsets.UTF_8).lines().toList().getLast();
    return JsonParser.parseString(line).getAsJsonObject();
  }
}
