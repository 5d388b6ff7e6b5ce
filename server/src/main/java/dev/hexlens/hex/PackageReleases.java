package dev.hexlens.hex;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The releases of one package with their checksums and dependencies ({@code /packages/NAME}).
 *
 * @param releases ascending by version
 * @param problems releases left out, a sentence each
 */
public record PackageReleases(String name, List<Release> releases, List<String> problems) {

  public PackageReleases {
    releases = releases.stream().sorted((a, b) -> a.version().compareTo(b.version())).toList();
    problems = List.copyOf(problems);
  }

  /** The release of that version, if there is one. */
  public Optional<Release> release(Version version) {
    return releases.stream().filter(each -> each.version().equals(version)).findFirst();
  }

  /**
   * One version as published.
   *
   * @param checksum of its tarball: outer, or inner where an old registry has no other
   * @param retirement null for one that is not retired
   * @param publishedAt null where a repository doesn't say (hex.pm does since May 2026)
   */
  public record Release(
      Version version,
      Checksum checksum,
      List<Dependency> dependencies,
      @Nullable Retirement retirement,
      @Nullable Instant publishedAt) {

    public Release {
      dependencies = List.copyOf(dependencies);
    }
  }
}
