package dev.hexlens.index;

import dev.hexlens.elixir.facts.Exports;
import dev.hexlens.elixir.facts.ModuleExports;
import dev.hexlens.elixir.link.ElixirExports;
import dev.hexlens.elixir.link.SourceSet;
import dev.hexlens.hex.Requirement;
import dev.hexlens.hex.Version;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the modules of packages export, version by version: of those that this run has read, and of
 * those that the store has. For many threads.
 */
final class KnownExports {
  /** A release's modules, and what it depends on, name to requirement. */
  record PackageExports(Map<String, ModuleExports> modules, Map<String, String> requirements) {}

  /** What was indexed before. */
  interface Store {
    /** The versions of a package that are complete. */
    Set<String> versions(String packageName);

    /** The exports of one of them; null when it has gone meanwhile. */
    @Nullable PackageExports of(String packageName, String version);
  }

  private static final Comparator<String> BY_VERSION =
      Comparator.comparing(
              (String text) -> Version.parse(text).orElse(null),
              Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(Comparator.naturalOrder());

  private final Store store;
  private final boolean superseding;

  /** By package and version. */
  private final Map<String, Map<String, PackageExports>> read = new ConcurrentHashMap<>();

  private final Map<String, Set<String>> stored = new ConcurrentHashMap<>();
  private final Map<String, Map<String, PackageExports>> loaded = new ConcurrentHashMap<>();

  /**
   * @param superseding whether what this run reads of a package takes the place of all that the
   *     store has of it
   */
  KnownExports(Store store, boolean superseding) {
    this.store = store;
    this.superseding = superseding;
  }

  /** Notes what a release exports that this run has read. */
  void add(
      String packageName,
      String version,
      Map<String, ModuleExports> modules,
      Map<String, String> requirements) {
    read.computeIfAbsent(packageName, name -> new ConcurrentHashMap<>())
        .put(version, new PackageExports(modules, Map.copyOf(requirements)));
  }

  /** Asks the store again for a package, into which another process has put something. */
  void forget(String packageName) {
    stored.remove(packageName);
  }

  /**
   * What a release sees: its own modules, those of everything it depends on, and Elixir's. Of a
   * package it is the highest version that the requirement admits; where none does, the highest,
   * which is nearer to the truth than nothing. The requirement nearest to the release counts.
   */
  Exports seenBy(Map<String, ModuleExports> own, Map<String, String> requirements) {
    List<Map<String, ModuleExports>> seen = new ArrayList<>();
    Set<String> visited = new HashSet<>();
    Deque<Map.Entry<String, String>> pending = new ArrayDeque<>(requirements.entrySet());
    while (!pending.isEmpty()) {
      Map.Entry<String, String> next = pending.remove();
      PackageExports found =
          visited.add(next.getKey()) ? find(next.getKey(), next.getValue()) : null;
      if (found != null) {
        seen.add(found.modules());
        pending.addAll(found.requirements().entrySet());
      }
    }
    Exports packages =
        name -> {
          for (Map<String, ModuleExports> modules : seen) {
            ModuleExports module = modules.get(name);
            if (module != null) {
              return module;
            }
          }
          return null;
        };
    return new SourceSet(own.values()).or(packages).or(ElixirExports.instance());
  }

  private @Nullable PackageExports find(String packageName, String requirement) {
    Map<String, PackageExports> ofThisRun = read.getOrDefault(packageName, Map.of());
    Set<String> versions = new HashSet<>(ofThisRun.keySet());
    if (versions.isEmpty() || !superseding) {
      versions.addAll(stored.computeIfAbsent(packageName, store::versions));
    }
    Optional<String> version = highest(versions, requirement);
    if (version.isEmpty()) {
      return null;
    }
    PackageExports found = ofThisRun.get(version.get());
    return found != null
        ? found
        : loaded
            .computeIfAbsent(packageName, name -> new ConcurrentHashMap<>())
            .computeIfAbsent(version.get(), each -> store.of(packageName, each));
  }

  private static Optional<String> highest(Set<String> versions, String requirement) {
    Predicate<String> admitted =
        Requirement.parse(requirement)
            .<Predicate<String>>map(
                known -> text -> Version.parse(text).filter(known::admits).isPresent())
            .orElse(text -> true);
    Optional<String> best = versions.stream().filter(admitted).max(BY_VERSION);
    return best.or(() -> versions.stream().max(BY_VERSION));
  }
}
