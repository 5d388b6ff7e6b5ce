package dev.hexlens.index;

import dev.hexlens.elixir.facts.Exports;
import dev.hexlens.hex.HexException;
import dev.hexlens.hex.ReleaseSelection;
import dev.hexlens.hex.ReleaseSource;
import dev.hexlens.hex.Version;
import dev.hexlens.store.Claims;
import dev.hexlens.store.FileRecord;
import dev.hexlens.store.Indexes;
import dev.hexlens.store.Loader;
import dev.hexlens.store.OutdatedReleases;
import dev.hexlens.store.Ranks;
import dev.hexlens.store.RegistryMemory;
import dev.hexlens.store.RegistryMemory.ReleaseKey;
import dev.hexlens.store.ReleaseRecord;
import dev.hexlens.store.Releases;
import dev.hexlens.store.SymbolDictionary;
import dev.hexlens.store.Worker;
import dev.hexlens.store.postgres.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
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
  private final Claims claims;
  private final OutdatedReleases outdated;
  private final RegistryMemory memory;
  private final RegistryNotes notes;
  private final ReleasePlanner planner;
  private final KnownExports exports;
  private final ConcurrentLinkedQueue<Extractor> extractors = new ConcurrentLinkedQueue<>();
  private final Map<String, List<CountDownLatch>> inWork = new HashMap<>();

  /** Versions that another process has in work, by package. */
  private final Map<String, Set<String>> elsewhere = new ConcurrentHashMap<>();

  /** Packages that could not be had. */
  private final Set<String> failed = ConcurrentHashMap.newKeySet();

  /** What each release is linked without, of those that ever were. */
  private final Map<ReleaseKey, Set<String>> linkedWithout = new ConcurrentHashMap<>();

  /** Set once nothing more is to be stored: whoever is interrupted lets others go on too early. */
  private volatile boolean stopping;

  /**
   * How a run goes about it.
   *
   * @param reason why the chosen releases are kept: latest, all or listed
   * @param concurrency releases in work at once
   * @param force index also what is there already, and older versions than what is there
   * @param timeout after which nothing more is begun; null for none
   */
  public record Options(
      ReleaseSelection selection,
      String reason,
      int concurrency,
      boolean force,
      @Nullable Duration timeout) {
    /** Without a timeout. */
    public Options(ReleaseSelection selection, String reason, int concurrency, boolean force) {
      this(selection, reason, concurrency, force, null);
    }
  }

  public HexIndexer(
      Database database, ReleaseSource source, Options options, Consumer<IndexEvent> listener) {
    this.database = database;
    this.source = source;
    this.options = options;
    this.log = new RunLog(listener);
    this.releases = new Releases(database);
    this.claims = new Claims(database);
    this.outdated = new OutdatedReleases(database, Extractor.VERSION);
    this.memory = new RegistryMemory(database);
    this.notes = new RegistryNotes(memory, source.origin(), InstantSource.system());
    this.planner =
        new ReleasePlanner(
            source,
            options,
            log,
            notes,
            releases,
            id -> supersede(id.name(), id.version().toString()));
    this.exports = new KnownExports(new StoredExports(database), options.reason().equals("latest"));
  }

  /**
   * Runs to the end, or for as long as it may; what fails for one release is in the report.
   *
   * @throws HexException when the registry itself can't be had
   */
  public IndexReport run() throws HexException, InterruptedException {
    Deadline deadline = Deadline.in(options.timeout());
    log.stage("reading the registry");
    List<ReleasePlan> plans;
    try {
      ReleasePlanner.Plan plan = planner.plan(deadline);
      plans =
          ReleasePlan.inOrderOfDependencies(
              planner.withOutdated(plan.releases(), outdated.find(ECOSYSTEM)));
      failed.addAll(plan.failed());
    } catch (Deadline.Passed e) {
      log.stopped();
      return log.report();
    }
    memory.linkedWithout().forEach(key -> linkedWithout.put(key, Set.of()));
    Indexes indexes = new Indexes(database);
    if (!plans.isEmpty()) {
      indexes.beforeBulk();
    }
    try (Worker worker = new Worker(database)) {
      try {
        indexAll(plans, worker, deadline);
      } catch (Deadline.Passed e) {
        log.stopped();
      } finally {
        claims.release(worker.name());
        extractors.forEach(Extractor::close);
        notes.save();
        finish(indexes, plans.isEmpty());
      }
    }
    return log.report();
  }

  /** How far it has come. */
  public IndexReport report() {
    return log.report();
  }

  /** What comes after the releases, also of a run before that did not get so far. */
  private void finish(Indexes indexes, boolean nothingNew) {
    if (!nothingNew || indexes.isIncomplete()) {
      log.stage("building indexes");
      log.timed("indexes", indexes::afterBulk);
    }
    if (!nothingNew) {
      outdated.forget();
    }
    new Ranks(database).refresh();
  }

  // Working.

  /**
   * Indexes these, and what other processes took and did not finish; links again what had to do
   * without something that has come since.
   */
  private void indexAll(List<ReleasePlan> plans, Worker worker, Deadline deadline)
      throws InterruptedException, Deadline.Passed {
    List<ReleasePlan> taken = index(plans, worker, deadline);
    while (!taken.isEmpty()) {
      // What failed here another may try: nobody waits for one who waits.
      claims.release(worker.name());
      awaitOthers(taken, deadline);
      List<ReleasePlan> stillTaken = new ArrayList<>();
      for (ReleasePlan plan : index(taken, worker, deadline)) {
        if (claims.isInWork(ECOSYSTEM, plan.id().name())) {
          stillTaken.add(plan);
        } else {
          log.skipped(plan.id().name() + "@" + plan.id().version(), "another process has done it");
        }
      }
      taken = stillTaken;
    }
    List<ReleaseKey> again = memory.toLinkAgain(ECOSYSTEM);
    if (!again.isEmpty()) {
      log.stage("linking again what missed a dependency");
      index(ReleasePlan.inOrderOfDependencies(planner.again(again)), worker, deadline);
    }
  }

  /** Waits until no living process has any of these in work, or its lease must be over. */
  private void awaitOthers(List<ReleasePlan> plans, Deadline deadline)
      throws InterruptedException, Deadline.Passed {
    long end = System.nanoTime() + LEASE.toNanos();
    for (ReleasePlan plan : plans) {
      while (claims.isInWork(ECOSYSTEM, plan.id().name()) && System.nanoTime() < end) {
        if (deadline.isPassed()) {
          throw new Deadline.Passed();
        }
        Thread.sleep(POLL);
      }
    }
  }

  /**
   * Indexes these.
   *
   * @return those that another process has, or has done since they were planned
   */
  private List<ReleasePlan> index(List<ReleasePlan> plans, Worker worker, Deadline deadline)
      throws InterruptedException, Deadline.Passed {
    if (plans.isEmpty()) {
      return List.of();
    }
    Queue<ReleasePlan> taken = new ConcurrentLinkedQueue<>();
    inWork.clear();
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
      failed.forEach(name -> before.put(name, Set.of()));
      try {
        for (int i = 0; i < plans.size(); i++) {
          ReleasePlan plan = plans.get(i);
          CountDownLatch latch = done.get(i);
          Set<String> awaited = awaited(plan, before);
          before.merge(plan.id().name(), awaited, HexIndexer::union);
          work.add(executor.submit(() -> index(plan, awaited, worker, latch, batches, taken)));
        }
        for (Future<?> each : work) {
          deadline.await(each);
        }
      } catch (ExecutionException e) {
        throw asRuntime(e.getCause());
      } finally {
        stopping = !work.stream().allMatch(Future::isDone);
        work.forEach(each -> each.cancel(true));
        executor.shutdownNow();
      }
    }
    return List.copyOf(taken);
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

  private static Set<String> union(Set<String> left, Set<String> right) {
    Set<String> union = new HashSet<>(left);
    union.addAll(right);
    return union;
  }

  private static RuntimeException asRuntime(@Nullable Throwable cause) {
    return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
  }

  private @Nullable Void index(
      ReleasePlan plan,
      Set<String> awaited,
      Worker worker,
      CountDownLatch done,
      BatchLoader batches,
      Queue<ReleasePlan> taken)
      throws InterruptedException {
    String name = plan.id().name();
    String version = plan.id().version().toString();
    try {
      String checksum = plan.checksum().hex();
      if (!claims.claim(ECOSYSTEM, name, version, checksum, plan.seen(), worker.name(), LEASE)) {
        elsewhere.computeIfAbsent(name, each -> ConcurrentHashMap.newKeySet()).add(version);
        taken.add(plan);
        return null;
      }
      elsewhere.getOrDefault(name, new HashSet<>()).remove(version);
      log.started(name + "@" + version);
      ReleaseFiles files = log.timed("fetch", () -> files(plan));
      ReleaseRecord record = extracted(plan, files, awaited, done);
      record.problems().forEach(problem -> log.problem(record.toString(), problem));
      if (record.files().isEmpty()) {
        notes.settled(name, version, false);
        log.skipped(record.toString(), RunLog.BARE);
      } else {
        batches.add(record);
      }
    } catch (FetchFailed e) {
      log.failed(name, version, String.valueOf(e.getMessage()));
    } catch (Unreadable e) {
      log.failed(name, version, "internal error: " + e.getCause());
    } finally {
      if (done.getCount() > 0 && !taken.contains(plan)) {
        failed.add(name);
      }
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

  private ReleaseFiles files(ReleasePlan plan) {
    try {
      return ReleaseFiles.of(plan, outdated, source);
    } catch (HexException e) {
      throw new FetchFailed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private ReleaseRecord extracted(
      ReleasePlan plan, ReleaseFiles sources, Set<String> awaited, CountDownLatch done)
      throws InterruptedException {
    Extractor taken = extractors.poll();
    Extractor extractor = taken == null ? new Extractor() : taken;
    try {
      Extractor.Extracted read =
          log.timed("extract", () -> guarded(() -> extractor.extract(sources.files())));
      String name = plan.id().name();
      String version = plan.id().version().toString();
      exports.add(name, version, read.exports(), plan.requirements());
      failed.remove(name);
      done.countDown();
      long waiting = System.nanoTime();
      for (String dependency : awaited) {
        for (CountDownLatch each : inWork.getOrDefault(dependency, List.of())) {
          each.await();
        }
        if (elsewhere.containsKey(dependency)) {
          awaitOthers(dependency);
        }
      }
      log.waited(System.nanoTime() - waiting);
      if (stopping) {
        throw new InterruptedException();
      }
      noteMissing(new ReleaseKey(name, version), awaited);
      Exports seen = exports.seenBy(read.exports(), plan.requirements());
      List<FileRecord> files = log.timed("link", () -> guarded(() -> extractor.link(read, seen)));
      long bytes = sources.files().stream().mapToLong(file -> file.bytes().length).sum();
      ReleaseRecord record =
          new ReleaseRecord(
              ECOSYSTEM,
              name,
              version,
              sources.checksum(),
              plan.reason(),
              plan.requirements(),
              null,
              files,
              Stream.concat(sources.problems().stream(), read.problems().stream()).toList());
      log.extracted(record.toString(), files.size(), bytes);
      return record;
    } finally {
      extractors.add(extractor);
    }
  }

  /** What can't be had now, the release is linked again with when it has come. */
  private void noteMissing(ReleaseKey release, Set<String> awaited) {
    Set<String> missing =
        awaited.stream()
            .filter(each -> failed.contains(each) || !isDoneElsewhere(each))
            .collect(Collectors.toSet());
    linkedWithout.computeIfPresent(release, (key, before) -> missing);
    if (!missing.isEmpty()) {
      linkedWithout.put(release, missing);
      memory.linkedWithout(ECOSYSTEM, release, missing);
      missing.forEach(exports::forget);
    }
  }

  private boolean isDoneElsewhere(String name) {
    return elsewhere.getOrDefault(name, Set.of()).stream()
        .allMatch(version -> releases.requirements(ECOSYSTEM, name, version).isPresent());
  }

  /** Another process's packages too are seen only once they are stored. */
  private void awaitOthers(String name) throws InterruptedException {
    long end = System.nanoTime() + OTHERS.toNanos();
    while (claims.isInWork(ECOSYSTEM, name) && System.nanoTime() < end) {
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

  /** A newer latest supersedes the older; a version never steps back. */
  private void stored(List<ReleaseRecord> batch) {
    Map<String, String> latest = new HashMap<>();
    for (ReleaseRecord release : batch) {
      ReleaseKey key = new ReleaseKey(release.name(), release.version());
      notes.settled(release.name(), release.version(), true);
      Set<String> without = linkedWithout.get(key);
      if (without != null) {
        memory.linked(key, without);
      }
      if (release.reason().equals("latest")) {
        latest.put(release.name(), release.version());
      }
    }
    if (options.reason().equals("latest") && !latest.isEmpty()) {
      releases
          .withSeveral(ECOSYSTEM, options.reason(), latest.keySet())
          .forEach(name -> supersede(name, Objects.requireNonNull(latest.get(name))));
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
