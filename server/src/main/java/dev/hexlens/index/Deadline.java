package dev.hexlens.index;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** When a run is to stop, if it is to stop at all. */
final class Deadline {
  private final boolean limited;
  private final long end;

  private Deadline(boolean limited, long end) {
    this.limited = limited;
    this.end = end;
  }

  /**
   * So long from now.
   *
   * @param time null for never
   */
  static Deadline in(@Nullable Duration time) {
    return time == null
        ? new Deadline(false, 0)
        : new Deadline(true, System.nanoTime() + time.toNanos());
  }

  /** That a run has no time left. */
  static final class Passed extends Exception {
    private static final long serialVersionUID = 1L;
  }

  boolean isPassed() {
    return limited && System.nanoTime() - end >= 0;
  }

  /** Waits for work to end, but not beyond. */
  <T> T await(Future<T> work) throws Passed, ExecutionException, InterruptedException {
    if (!limited) {
      return work.get();
    }
    try {
      return work.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new Passed();
    }
  }
}
