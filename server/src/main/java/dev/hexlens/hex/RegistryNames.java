package dev.hexlens.hex;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All packages of a repository ({@code /names}), to see which of them changed.
 *
 * @param packages in the registry's order, by name
 * @param problems entries left out, a sentence each
 */
public record RegistryNames(List<Entry> packages, List<String> problems) {

  public RegistryNames {
    packages = List.copyOf(packages);
    problems = List.copyOf(problems);
  }

  /**
   * One package.
   *
   * @param updatedAt when something was last published, reverted or retired; null where a
   *     repository doesn't say
   */
  public record Entry(String name, @Nullable Instant updatedAt) {}
}
