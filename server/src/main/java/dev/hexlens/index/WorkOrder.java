package dev.hexlens.index;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * Who waits for whom among releases that are indexed together: one is linked when the exports of
 * those that it depends on are known.
 */
final class WorkOrder {
  /**
   * A release in work.
   *
   * @param awaited the packages, in work before it, whose exports it may see: those that it depends
   *     on, and what they depend on in turn
   * @param read open once its exports are known, or never will be
   */
  record Item(ReleasePlan plan, Set<String> awaited, CountDownLatch read) {}

  private final List<Item> items = new ArrayList<>();
  private final Map<String, List<CountDownLatch>> latches = new HashMap<>();

  /**
   * @param plans in the order in which they are begun
   * @param failed packages that can't be had, which count as in work before
   */
  WorkOrder(List<ReleasePlan> plans, Collection<String> failed) {
    Map<String, Set<String>> before = new HashMap<>();
    failed.forEach(name -> before.put(name, Set.of()));
    for (ReleasePlan plan : plans) {
      Item item = new Item(plan, awaited(plan, before), new CountDownLatch(1));
      before.merge(plan.id().name(), item.awaited, WorkOrder::union);
      items.add(item);
      latches.computeIfAbsent(plan.id().name(), name -> new ArrayList<>()).add(item.read);
    }
  }

  List<Item> items() {
    return items;
  }

  /** Waits until all in work of a package are read. */
  void await(String packageName) throws InterruptedException {
    for (CountDownLatch each : latches.getOrDefault(packageName, List.of())) {
      each.await();
    }
  }

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
}
