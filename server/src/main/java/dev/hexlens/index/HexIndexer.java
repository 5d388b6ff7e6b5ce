package dev.hexlens.index;

import dev.hexlens.elixir.facts.Exports;
import dev.hexlens.hex.Checksum;
import dev.hexlens.hex.Dependency;
import dev.hexlens.hex.HexException;
import dev.hexlens.hex.PackageReleases;
import dev.hexlens.hex.ReleaseId;
import dev.hexlens.hex.ReleaseSelection;
import dev.hexlens.hex.ReleaseSource;
import dev.hexlens.hex.Tarball;
import dev.hexlens.hex.Version;
import dev.hexlens.store.FileRecord;
import dev.hexlens.store.Indexes;
import dev.hexlens.store.Loader;
import dev.hexlens.store.Ranks;
import dev.hexlens.store.ReleaseRecord;
import dev.hexlens.store.Releases;
import dev.hexlens.store.SymbolDictionary;
import dev.hexlens.store.postgres.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Indexes releases of a Hex repository: plans which, then for each fetches, extracts, links and
 * stores it. A release that is complete with the same checksum is left as it is, so a run that was
 * interrupted goes on where it stood.
 */
public final class HexIndexer {
  static final String ECOSYSTEM = "hex";

  /** Package resources asked for at once while planning: they are small, the way is long. */
  private static final int PLANNING = 16;

  private static final Duration LEASE = Duration.ofMinutes(15);

  private final Database database;
  private final ReleaseSource source;
  private final Options options;
  private final RunLog log;
  private final Releases releases;
  private final KnownExports exports;
  private final String worker = UUID.randomUUID().toString();
  private final ConcurrentLinkedQueue<Extractor> extractors = new ConcurrentLinkedQueue<>();
  private final Map<String, List<CountDownLatch>> inWork = new HashMap<>();

  /**
   * How a run goes about it.
   *
   * @param reason why the chosen releases are kept: latest, all or listed
   * @param concurrency releases in work at once
   * @param force index also what is there already, and older versions than what is there
   */
  public record Options(
      ReleaseSelection selection, String reason, int concurrency, boolean force) {}

  public HexIndexer(
      Database database, ReleaseSource source, Options options, Consumer<IndexEvent> listener) {
    this.database = database;
    this.source = source;
    this.options = options;
    this.log = new RunLog(listener);
    this.releases = new Releases(database);
    this.exports = new KnownExports(new StoredExports(database)::of);
  }

  /**
   * Runs to the end; what fails for one release is in the report.
   *
   * @throws HexException when the registry itself can't be had
   */
  public IndexReport run() throws HexException, InterruptedException {
    log.stage("reading the registry");
    List<ReleasePlan> plans = plan();
    Indexes indexes = new Indexes(database);
    if (!plans.isEmpty()) {
      indexes.beforeBulk();
    }
    try {
      index(ReleasePlan.inOrderOfDependencies(plans));
    } finally {
      releases.release(worker);
      extractors.forEach(Extractor::close);
      if (!plans.isEmpty()) {
        log.stage("building indexes");
        log.timed(
            "indexes",
            () -> {
              indexes.afterBulk();
              new Ranks(database).refresh();
              return plans;
            });
      }
    }
    return log.report();
  }

  // Planning.

  private List<ReleasePlan> plan() throws HexException, InterruptedException {
    Map<String, List<Releases.Indexed>> there =
        releases.indexed().stream()
            .filter(release -> release.ecosystem().equals(ECOSYSTEM))
            .collect(Collectors.groupingBy(Releases.Indexed::name));
    List<ReleaseId> chosen = options.selection().choose(source.versions());
    List<ReleasePlan> plans = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(PLANNING)) {
      List<Future<Optional<ReleasePlan>>> pending = new ArrayList<>();
      for (ReleaseId id : chosen) {
        List<Releases.Indexed> known = there.getOrDefault(id.name(), List.of());
        pending.add(executor.submit(() -> plan(id, known)));
      }
      for (Future<Optional<ReleasePlan>> each : pending) {
        each.get().ifPresent(plans::add);
      }
    } catch (ExecutionException e) {
      throw asRuntime(e.getCause());
    }
    log.planned(chosen.size(), chosen.size() - plans.size());
    return plans;
  }

  private Optional<ReleasePlan> plan(ReleaseId id, List<Releases.Indexed> known)
      throws InterruptedException {
    try {
      PackageReleases.Release release =
          source
              .packageReleases(id.name())
              .release(id.version())
              .orElseThrow(() ->
                  new IllegalStateException(
                      "the registry lists " + id + " but its package does not"));
      if (!options.force() && isThere(id, release.checksum(), known)) {
        return Optional.empty();
      }
      Map<String, String> requirements = new HashMap<>();
      for (Dependency dependency : release.dependencies()) {
        requirements.put(dependency.name(), dependency.requirement());
      }
      return Optional.of(new ReleasePlan(id, release.checksum(), requirements));
    } catch (HexException | IllegalStateException e) {
      log.failed(id.name(), id.version().toString(), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** Whether nothing is to be done: it is there, or, of the latest ones, a newer one is. */
  private boolean isThere(ReleaseId id, Checksum checksum, List<Releases.Indexed> known) {
    String version = id.version().toString();
    for (Releases.Indexed each : known) {
      boolean same =
          each.version().equals(version)
              && (checksum.kind() != Checksum.Kind.OUTER || each.checksum().equals(checksum.hex()));
      boolean newer =
          options.reason().equals("latest")
              && each.reasons().contains("latest")
              && Version.parse(each.version())
                  .filter(v -> v.compareTo(id.version()) > 0)
                  .isPresent();
      if (same && !each.reasons().contains(options.reason())) {
        releases.keep(ECOSYSTEM, id.name(), version, options.reason());
      }
      if (same || newer) {
        return true;
      }
    }
    return false;
  }

  // Working.

  private void index(List<ReleasePlan> plans) throws InterruptedException {
    List<CountDownLatch> done = new ArrayList<>();
    for (ReleasePlan plan : plans) {
      CountDownLatch latch = new CountDownLatch(1);
      done.add(latch);
      inWork.computeIfAbsent(plan.id().name(), name -> new ArrayList<>()).add(latch);
    }
    Loader loader = new Loader(database, new SymbolDictionary());
    try (BatchLoader batches = new BatchLoader(loader, log, this::stored);
        ExecutorService executor = Executors.newFixedThreadPool(options.concurrency())) {
      List<Future<?>> work = new ArrayList<>();
      Set<String> before = new HashSet<>();
      try {
        for (int i = 0; i < plans.size(); i++) {
          ReleasePlan plan = plans.get(i);
          CountDownLatch latch = done.get(i);
          Set<String> awaited =
              plan.requirements().keySet().stream()
                  .filter(before::contains)
                  .collect(Collectors.toSet());
          before.add(plan.id().name());
          work.add(executor.submit(() -> index(plan, awaited, latch, batches)));
        }
        for (Future<?> each : work) {
          each.get();
        }
      } catch (ExecutionException e) {
        throw asRuntime(e.getCause());
      } finally {
        work.forEach(each -> each.cancel(true));
        executor.shutdownNow();
      }
    }
  }

  private static RuntimeException asRuntime(@Nullable Throwable cause) {
    return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
  }

  private @Nullable Void index(
      ReleasePlan plan, Set<String> awaited, CountDownLatch done, BatchLoader batches)
      throws InterruptedException {
    String name = plan.id().name();
    String version = plan.id().version().toString();
    try {
      if (!releases.claim(ECOSYSTEM, name, version, plan.checksum().hex(), worker, LEASE)) {
        log.skipped(name + "@" + version, "another process has it in work");
        return null;
      }
      log.started(name + "@" + version);
      Tarball tarball = log.timed("fetch", () -> fetched(plan));
      tarball.problems().forEach(problem -> log.problem(name + "@" + version, problem.toString()));
      ReleaseRecord record = extracted(plan, tarball, awaited, done);
      if (record.files().isEmpty()) {
        log.skipped(record.toString(), "no Elixir or Erlang sources");
      } else {
        batches.add(record);
      }
    } catch (FetchFailed e) {
      log.failed(name, version, String.valueOf(e.getMessage()));
    } finally {
      done.countDown();
    }
    return null;
  }

  private static final class FetchFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FetchFailed(HexException cause) {
      super(cause.getMessage(), cause);
    }
  }

  private Tarball fetched(ReleasePlan plan) {
    try {
      return source.tarball(plan.id(), plan.checksum());
    } catch (HexException e) {
      throw new FetchFailed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private ReleaseRecord extracted(
      ReleasePlan plan, Tarball tarball, Set<String> awaited, CountDownLatch done)
      throws InterruptedException {
    Extractor taken = extractors.poll();
    Extractor extractor = taken == null ? new Extractor() : taken;
    try {
      List<Extractor.Source> sources =
          tarball.files().stream()
              .map(file -> new Extractor.Source(file.path(), file.bytes()))
              .toList();
      Extractor.Extracted read = log.timed("extract", () -> extractor.extract(sources));
      String name = plan.id().name();
      Set<String> dependencies = plan.requirements().keySet();
      exports.add(name, read.exports(), dependencies);
      done.countDown();
      long waiting = System.nanoTime();
      for (String dependency : awaited) {
        for (CountDownLatch each : inWork.getOrDefault(dependency, List.of())) {
          each.await();
        }
      }
      log.waited(System.nanoTime() - waiting);
      Exports seen = exports.seenBy(read.exports(), dependencies);
      List<FileRecord> files = log.timed("link", () -> extractor.link(read, seen));
      long bytes = sources.stream().mapToLong(file -> file.bytes().length).sum();
      ReleaseRecord record =
          new ReleaseRecord(
              ECOSYSTEM,
              name,
              plan.id().version().toString(),
              tarball.checksum().hex(),
              options.reason(),
              plan.requirements(),
              null,
              files,
              tarball.problems().stream().map(Object::toString).toList());
      log.extracted(record.toString(), files.size(), bytes);
      return record;
    } finally {
      extractors.add(extractor);
    }
  }

  /** A newer latest supersedes the older; a version never steps back. */
  private void stored(ReleaseRecord release) {
    if (options.reason().equals("latest")) {
      log.superseded(
          releases.supersede(ECOSYSTEM, release.name(), release.version(), options.reason()));
    }
  }
}
