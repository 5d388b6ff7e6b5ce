package dev.hexlens.web;

import dev.hexlens.index.IndexEvent;
import dev.hexlens.index.IndexReport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Remembers what happens in a run, bounded, for those who look. For many threads. */
final class RunBoard implements Consumer<IndexEvent> {
  /** So many of each list are shown. */
  private static final int SHOWN = 40;

  private static final int FAILURES = 200;

  private static final String INDEXING = "indexing";

  private final LongSupplier clock;
  private final long start;
  private long version;

  private String state = RunState.RUNNING;
  private String phase = "starting";
  private @Nullable Integer total;
  private int alreadyThere;
  private int indexed;
  private int skipped;
  private int failed;
  private long files;
  private long bytes;
  private long end;
  private int noted;
  private Pace pace;
  private final Map<String, Item> inWork = new LinkedHashMap<>();
  private final Deque<RunState.Done> recent = new ArrayDeque<>();
  private final Deque<RunState.Done> failures = new ArrayDeque<>();
  private final Deque<String> notes = new ArrayDeque<>();
  private final Map<String, Long> stageNanos = new HashMap<>();

  private record Item(long since, String step, int files) {}

  RunBoard() {
    this(System::nanoTime);
  }

  RunBoard(LongSupplier clock) {
    this.clock = clock;
    this.start = clock.getAsLong();
    this.pace = new Pace(start);
  }

  /**
   * A state of the run.
   *
   * @param version grows with each change
   */
  record Look(long version, RunState state) {}

  @Override
  public synchronized void accept(IndexEvent event) {
    long now = clock.getAsLong();
    switch (event) {
      case IndexEvent.Planned plan -> {
        total = plan.releases() - plan.alreadyThere();
        alreadyThere = plan.alreadyThere();
        phase = INDEXING;
        pace = new Pace(now); // reading the registry is no part of the pace
      }
      case IndexEvent.Started started -> inWork.put(started.release(), new Item(now, "reading", 0));
      case IndexEvent.Extracted extracted -> {
        files += extracted.files();
        bytes += extracted.bytes();
        inWork.computeIfPresent(
            extracted.release(),
            (release, item) -> new Item(item.since(), "storing", extracted.files()));
      }
      case IndexEvent.Stored stored -> {
        indexed++;
        done(stored.release(), "indexed", "", now);
      }
      case IndexEvent.Skipped skip -> {
        skipped++;
        done(skip.release(), "skipped", skip.reason(), now);
      }
      case IndexEvent.Failed failure -> {
        failed++;
        keep(failures, done(failure.release(), "failed", failure.reason(), now), FAILURES);
      }
      case IndexEvent.FileProblem problem -> note(problem.release() + ": " + problem.problem());
      case IndexEvent.RegistryProblem problem -> note(problem.problem());
      case IndexEvent.Stage stage -> phase = stage.name();
      case IndexEvent.Timed timed -> stageNanos.merge(timed.stage(), timed.nanos(), Long::sum);
    }
    changed();
  }

  private RunState.Done done(String release, String outcome, String reason, long now) {
    Item item = inWork.remove(release);
    RunState.Done done =
        new RunState.Done(
            release,
            outcome,
            reason,
            item == null ? 0 : item.files(),
            item == null ? 0 : seconds(now - item.since()));
    keep(recent, done, SHOWN);
    pace.done(now);
    return done;
  }

  private void note(String sentence) {
    noted++;
    keep(notes, sentence, SHOWN);
  }

  private static <T> void keep(Deque<T> list, T first, int most) {
    list.addFirst(first);
    if (list.size() > most) {
      list.removeLast();
    }
  }

  /** The run is over; the report's counts are the true ones. */
  synchronized void finished(IndexReport report) {
    indexed = report.indexed();
    skipped = report.skipped();
    failed = report.failures().size();
    alreadyThere = report.alreadyThere();
    over(RunState.FINISHED, failed == 0 ? "finished" : "finished, some releases failed");
  }

  /** The run is over before its end, for this reason. */
  synchronized void failed(String sentence) {
    over(RunState.FAILED, sentence);
  }

  private void over(String how, String sentence) {
    state = how;
    phase = sentence;
    end = clock.getAsLong();
    inWork.clear();
    changed();
  }

  private void changed() {
    version++;
    notifyAll();
  }

  /** The state now. */
  synchronized Look look() {
    return new Look(version, snapshot());
  }

  /**
   * Waits for news.
   *
   * @param seen the version that is known already
   * @param most after so long the state is told again: time has passed in it
   */
  synchronized Look await(long seen, Duration most) throws InterruptedException {
    long deadline = System.nanoTime() + most.toNanos();
    while (version == seen) {
      long left = (deadline - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        break;
      }
      wait(left);
    }
    return look();
  }

  private RunState snapshot() {
    long now = end == 0 ? clock.getAsLong() : end;
    int finished = indexed + skipped + failed;
    boolean guessable = end == 0 && total != null && phase.equals(INDEXING);
    OptionalDouble remaining =
        guessable && total != null
            ? pace.remaining(Math.max(0, total - finished), now)
            : OptionalDouble.empty();
    return new RunState(
        state,
        phase,
        total,
        alreadyThere,
        indexed,
        skipped,
        failed,
        files,
        bytes,
        seconds(now - start),
        pace.rate(now),
        remaining.isPresent() ? (Double) remaining.getAsDouble() : null,
        inWork.entrySet().stream()
            .limit(SHOWN)
            .map(each ->
                new RunState.Work(
                    each.getKey(), each.getValue().step(), seconds(now - each.getValue().since())))
            .toList(),
        inWork.size(),
        List.copyOf(recent),
        List.copyOf(failures),
        stageNanos.entrySet().stream()
            .map(each -> new RunState.Stage(each.getKey(), seconds(each.getValue())))
            .sorted(Comparator.comparingDouble(RunState.Stage::seconds).reversed())
            .toList(),
        pace.chart(now),
        List.copyOf(notes),
        noted);
  }

  private static double seconds(long nanos) {
    return Math.round(nanos / 1e6) / 1e3;
  }
}
