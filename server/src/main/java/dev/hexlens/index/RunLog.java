package dev.hexlens.index;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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

  /** Time spent waiting for the exports of dependencies. */
  void waited(long nanos) {
    took("wait", nanos);
  }

  private void took(String stage, long nanos) {
    stages.computeIfAbsent(stage, s -> new LongAdder()).add(nanos);
    listener.accept(new IndexEvent.Timed(stage, nanos));
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
    indexed.incrementAndGet();
    listener.accept(new IndexEvent.Stored(release));
  }

  void thereAlready() {
    alreadyThere.incrementAndGet();
  }

  void superseded(int releases) {
    superseded.addAndGet(releases);
  }

  void skipped(String release, String reason) {
    skipped.incrementAndGet();
    listener.accept(new IndexEvent.Skipped(release, reason));
  }

  void failed(String name, String version, String reason) {
    failures.add(new IndexReport.Failure(name, version, reason));
    listener.accept(new IndexEvent.Failed(name + "@" + version, reason));
  }

  /** Releases that failed so far. */
  int failures() {
    return failures.size();
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

  IndexReport report() {
    return new IndexReport(
        indexed.get(),
        alreadyThere.get(),
        skipped.get(),
        superseded.get(),
        files.get(),
        bytes.get(),
        List.copyOf(failures),
        List.copyOf(problems),
        (System.nanoTime() - started) / 1e9,
        stages.entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().sum() / 1e9)));
  }
}
