package dev.hexlens.elixir.facts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * What every module has without asking: Kernel's exports and the special forms. Read from a table
 * that {@code exports.exs} prints.
 */
final class KernelNames {
  private static final Map<String, Long> KERNEL = new HashMap<>();
  private static final Map<String, Long> SPECIAL = new HashMap<>();

  static {
    try (InputStream in = KernelNames.class.getResourceAsStream("kernel.txt")) {
      if (in == null) {
        throw new IllegalStateException("kernel.txt is missing from the jar; build it again");
      }
      var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        read(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private KernelNames() {}

  /** A line is {@code kernel name arity…} or {@code special name arity…}; others are remarks. */
  private static void read(String line) {
    String[] parts = line.split(" ");
    Map<String, Long> table =
        parts[0].equals("kernel") ? KERNEL : parts[0].equals("special") ? SPECIAL : null;
    if (table == null) {
      return;
    }
    for (int i = 2; i < parts.length; i++) {
      int arity = Integer.parseInt(parts[i]);
      Arities.add(table, parts[1], arity, arity);
    }
  }

  /** The arities with which Kernel exports the name, as bits; 0 when it doesn't. */
  static long arities(String name) {
    return KERNEL.getOrDefault(name, 0L);
  }

  /** Whether a call is a special form: no module can define it or take it away. */
  static boolean isSpecial(String name, int arity) {
    Long arities = SPECIAL.get(name);
    return arities != null && (Arities.has(arities, arity) || takesAnyNumber(name));
  }

  private static boolean takesAnyNumber(String name) {
    return switch (name) {
      case "for", "with", "super", "fn", "__block__", "__aliases__" -> true;
      default -> false;
    };
  }
}
