package dev.hexlens.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run as the page shows it, whole each time, so that who comes late or comes back misses nothing.
 *
 * @param state running, finished or failed
 * @param phase what is being done, in a word or two; how it ended once it has
 * @param total releases to do; null until it is known
 * @param alreadyThere releases that were complete before
 * @param bytes of source read
 * @param seconds since the start
 * @param rate releases a second, now
 * @param remaining seconds, estimated; null where nothing can be said
 * @param inWork the releases that are being worked on, the longest first, no more than are shown
 * @param working how many there are of those
 * @param recent what was done last, the latest first
 * @param failures the latest first, no more than are shown; {@code failed} has their number
 * @param stages by time, the longest first
 * @param notes on files and entries that were left out, the latest first
 */
record RunState(
    String state,
    String phase,
    @Nullable Integer total,
    int alreadyThere,
    int indexed,
    int skipped,
    int failed,
    long files,
    long bytes,
    double seconds,
    double rate,
    @Nullable Double remaining,
    List<Work> inWork,
    int working,
    List<Done> recent,
    List<Done> failures,
    List<Stage> stages,
    Pace.Chart chart,
    List<String> notes,
    int noted) {

  /**
   * A release in work.
   *
   * @param step reading, or storing once it is read
   * @param seconds since it was begun
   */
  record Work(String release, String step, double seconds) {}

  /**
   * A release that is done with.
   *
   * @param outcome indexed, skipped or failed
   * @param reason empty for what is indexed
   * @param seconds that it took; 0 where it was never begun
   */
  record Done(String release, String outcome, String reason, int files, double seconds) {}

  /**
   * A part of the work.
   *
   * @param seconds over all threads
   */
  record Stage(String name, double seconds) {}

  boolean isOver() {
    return !state.equals(RUNNING);
  }

  static final String RUNNING = "running";
  static final String FINISHED = "finished";
  static final String FAILED = "failed";
}
