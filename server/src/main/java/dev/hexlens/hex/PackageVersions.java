package dev.hexlens.hex;

import java.util.List;
import java.util.Optional;

/**
 * The versions of one package.
 *
 * @param versions ascending
 */
public record PackageVersions(String name, List<Listed> versions) {

  /**
   * One version in the list.
   *
   * @param retired its publisher advises against it; it resolves and downloads all the same
   */
  public record Listed(Version version, boolean retired) implements Comparable<Listed> {
    @Override
    public int compareTo(Listed other) {
      return version.compareTo(other.version);
    }
  }

  public PackageVersions {
    versions = versions.stream().sorted().toList();
  }

  /**
   * The highest stable version, else the highest pre-release: what hex.pm shows as the package's
   * release. Hex looks past retirement there.
   *
   * @param skipRetired as if the retired versions didn't exist
   * @return nothing if there is no version, or only retired ones and those are skipped
   */
  public Optional<Version> latest(boolean skipRetired) {
    List<Version> eligible = eligible(skipRetired);
    return eligible.reversed().stream()
        .filter(Version::isStable)
        .findFirst()
        .or(() -> eligible.reversed().stream().findFirst());
  }

  /** All versions, ascending, without the retired ones if those are skipped. */
  List<Version> eligible(boolean skipRetired) {
    return versions.stream()
        .filter(each -> !skipRetired || !each.retired())
        .map(Listed::version)
        .toList();
  }
}
