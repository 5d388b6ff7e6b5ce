package dev.hexlens.index;

import dev.hexlens.hex.ReleaseId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts what happens in a run and passes it on. For many threads. */
final class RunLog {
  private final Consumer<IndexEvent> listener;
  private final long started = System.nanoTime();
  private final AtomicInteger indexed = new AtomicInteger();
  private final AtomicInteger alreadyThere = new AtomicInteger();
  private final AtomicInteger skipped = new AtomicInteger();
  private final AtomicInteger superseded = new AtomicInteger();
  private final AtomicLong files = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final List<IndexReport.Failure> failures =
      Collections.synchronizedList(new ArrayList<>());
  private final List<String> problems = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, LongAdder> stages = new ConcurrentHashMap<>();

  /** By name@version; what was chosen, in its order. */
  private final Map<String, IndexReport.Outcome> outcomes =
      Collections.synchronizedMap(new LinkedHashMap<>());

  private volatile boolean stopped;

  /** Why a release without any file of a language that is kept is passed over. */
  static final String BARE = "no Elixir or Erlang sources";

  RunLog(Consumer<IndexEvent> listener) {
    this.listener = listener;
  }

  /** Runs a stage and adds its time. */
  <T> T timed(String stage, Supplier<T> work) {
    long start = System.nanoTime();
    try {
      return work.get();
    } finally {
      took(stage, System.nanoTime() - start);
    }
  }

  /** Runs a stage and adds its time. */
  void timed(String stage, Runnable work) {
    timed(
        stage,
        () -> {
          work.run();
          return stage;
        });
  }

  /** Adds time of a stage. */
  void took(String stage, long nanos) {
    stages.computeIfAbsent(stage, s -> new LongAdder()).add(nanos);
    listener.accept(new IndexEvent.Timed(stage, nanos));
  }

  /** These are to be in the store at the end. */
  void chosen(List<ReleaseId> releases) {
    for (ReleaseId id : releases) {
      outcome(id.name() + "@" + id.version(), IndexReport.State.LEFT, null);
    }
  }

  private IndexReport.@Nullable Outcome outcome(
      String release, IndexReport.State state, @Nullable String reason) {
    int at = release.lastIndexOf('@');
    return outcomes.put(
        release,
        new IndexReport.Outcome(
            release.substring(0, at), release.substring(at + 1), state, reason));
  }

  void planned(int releases, int there) {
    alreadyThere.set(there);
    listener.accept(new IndexEvent.Planned(releases, there));
  }

  void started(String release) {
    listener.accept(new IndexEvent.Started(release));
  }

  void extracted(String release, int fileCount, long byteCount) {
    files.addAndGet(fileCount);
    bytes.addAndGet(byteCount);
    listener.accept(new IndexEvent.Extracted(release, fileCount, byteCount));
  }

  void stored(String release) {
    IndexReport.Outcome before = outcome(release, IndexReport.State.INDEXED, null);
    // One that is linked again is stored twice.
    if (before == null || before.state() != IndexReport.State.INDEXED) {
      indexed.incrementAndGet();
    }
    listener.accept(new IndexEvent.Stored(release));
  }

  /** It was complete before. */
  void there(ReleaseId id) {
    outcome(id.name() + "@" + id.version(), IndexReport.State.THERE, null);
  }

  void superseded(int releases) {
    superseded.addAndGet(releases);
  }

  void skipped(String release, String reason) {
    skipped.incrementAndGet();
    outcome(release, IndexReport.State.SKIPPED, reason);
    listener.accept(new IndexEvent.Skipped(release, reason));
  }

  void failed(ReleaseId id, String reason) {
    failed(id.name(), id.version().toString(), reason);
  }

  void failed(String name, String version, String reason) {
    outcome(name + "@" + version, IndexReport.State.FAILED, reason);
    failures.add(new IndexReport.Failure(name, version, reason));
    listener.accept(new IndexEvent.Failed(name + "@" + version, reason));
  }

  void problem(String release, String problem) {
    problems.add(release + ": " + problem);
    listener.accept(new IndexEvent.FileProblem(release, problem));
  }

  void registryProblem(String problem) {
    problems.add(problem);
    listener.accept(new IndexEvent.RegistryProblem(problem));
  }

  void stage(String name) {
    listener.accept(new IndexEvent.Stage(name));
  }

  /** The time is over, and not everything is done. */
  void stopped() {
    stopped = true;
  }

  IndexReport report() {
    List<IndexReport.Outcome> releases;
    synchronized (outcomes) {
      releases = List.copyOf(outcomes.values());
    }
    return new IndexReport(
        indexed.get(),
        alreadyThere.get(),
        skipped.get(),
        superseded.get(),
        files.get(),
        bytes.get(),
        List.copyOf(failures),
        List.copyOf(problems),
        releases,
        stopped,
        (System.nanoTime() - started) / 1e9,
        stages.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().sum() / 1e9)));
  }
}
