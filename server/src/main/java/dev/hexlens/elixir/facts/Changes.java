package dev.hexlens.elixir.facts;

import java.util.Arrays;

/**
 * A number that changes as a tree is walked in order, kept by node: asked afterwards in the time of
 * a binary search.
 */
final class Changes {
  private int[] nodes = new int[16];
  private int[] values = new int[16];
  private int count;

  /**
   * From this node on the number is the value; nodes come in order, of several at one node the last
   * counts.
   */
  void put(int node, int value) {
    if (count > 0 && nodes[count - 1] == node) {
      count--;
    }
    if (count == nodes.length) {
      nodes = Arrays.copyOf(nodes, count * 2);
      values = Arrays.copyOf(values, count * 2);
    }
    nodes[count] = node;
    values[count++] = value;
  }

  /** The number at a node, -1 before the first change. */
  int at(int node) {
    int found = Arrays.binarySearch(nodes, 0, count, node);
    int change = found >= 0 ? found : -found - 2;
    return change < 0 ? -1 : values[change];
  }
}
