package dev.hexlens.elixir.facts;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Aliases as chains: each has a name, what it stands for, and what held before it. A scope is the
 * head of its chain, so leaving it is taking an older head.
 */
final class AliasChain {
  private int[] names = new int[16];
  private @Nullable String[] targets = new String[16];
  private int[] outer = new int[16];
  private int count;

  /**
   * Puts an alias in front of a chain and returns the new head.
   *
   * @param name an index into the tree's names
   * @param target null where it is not known what the alias stands for
   */
  int add(int head, int name, @Nullable String target) {
    if (count == names.length) {
      names = Arrays.copyOf(names, count * 2);
      targets = Arrays.copyOf(targets, count * 2);
      outer = Arrays.copyOf(outer, count * 2);
    }
    names[count] = name;
    targets[count] = target;
    outer[count] = head;
    return count++;
  }

  /** The alias of this name that holds, -1 when there is none. */
  int find(int head, int name) {
    int alias = head;
    while (alias >= 0 && names[alias] != name) {
      alias = outer[alias];
    }
    return alias;
  }

  @Nullable String target(int alias) {
    return targets[alias];
  }
}
