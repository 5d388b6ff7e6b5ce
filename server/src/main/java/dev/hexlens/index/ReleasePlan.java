package dev.hexlens.index;

import dev.hexlens.hex.Checksum;
import dev.hexlens.hex.ReleaseId;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A release to be indexed.
 *
 * @param requirements what it depends on, name to requirement
 * @param reason why it is kept
 * @param stored whether to read the files that the store has of it, rather than to fetch it
 * @param seen when the one that the store had at planning was completed; null when it had none
 */
record ReleasePlan(
    ReleaseId id,
    Checksum checksum,
    Map<String, String> requirements,
    String reason,
    boolean stored,
    @Nullable OffsetDateTime seen) {
  ReleasePlan {
    requirements = Map.copyOf(requirements);
  }

  /**
   * The same plans, each behind those that it depends on, so that their exports are known when its
   * names are linked. A circle is cut where it is entered.
   */
  static List<ReleasePlan> inOrderOfDependencies(List<ReleasePlan> plans) {
    Map<String, List<ReleasePlan>> byName = new LinkedHashMap<>();
    plans.forEach(
        plan -> byName.computeIfAbsent(plan.id().name(), n -> new ArrayList<>()).add(plan));
    Set<String> ordered = new LinkedHashSet<>();
    Set<String> entered = new LinkedHashSet<>();
    for (String name : byName.keySet()) {
      visit(name, byName, entered, ordered);
    }
    return ordered.stream().flatMap(name -> byName.getOrDefault(name, List.of()).stream()).toList();
  }

  /** Depth first with a stack of its own: a chain of dependencies may be long. */
  private static void visit(
      String start,
      Map<String, List<ReleasePlan>> byName,
      Set<String> entered,
      Set<String> ordered) {
    List<String> stack = new ArrayList<>(List.of(start));
    while (!stack.isEmpty()) {
      String name = stack.getLast();
      if (ordered.contains(name)) {
        stack.removeLast();
        continue;
      }
      entered.add(name);
      List<String> open =
          byName.getOrDefault(name, List.of()).stream()
              .flatMap(plan -> plan.requirements().keySet().stream())
              .filter(dependency -> byName.containsKey(dependency) && !entered.contains(dependency))
              .distinct()
              .toList();
      if (open.isEmpty()) {
        ordered.add(name);
        stack.removeLast();
      } else {
        stack.addAll(open);
      }
    }
  }
}
