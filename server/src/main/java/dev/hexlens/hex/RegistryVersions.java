package dev.hexlens.hex;

import java.util.List;

/**
 * All packages of a repository with all their versions ({@code /versions}).
 *
 * <p>It may be stale: a valid signature says nothing of age.
 *
 * @param packages in the registry's order, by name
 * @param problems entries left out, a sentence each
 */
public record RegistryVersions(List<PackageVersions> packages, List<String> problems) {

  public RegistryVersions {
    packages = List.copyOf(packages);
    problems = List.copyOf(problems);
  }

  /** The number of versions of all packages. */
  public int releaseCount() {
    return packages.stream().mapToInt(each -> each.versions().size()).sum();
  }
}
