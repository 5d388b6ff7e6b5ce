package dev.hexlens.index;

import dev.hexlens.hex.Checksum;
import dev.hexlens.hex.Dependency;
import dev.hexlens.hex.HexException;
import dev.hexlens.hex.PackageReleases;
import dev.hexlens.hex.RegistryNames;
import dev.hexlens.hex.RegistryVersions;
import dev.hexlens.hex.ReleaseId;
import dev.hexlens.hex.ReleaseSource;
import dev.hexlens.hex.Version;
import dev.hexlens.store.OutdatedReleases;
import dev.hexlens.store.RegistryMemory.Checked;
import dev.hexlens.store.RegistryMemory.ReleaseKey;
import dev.hexlens.store.Releases;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what is to be done: which releases are chosen, and which of them are not there yet. A
 * package that has not changed since an earlier run is not asked for.
 */
final class ReleasePlanner {
  /** Package resources asked for at once: they are small, the way is long. */
  private static final int AT_ONCE = 16;

  private final ReleaseSource source;
  private final HexIndexer.Options options;
  private final RunLog log;
  private final RegistryNotes notes;
  private final Releases releases;
  private final Consumer<ReleaseId> alone;

  /**
   * @param alone called for a release that is there, when other versions of its package have the
   *     same reason to be kept
   */
  ReleasePlanner(
      ReleaseSource source,
      HexIndexer.Options options,
      RunLog log,
      RegistryNotes notes,
      Releases releases,
      Consumer<ReleaseId> alone) {
    this.source = source;
    this.options = options;
    this.log = log;
    this.notes = notes;
    this.releases = releases;
    this.alone = alone;
  }

  /**
   * What is to be done.
   *
   * @param failed packages that could not be asked for
   */
  record Plan(List<ReleasePlan> releases, Set<String> failed) {}

  /**
   * Finds out.
   *
   * @throws HexException when the registry itself can't be had
   */
  Plan plan(Deadline deadline) throws HexException, InterruptedException, Deadline.Passed {
    Map<String, List<Releases.Indexed>> there = indexed();
    ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE);
    try {
      RegistryVersions versions = await(executor.submit(source::versions), deadline);
      versions.problems().forEach(log::registryProblem);
      Map<String, Instant> updated = await(executor.submit(this::updated), deadline);
      List<ReleaseId> chosen = options.selection().choose(versions);
      log.chosen(chosen);
      List<Future<Verdict>> pending = new ArrayList<>();
      for (ReleaseId id : chosen) {
        List<Releases.Indexed> known = there.getOrDefault(id.name(), List.of());
        pending.add(executor.submit(() -> verdict(id, known, updated.get(id.name()))));
      }
      return carriedOut(pending, deadline);
    } finally {
      executor.shutdownNow();
    }
  }

  /**
   * These with what another version of HexLens read, unless it goes: what depends on it is to see
   * it as it is read now.
   */
  List<ReleasePlan> withOutdated(
      List<ReleasePlan> plans, List<OutdatedReleases.Outdated> outdated) {
    if (outdated.isEmpty()) {
      return plans;
    }
    log.stage("reading again what another version of HexLens read");
    Set<ReleaseId> planned = plans.stream().map(ReleasePlan::id).collect(Collectors.toSet());
    Set<String> superseding =
        plans.stream()
            .filter(plan -> plan.reason().equals("latest"))
            .map(plan -> plan.id().name())
            .collect(Collectors.toSet());
    List<ReleasePlan> all = new ArrayList<>(plans);
    for (OutdatedReleases.Outdated each : outdated) {
      ReleaseId id = new ReleaseId(each.name(), Version.of(each.version()));
      boolean goes = each.reason().equals("latest") && superseding.contains(each.name());
      if (!planned.contains(id) && !goes) {
        all.add(
            new ReleasePlan(
                id,
                Checksum.outer(each.checksum()),
                each.requirements(),
                each.reason(),
                true,
                each.completedAt()));
      }
    }
    return all;
  }

  /** These releases once more, whatever is there of them. */
  List<ReleasePlan> again(Collection<ReleaseKey> keys) throws InterruptedException {
    Map<String, List<Releases.Indexed>> there = indexed();
    List<ReleasePlan> plans = new ArrayList<>();
    for (ReleaseKey key : keys) {
      ReleaseId id = new ReleaseId(key.name(), Version.of(key.version()));
      try {
        List<Releases.Indexed> known = there.getOrDefault(key.name(), List.of());
        plans.add(plan(id, release(id), known));
      } catch (HexException | NotListed e) {
        log.problem(key.name() + "@" + key.version(), "is not linked again: " + e.getMessage());
      }
    }
    return plans;
  }

  private Map<String, List<Releases.Indexed>> indexed() {
    return releases.indexed().stream()
        .filter(release -> release.ecosystem().equals(HexIndexer.ECOSYSTEM))
        .collect(Collectors.groupingBy(Releases.Indexed::name));
  }

  /** When each package last changed, as far as the registry says. */
  private Map<String, Instant> updated() throws InterruptedException {
    Map<String, Instant> updated = new HashMap<>();
    try {
      for (RegistryNames.Entry each : source.names().packages()) {
        if (each.updatedAt() != null) {
          updated.put(each.name(), each.updatedAt());
        }
      }
    } catch (HexException e) {
      log.registryProblem(e.getMessage() + " Every package is asked for.");
    }
    return updated;
  }

  // What is to be done with one release.

  private sealed interface Verdict {
    record Index(ReleasePlan plan) implements Verdict {}

    record There(ReleaseId id) implements Verdict {}

    record Bare(ReleaseId id) implements Verdict {}

    record Failed(ReleaseId id, String reason) implements Verdict {}
  }

  private Plan carriedOut(List<Future<Verdict>> pending, Deadline deadline)
      throws HexException, InterruptedException, Deadline.Passed {
    List<ReleasePlan> plans = new ArrayList<>();
    List<ReleaseId> bare = new ArrayList<>();
    List<Verdict.Failed> failed = new ArrayList<>();
    int there = 0;
    for (Future<Verdict> each : pending) {
      switch (await(each, deadline)) {
        case Verdict.Index(ReleasePlan plan) -> plans.add(plan);
        case Verdict.There(ReleaseId id) -> {
          there++;
          log.there(id);
        }
        case Verdict.Bare(ReleaseId id) -> bare.add(id);
        case Verdict.Failed failure -> failed.add(failure);
      }
    }
    notes.save();
    log.planned(pending.size(), there);
    failed.forEach(each -> log.failed(each.id(), each.reason()));
    bare.forEach(id -> log.skipped(id.name() + "@" + id.version(), RunLog.BARE));
    return new Plan(
        plans, failed.stream().map(each -> each.id().name()).collect(Collectors.toSet()));
  }

  private Verdict verdict(ReleaseId id, List<Releases.Indexed> known, @Nullable Instant updated)
      throws InterruptedException {
    try {
      if (!options.force()) {
        if (isNewerThere(id, known)) {
          return new Verdict.There(id);
        }
        Checked before = notes.stillTrue(id, updated);
        if (before != null && (!before.sources() || isThere(id, before.checksum(), known))) {
          return before.sources() ? new Verdict.There(id) : new Verdict.Bare(id);
        }
      }
      PackageReleases.Release release = release(id);
      Checksum checksum = release.checksum();
      boolean stale = notes.isStale(id, updated);
      if (!stale) {
        notes.asked(id, checksum.hex(), updated);
      }
      if (!options.force()) {
        boolean any = checksum.kind() != Checksum.Kind.OUTER;
        if (isThere(id, any ? null : checksum.hex(), known)) {
          notes.settled(id, true);
          return new Verdict.There(id);
        }
        if (notes.isBare(id, checksum.hex())) {
          notes.settled(id, false);
          return new Verdict.Bare(id);
        }
        if (stale && find(id, known).isPresent()) {
          log.registryProblem(
              id
                  + " is kept: the registry has another tarball of it, and is older than the one"
                  + " that it came from; --force takes what the registry has.");
          return new Verdict.There(id);
        }
      }
      return new Verdict.Index(plan(id, release, known));
    } catch (HexException | NotListed e) {
      return new Verdict.Failed(id, String.valueOf(e.getMessage()));
    }
  }

  private static final class NotListed extends Exception {
    private static final long serialVersionUID = 1L;

    NotListed(ReleaseId id) {
      super("the registry's package " + id.name() + " has no version " + id.version());
    }
  }

  private PackageReleases.Release release(ReleaseId id)
      throws HexException, NotListed, InterruptedException {
    PackageReleases listed = source.packageReleases(id.name());
    listed.problems().forEach(log::registryProblem);
    return listed.release(id.version()).orElseThrow(() -> new NotListed(id));
  }

  private ReleasePlan plan(
      ReleaseId id, PackageReleases.Release release, List<Releases.Indexed> known) {
    Map<String, String> requirements = new HashMap<>();
    for (Dependency dependency : release.dependencies()) {
      requirements.put(dependency.name(), dependency.requirement());
    }
    OffsetDateTime seen = find(id, known).map(Releases.Indexed::completedAt).orElse(null);
    return new ReleasePlan(id, release.checksum(), requirements, options.reason(), false, seen);
  }

  private static Optional<Releases.Indexed> find(ReleaseId id, List<Releases.Indexed> known) {
    String version = id.version().toString();
    return known.stream().filter(each -> each.version().equals(version)).findFirst();
  }

  /** Whether, of the latest ones, a newer one is there: a version never steps back. */
  private boolean isNewerThere(ReleaseId id, List<Releases.Indexed> known) {
    return options.reason().equals("latest")
        && known.stream()
            .filter(each -> each.reasons().contains("latest"))
            .flatMap(each -> Version.parse(each.version()).stream())
            .anyMatch(version -> version.compareTo(id.version()) > 0);
  }

  /**
   * Whether it is there, and if so notes the reason why it is kept.
   *
   * @param checksum null for any
   */
  private boolean isThere(ReleaseId id, @Nullable String checksum, List<Releases.Indexed> known) {
    Releases.Indexed there = find(id, known).orElse(null);
    if (there == null || (checksum != null && !there.checksum().equals(checksum))) {
      return false;
    }
    if (!there.reasons().contains(options.reason())) {
      releases.keep(HexIndexer.ECOSYSTEM, id.name(), there.version(), options.reason());
    }
    // Of the latest, a run that was killed may have left the one before.
    boolean others =
        known.stream()
            .anyMatch(each ->
                !each.version().equals(there.version()) && each.reasons().contains("latest"));
    if (options.reason().equals("latest") && others) {
      alone.accept(id);
    }
    return true;
  }

  private static <T> T await(Future<T> work, Deadline deadline)
      throws HexException, InterruptedException, Deadline.Passed {
    try {
      return deadline.await(work);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case HexException hex -> throw hex;
        case InterruptedException interruption -> throw interruption;
        case RuntimeException runtime -> throw runtime;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    }
  }
}
