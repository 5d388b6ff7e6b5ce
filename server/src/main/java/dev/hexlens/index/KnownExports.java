package dev.hexlens.index;

import dev.hexlens.elixir.facts.Exports;
import dev.hexlens.elixir.facts.ModuleExports;
import dev.hexlens.elixir.link.ElixirExports;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the modules of packages export: of those that this run has read, and of those that the store
 * has.
 */
final class KnownExports {
  /** A package's modules, and the packages that it depends on. */
  record PackageExports(Map<String, ModuleExports> modules, Set<String> dependencies) {}

  private final Map<String, PackageExports> packages = new ConcurrentHashMap<>();
  private final Set<String> missing = ConcurrentHashMap.newKeySet();
  private final Function<String, @Nullable PackageExports> stored;

  /**
   * @param stored the exports of a package that the store has, by name; null when it has none
   */
  KnownExports(Function<String, @Nullable PackageExports> stored) {
    this.stored = stored;
  }

  void add(String packageName, Map<String, ModuleExports> modules, Set<String> dependencies) {
    packages.put(packageName, new PackageExports(modules, Set.copyOf(dependencies)));
  }

  private @Nullable PackageExports find(String packageName) {
    PackageExports known = packages.get(packageName);
    if (known == null && !missing.contains(packageName)) {
      known = stored.apply(packageName);
      if (known == null) {
        missing.add(packageName);
      } else {
        packages.put(packageName, known);
      }
    }
    return known;
  }

  /** What a release sees: its own modules, those of everything it depends on, and Elixir's. */
  Exports seenBy(Map<String, ModuleExports> own, Set<String> dependencies) {
    List<Map<String, ModuleExports>> seen = new ArrayList<>();
    seen.add(own);
    Set<String> visited = new HashSet<>();
    Deque<String> pending = new ArrayDeque<>(dependencies);
    while (!pending.isEmpty()) {
      String next = pending.remove();
      PackageExports found = visited.add(next) ? find(next) : null;
      if (found != null) {
        seen.add(found.modules());
        pending.addAll(found.dependencies());
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
    return packages.or(ElixirExports.instance());
  }
}
