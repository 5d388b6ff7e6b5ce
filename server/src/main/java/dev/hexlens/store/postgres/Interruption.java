package dev.hexlens.store.postgres;

import java.time.Duration;
import java.util.concurrent.CancellationException;

/** Waiting, for callers that treat an interrupted thread as cancelled work. */
final class Interruption {
  private Interruption() {}

  /** Waits a little between two looks at what another process does. */
  static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw of(e, "while waiting for the database server");
    }
  }

  /** Keeps the thread's interrupt and makes what ends the work. */
  static CancellationException of(InterruptedException interrupt, String when) {
    Thread.currentThread().interrupt();
    var cancelled = new CancellationException("interrupted " + when);
    cancelled.initCause(interrupt);
    return cancelled;
  }
}
