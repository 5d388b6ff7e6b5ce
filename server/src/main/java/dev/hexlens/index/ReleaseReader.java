package dev.hexlens.index;

import dev.hexlens.elixir.facts.Exports;
import dev.hexlens.hex.HexException;
import dev.hexlens.hex.ReleaseSource;
import dev.hexlens.store.FileRecord;
import dev.hexlens.store.OutdatedReleases;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/**
 * Fetches and reads releases. One that fails, or takes longer than it may, fails alone. For many
 * threads.
 */
final class ReleaseReader implements AutoCloseable {
  private final ReleaseSource source;
  private final OutdatedReleases outdated;
  private final RunLog log;
  private final TimeLimit limit;
  private final ConcurrentLinkedQueue<Extractor> extractors = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  /**
   * @param limit for each step with a release: fetching, reading, linking it
   */
  ReleaseReader(ReleaseSource source, OutdatedReleases outdated, RunLog log, Duration limit) {
    this.source = source;
    this.outdated = outdated;
    this.log = log;
    this.limit = new TimeLimit(limit);
  }

  /** That a release can't be indexed, and why. */
  static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    Failed(String reason, Throwable cause) {
      super(reason, cause);
    }
  }

  /** Its files. */
  ReleaseFiles fetch(ReleasePlan plan) throws Failed, InterruptedException {
    try {
      return limited("fetch", () -> ReleaseFiles.of(plan, outdated, source));
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case HexException hex -> throw new Failed(String.valueOf(hex.getMessage()), hex);
        case RuntimeException runtime -> throw runtime;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    }
  }

  /** What they say by themselves. */
  Extractor.Extracted extract(ReleaseFiles files) throws Failed, InterruptedException {
    return read("extract", extractor -> extractor.extract(files.files()));
  }

  /** What their names mean. */
  List<FileRecord> link(Extractor.Extracted extracted, Exports exports)
      throws Failed, InterruptedException {
    return read("link", extractor -> extractor.link(extracted, exports));
  }

  /** A release that HexLens itself fails on is reported, and the others go on. */
  private <T> T read(String stage, Function<Extractor, T> work)
      throws Failed, InterruptedException {
    try {
      return limited(stage, () -> withExtractor(work));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error && !(error instanceof StackOverflowError)) {
        throw error;
      }
      throw new Failed("internal error: " + e.getCause(), e);
    }
  }

  private <T> T withExtractor(Function<Extractor, T> work) {
    Extractor taken = extractors.poll();
    Extractor extractor = taken == null ? new Extractor() : taken;
    try {
      return work.apply(extractor);
    } finally {
      if (closed) {
        extractor.close();
      } else {
        extractors.add(extractor);
      }
    }
  }

  private <T> T limited(String stage, Callable<T> work)
      throws Failed, ExecutionException, InterruptedException {
    long start = System.nanoTime();
    try {
      return limit.call(work);
    } catch (TimeLimit.Exceeded e) {
      throw new Failed(
          "gave up after "
              + limit
              + " ("
              + stage
              + "); --package-timeout gives each package more time",
          e);
    } finally {
      log.took(stage, System.nanoTime() - start);
    }
  }

  @Override
  public void close() {
    closed = true;
    limit.close();
    for (Extractor each = extractors.poll(); each != null; each = extractors.poll()) {
      each.close();
    }
  }
}
