package dev.hexlens.index;

import dev.hexlens.store.Claims;
import dev.hexlens.store.Releases;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What other processes have in work on the same database. For many threads. */
final class Elsewhere {
  /**
   * How long to wait for a dependency that another process has in work. Packages that depend on
   * each other in a circle could make two processes wait for each other.
   */
  private static final Duration OTHERS = Duration.ofMinutes(1);

  private static final Duration POLL = Duration.ofMillis(50);

  private final Claims claims;
  private final Releases releases;

  /** Versions by package. */
  private final Map<String, Set<String>> taken = new ConcurrentHashMap<>();

  Elsewhere(Claims claims, Releases releases) {
    this.claims = claims;
    this.releases = releases;
  }

  /** Another one has it. */
  void isTaken(String name, String version) {
    taken.computeIfAbsent(name, each -> ConcurrentHashMap.newKeySet()).add(version);
  }

  /** It is ours. */
  void isOurs(String name, String version) {
    taken.getOrDefault(name, ConcurrentHashMap.newKeySet()).remove(version);
  }

  /** Whether another one had a version of a package when it was last looked at. */
  boolean has(String name) {
    return taken.containsKey(name);
  }

  /** Whether all that others had of a package is there. */
  boolean isDone(String name) {
    return taken.getOrDefault(name, Set.of()).stream()
        .allMatch(
            version -> releases.requirements(HexIndexer.ECOSYSTEM, name, version).isPresent());
  }

  /** Waits, not without end, until no living process has the package in work. */
  void await(String name) throws InterruptedException {
    long end = System.nanoTime() + OTHERS.toNanos();
    while (claims.isInWork(HexIndexer.ECOSYSTEM, name) && System.nanoTime() < end) {
      Thread.sleep(POLL);
    }
  }

  /** Waits until no living process has any of these in work, or its lease must be over. */
  void await(List<ReleasePlan> plans, Duration lease, Deadline deadline)
      throws InterruptedException, Deadline.Passed {
    long end = System.nanoTime() + lease.toNanos();
    for (ReleasePlan plan : plans) {
      while (claims.isInWork(HexIndexer.ECOSYSTEM, plan.id().name()) && System.nanoTime() < end) {
        if (deadline.isPassed()) {
          throw new Deadline.Passed();
        }
        Thread.sleep(POLL);
      }
    }
  }
}
