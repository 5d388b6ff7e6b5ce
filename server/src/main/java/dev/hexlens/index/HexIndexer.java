package dev.hexlens.index;

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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Indexes releases of a Hex repository: plans which, then for each fetches, extracts, links and
 * stores it. A release that is complete with the same checksum is left as it is, so a run that was
 * interrupted goes on where it stood.
 */
public final class HexIndexer {
  /** Where the JVM heeds it, what a person waits for goes first: the launcher says so. */
  @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it: it is kinder, not truer
  private static final ThreadFactory BEHIND =
      Thread.ofPlatform().name("hexlens-hex-", 0).priority(Thread.MIN_PRIORITY).factory();

  static final String ECOSYSTEM = "hex";

  private static final Duration LEASE = Duration.ofMinutes(15);

  private final Database database;
  private final Options options;
  private final RunLog log;
  private final Releases releases;
  private final Claims claims;
  private final OutdatedReleases outdated;
  private final RegistryMemory memory;
  private final RegistryNotes notes;
  private final ReleasePlanner planner;
  private final KnownExports exports;
  private final ReleaseReader reader;
  private final Elsewhere elsewhere;

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
   * @param releaseLimit how long fetching, reading and linking a release may take each, before it
   *     is given up
   */
  public record Options(
      ReleaseSelection selection,
      String reason,
      int concurrency,
      boolean force,
      @Nullable Duration timeout,
      Duration releaseLimit) {
    /** The largest packages take seconds. */
    public static final Duration RELEASE_LIMIT = Duration.ofMinutes(5);

    /** Without a timeout. */
    public Options(ReleaseSelection selection, String reason, int concurrency, boolean force) {
      this(selection, reason, concurrency, force, null, RELEASE_LIMIT);
    }
  }

  public HexIndexer(
      Database database, ReleaseSource source, Options options, Consumer<IndexEvent> listener) {
    this.database = database;
    this.options = options;
    this.log = new RunLog(listener);
    this.releases = new Releases(database);
    this.claims = new Claims(database);
    this.outdated = new OutdatedReleases(database, Extractor.VERSION);
    this.memory = new RegistryMemory(database);
    this.reader = new ReleaseReader(source, outdated, log, options.releaseLimit());
    this.elsewhere = new Elsewhere(claims, releases);
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
        new StoredFolders(database, log).refresh();
      } catch (Deadline.Passed e) {
        log.stopped();
      } finally {
        claims.release(worker.name());
        reader.close();
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
      elsewhere.await(taken, LEASE, deadline);
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
    WorkOrder order = new WorkOrder(plans, failed);
    Loader loader = new Loader(database, new SymbolDictionary(), worker.name());
    try (BatchLoader batches = new BatchLoader(loader, log, this::stored);
        ExecutorService executor = Executors.newFixedThreadPool(options.concurrency(), BEHIND)) {
      List<Future<?>> work = new ArrayList<>();
      try {
        for (WorkOrder.Item item : order.items()) {
          work.add(executor.submit(() -> index(item, order, worker, batches, taken)));
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

  private static RuntimeException asRuntime(@Nullable Throwable cause) {
    return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(cause);
  }

  private @Nullable Void index(
      WorkOrder.Item item,
      WorkOrder order,
      Worker worker,
      BatchLoader batches,
      Queue<ReleasePlan> taken)
      throws InterruptedException {
    ReleasePlan plan = item.plan();
    String name = plan.id().name();
    String version = plan.id().version().toString();
    try {
      String checksum = plan.checksum().hex();
      if (!claims.claim(ECOSYSTEM, name, version, checksum, plan.seen(), worker.name(), LEASE)) {
        elsewhere.isTaken(name, version);
        taken.add(plan);
        return null;
      }
      elsewhere.isOurs(name, version);
      log.started(name + "@" + version);
      ReleaseRecord record = read(item, order);
      record.problems().forEach(problem -> log.problem(record.toString(), problem));
      if (record.files().isEmpty()) {
        notes.settled(name, version, false);
        log.skipped(record.toString(), RunLog.BARE);
      } else {
        batches.add(record);
      }
    } catch (ReleaseReader.Failed e) {
      log.failed(name, version, String.valueOf(e.getMessage()));
    } finally {
      if (item.read().getCount() > 0 && !taken.contains(plan)) {
        failed.add(name);
      }
      item.read().countDown();
    }
    return null;
  }

  private ReleaseRecord read(WorkOrder.Item item, WorkOrder order)
      throws ReleaseReader.Failed, InterruptedException {
    ReleasePlan plan = item.plan();
    String name = plan.id().name();
    String version = plan.id().version().toString();
    ReleaseFiles sources = reader.fetch(plan);
    Extractor.Extracted read = reader.extract(sources);
    exports.add(name, version, read.exports(), plan.requirements());
    failed.remove(name);
    item.read().countDown();
    long waiting = System.nanoTime();
    for (String dependency : item.awaited()) {
      order.await(dependency);
      if (elsewhere.has(dependency)) {
        elsewhere.await(dependency);
        exports.forget(dependency); // seen only once it is stored
      }
    }
    log.took("wait", System.nanoTime() - waiting);
    if (stopping) {
      throw new InterruptedException();
    }
    noteMissing(new ReleaseKey(name, version), item.awaited());
    List<FileRecord> files = reader.link(read, exports.seenBy(read.exports(), plan.requirements()));
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
  }

  /** What can't be had now, the release is linked again with when it has come. */
  private void noteMissing(ReleaseKey release, Set<String> awaited) {
    Set<String> missing =
        awaited.stream()
            .filter(each -> failed.contains(each) || !elsewhere.isDone(each))
            .collect(Collectors.toSet());
    linkedWithout.computeIfPresent(release, (key, before) -> missing);
    if (!missing.isEmpty()) {
      linkedWithout.put(release, missing);
      memory.linkedWithout(ECOSYSTEM, release, missing);
      missing.forEach(exports::forget);
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
