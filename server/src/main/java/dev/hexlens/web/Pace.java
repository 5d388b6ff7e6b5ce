package dev.hexlens.web;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;

/** How fast releases are done: now, and over the whole run. For one thread at a time. */
final class Pace {
  /** What counts as now: long enough for batches, which are stored at once, to even out. */
  private static final double WINDOW_SECONDS = 30;

  /** As many bars as a chart shows well; when they are full, two become one. */
  private static final int BARS = 100;

  private static final double NANOS = 1e9;

  private final long start;
  private final Deque<Long> recent = new ArrayDeque<>();
  private final int[] bars = new int[BARS];
  private int barSeconds = 1;

  /**
   * @param start of the work, as all times in nanoseconds of one clock
   */
  Pace(long start) {
    this.start = start;
  }

  /** Releases done in each part of the run. */
  record Chart(int barSeconds, List<Integer> bars) {}

  /** A release is done. */
  void done(long now) {
    recent.add(now);
    bars[bar(now)]++;
  }

  private int bar(long now) {
    int bar = (int) ((now - start) / NANOS / barSeconds);
    while (bar >= BARS) {
      for (int i = 0; i < BARS / 2; i++) {
        bars[i] = bars[2 * i] + bars[2 * i + 1];
      }
      Arrays.fill(bars, BARS / 2, BARS, 0);
      barSeconds *= 2;
      bar /= 2;
    }
    return bar;
  }

  /** Releases a second in the last half minute, or since the start; 0 where none was done. */
  double rate(long now) {
    while (!recent.isEmpty() && now - recent.peekFirst() > WINDOW_SECONDS * NANOS) {
      recent.removeFirst();
    }
    double seconds = Math.min(WINDOW_SECONDS, (now - start) / NANOS);
    return seconds <= 0 ? 0 : recent.size() / seconds;
  }

  /** Seconds until so many more are done, at the present rate; empty while there is none. */
  OptionalDouble remaining(int releases, long now) {
    double rate = rate(now);
    return rate == 0 ? OptionalDouble.empty() : OptionalDouble.of(releases / rate);
  }

  Chart chart(long now) {
    int last = bar(now);
    return new Chart(barSeconds, Arrays.stream(bars, 0, last + 1).boxed().toList());
  }
}
