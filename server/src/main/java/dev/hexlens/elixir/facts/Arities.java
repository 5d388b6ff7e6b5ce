package dev.hexlens.elixir.facts;

import java.util.Map;

/**
 * Sets of arities as bits: arity 0 is the lowest. No function has more than 63 arguments here;
 * Elixir's own limit is 255.
 */
public final class Arities {
  private static final int MOST = 63;

  private Arities() {}

  /** The bits for all arities from min to max. */
  public static long range(int min, int max) {
    long bits = 0;
    for (int arity = min; arity <= Math.min(max, MOST); arity++) {
      bits |= 1L << arity;
    }
    return bits;
  }

  public static boolean has(long bits, int arity) {
    return arity <= MOST && arity >= 0 && (bits >>> arity & 1) != 0;
  }

  /** Whether the table has the name with this arity. */
  public static boolean has(Map<String, Long> table, String name, int arity) {
    Long bits = table.get(name);
    return bits != null && has(bits, arity);
  }

  /** Adds the arities from min to max. */
  public static void add(Map<String, Long> table, String name, int min, int max) {
    table.merge(name, range(min, max), (a, b) -> a | b);
  }
}
