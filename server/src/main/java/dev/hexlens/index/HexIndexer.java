package dev.hexlens.index;

import dev.hexlens.elixir.facts.Exports;
import dev.hexlens.hex.Checksum;
import dev.hexlens.hex.Dependency;
import dev.hexlens.hex.HexException;
import dev.hexlens.hex.PackageReleases;
import dev.hexlens.hex.RegistryVersions;
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
import dev.hexlens.store.Worker;
import dev.hexlens.store.postgres.Database;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  /**
   * How long to wait for a dependency that another process has in work. Packages that depend on
   * each other in a circle could make two processes wait for each other.
   */
  private static final Duration OTHERS = Duration.ofMinutes(1);

  private static final Duration POLL = Duration.ofMillis(50);

  private final Database database;
  private final ReleaseSource source;
  private final Options options;
  private final RunLog log;
  private final Releases releases;
  private final KnownExports exports;
  private final ConcurrentLinkedQueue<Extractor> extractors = new ConcurrentLinkedQueue<>();
  private final Map<String, List<CountDownLatch>> inWork = new HashMap<>();

  /** Packages that another process has in work. */
  private final Set<String> elsewhere = ConcurrentHashMap.newKeySet();

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
    this.exports = new KnownExports(new StoredExports(database), options.reason().equals("latest"));
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
    try (Worker worker = new Worker(database)) {
      try {
        index(ReleasePlan.inOrderOfDependencies(plans), worker);
      } finally {
        releases.release(worker.name());
        extractors.forEach(Extractor::close);
        finish(indexes, plans.isEmpty());
      }
    }
    return log.report();
  }

  /** What comes after the releases, also of a run before that did not get so far. */
  private void finish(Indexes indexes, boolean nothingNew) {
    if (!nothingNew || indexes.isIncomplete()) {
      log.stage("building indexes");
      log.timed("indexes", indexes::afterBulk);
    }
    new Ranks(database).refresh();
  }

  // Planning.

  private List<ReleasePlan> plan() throws HexException, InterruptedException {
    Map<String, List<Releases.Indexed>> there =
        releases.indexed().stream()
            .filter(release -> release.ecosystem().equals(ECOSYSTEM))
            .collect(Collectors.groupingBy(Releases.Indexed::name));
    RegistryVersions versions = source.versions();
    versions.problems().forEach(log::registryProblem);
    List<ReleaseId> chosen = options.selection().choose(versions);
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
    log.planned(chosen.size(), chosen.size() - plans.size() - log.failures());
    return plans;
  }

  private Optional<ReleasePlan> plan(ReleaseId id, List<Releases.Indexed> known)
      throws InterruptedException {
    try {
      PackageReleases listed = source.packageReleases(id.name());
      listed.problems().forEach(log::registryProblem);
      PackageReleases.Release release =
          listed
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
      return Optional.of(new ReleasePlan(id, release.checksum(), requirements, seen(id, known)));
    } catch (HexException | IllegalStateException e) {
      log.failed(id.name(), id.version().toString(), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static @Nullable OffsetDateTime seen(ReleaseId id, List<Releases.Indexed> known) {
    for (Releases.Indexed each : known) {
      if (each.version().equals(id.version().toString())) {
        return each.completedAt();
      }
    }
    return null;
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
      if (same) {
        keepAlone(id, each, known);
      }
      if (same || newer) {
        return true;
      }
    }
    return false;
  }

  /** Notes the reason; of the latest, a run that was killed may have left the one before. */
  private void keepAlone(ReleaseId id, Releases.Indexed there, List<Releases.Indexed> known) {
    if (!there.reasons().contains(options.reason())) {
      releases.keep(ECOSYSTEM, id.name(), there.version(), options.reason());
    }
    boolean alone =
        known.stream()
            .noneMatch(each ->
                !each.version().equals(there.version()) && each.reasons().contains("latest"));
    if (options.reason().equals("latest") && !alone) {
      supersede(id.name(), there.version());
    }
  }

  // Working.

  private void index(List<ReleasePlan> plans, Worker worker) throws InterruptedException {
    List<CountDownLatch> done = new ArrayList<>();
    for (ReleasePlan plan : plans) {
      CountDownLatch latch = new CountDownLatch(1);
      done.add(latch);
      inWork.computeIfAbsent(plan.id().name(), name -> new ArrayList<>()).add(latch);
    }
    Loader loader = new Loader(database, new SymbolDictionary(), worker.name());
    try (BatchLoader batches = new BatchLoader(loader, log, this::stored);
        ExecutorService executor = Executors.newFixedThreadPool(options.concurrency())) {
      List<Future<?>> work = new ArrayList<>();
      Map<String, Set<String>> before = new HashMap<>();
      try {
        for (int i = 0; i < plans.size(); i++) {
          ReleasePlan plan = plans.get(i);
          CountDownLatch latch = done.get(i);
          Set<String> awaited = awaited(plan, before);
          before.computeIfAbsent(plan.id().name(), name -> new HashSet<>()).addAll(awaited);
          work.add(executor.submit(() -> index(plan, awaited, worker, latch, batches)));
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

  /**
   * The packages, in work before it, whose exports a release may see: those that it depends on, and
   * what they depend on in turn.
   *
   * @param before the packages in work before, each with those that it awaits itself
   */
  private static Set<String> awaited(ReleasePlan plan, Map<String, Set<String>> before) {
    Set<String> awaited = new HashSet<>();
    for (String dependency : plan.requirements().keySet()) {
      Set<String> further = before.get(dependency);
      if (further != null) {
        awaited.add(dependency);
        awaited.addAll(further);
      }
    }
    return awaited;
  }

  private static RuntimeException asRuntime(@Nullable Throwable cause) {
    return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
  }

  private @Nullable Void index(
      ReleasePlan plan,
      Set<String> awaited,
      Worker worker,
      CountDownLatch done,
      BatchLoader batches)
      throws InterruptedException {
    String name = plan.id().name();
    String version = plan.id().version().toString();
    try {
      String checksum = plan.checksum().hex();
      if (!releases.claim(ECOSYSTEM, name, version, checksum, plan.seen(), worker.name(), LEASE)) {
        elsewhere.add(name);
        log.skipped(name + "@" + version, "another process has it in work, or has just done it");
        return null;
      }
      log.started(name + "@" + version);
      Tarball tarball = log.timed("fetch", () -> fetched(plan));
      ReleaseRecord record = extracted(plan, tarball, awaited, done);
      record.problems().forEach(problem -> log.problem(record.toString(), problem));
      if (record.files().isEmpty()) {
        log.skipped(record.toString(), "no Elixir or Erlang sources");
      } else {
        batches.add(record);
      }
    } catch (FetchFailed e) {
      log.failed(name, version, String.valueOf(e.getMessage()));
    } catch (Unreadable e) {
      log.failed(name, version, "internal error: " + e.getCause());
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

  private static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable(RuntimeException cause) {
      super(cause);
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
      Extractor.Extracted read =
          log.timed("extract", () -> guarded(() -> extractor.extract(sources)));
      String name = plan.id().name();
      String version = plan.id().version().toString();
      exports.add(name, version, read.exports(), plan.requirements());
      done.countDown();
      long waiting = System.nanoTime();
      for (String dependency : awaited) {
        for (CountDownLatch each : inWork.getOrDefault(dependency, List.of())) {
          each.await();
        }
        if (elsewhere.contains(dependency)) {
          awaitOthers(dependency);
        }
      }
      log.waited(System.nanoTime() - waiting);
      Exports seen = exports.seenBy(read.exports(), plan.requirements());
      List<FileRecord> files = log.timed("link", () -> guarded(() -> extractor.link(read, seen)));
      long bytes = sources.stream().mapToLong(file -> file.bytes().length).sum();
      ReleaseRecord record =
          new ReleaseRecord(
              ECOSYSTEM,
              name,
              version,
              tarball.checksum().hex(),
              options.reason(),
              plan.requirements(),
              null,
              files,
              problems(tarball, read));
      log.extracted(record.toString(), files.size(), bytes);
      return record;
    } finally {
      extractors.add(extractor);
    }
  }

  /** Another process's packages too are seen only once they are stored. */
  private void awaitOthers(String name) throws InterruptedException {
    long end = System.nanoTime() + OTHERS.toNanos();
    while (releases.isInWork(ECOSYSTEM, name) && System.nanoTime() < end) {
      Thread.sleep(POLL);
    }
    exports.forget(name);
  }

  /** A release that HexLens itself fails on is reported, and the others go on. */
  private static <T> T guarded(Supplier<T> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      throw new Unreadable(e);
    }
  }

  private static List<String> problems(Tarball tarball, Extractor.Extracted read) {
    return Stream.concat(
            tarball.problems().stream().map(Object::toString), read.problems().stream())
        .toList();
  }

  /** A newer latest supersedes the older; a version never steps back. */
  private void stored(ReleaseRecord release) {
    if (options.reason().equals("latest")) {
      supersede(release.name(), release.version());
    }
  }

  private void supersede(String name, String keptVersion) {
    log.superseded(
        releases.supersede(
            ECOSYSTEM,
            name,
            options.reason(),
            versions -> options.force() ? keptVersion : highest(versions)));
  }

  /** Another run may have stored a newer one than this run's registry knows. */
  private static String highest(List<String> versions) {
    return versions.stream()
        .max(
            Comparator.comparing(
                text -> Version.parse(text).orElse(null),
                Comparator.nullsFirst(Comparator.naturalOrder())))
        .orElseThrow();
  }
}
