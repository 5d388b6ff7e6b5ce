package dev.hexlens.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CancellationTest {

  private final Cancellation cancellation = new Cancellation();
  private final List<String> ran = new ArrayList<>();

  @Test
  void hooksRunOnceInOrder() {
    cancellation.onCancel(() -> ran.add("first"));
    cancellation.onCancel(() -> ran.add("second"));
    cancellation.cancel();
    cancellation.cancel();
    assertThat(ran).containsExactly("first", "second");
    assertThatThrownBy(cancellation::throwIfCancelled).isInstanceOf(CancellationException.class);
  }

  @Test
  void aClosedHookDoesNotRun() {
    cancellation.onCancel(() -> ran.add("closed")).close();
    cancellation.cancel();
    assertThat(ran).isEmpty();
  }

  @Test
  void aLateHookRunsAtOnce() {
    cancellation.cancel();
    cancellation.onCancel(() -> ran.add("late"));
    assertThat(ran).containsExactly("late");
  }

  @Test
  void closingWaitsForTheHookThatRuns() throws Exception {
    var running = new CountDownLatch(1);
    var mayEnd = new CountDownLatch(1);
    var registration =
        cancellation.onCancel(() -> {
          running.countDown();
          awaitUninterrupted(mayEnd);
          ran.add("hook");
        });
    Thread canceller = Thread.ofVirtual().start(cancellation::cancel);
    running.await();
    Thread closer =
        Thread.ofPlatform()
            .start(() -> {
              registration.close();
              ran.add("closed");
            });
    EmbeddedPostgresTest.until(() -> closer.getState() == Thread.State.BLOCKED);
    mayEnd.countDown();
    canceller.join();
    closer.join();
    assertThat(ran).containsExactly("hook", "closed");
  }

  @Test
  void theSharedTokenIsNeverCancelled() {
    assertThatCode(Cancellation.NONE::throwIfCancelled).doesNotThrowAnyException();
    assertThatThrownBy(Cancellation.NONE::cancel).isInstanceOf(IllegalStateException.class);
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
