package dev.hexlens.workspace;

import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.workspace.Corpus.Origin;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Set;

/**
 * Where to look.
 *
 * @param packages names or {@code name@version}; none: all
 * @param paths globs, of which one must match a path; none: all
 */
public record SearchScope(Set<Origin> origins, Set<String> packages, List<PathMatcher> paths) {
  /** Everywhere. */
  public static final SearchScope EVERYWHERE =
      new SearchScope(Set.of(Origin.values()), Set.of(), List.of());

  public SearchScope {
    origins = Set.copyOf(origins);
    packages = Set.copyOf(packages);
    paths = List.copyOf(paths);
  }

  /**
   * Reads globs.
   *
   * @throws IllegalArgumentException when one is none
   */
  public static List<PathMatcher> globs(List<String> globs) {
    return globs.stream()
        .map(glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob))
        .toList();
  }

  boolean admits(Candidate file) {
    return (packages.isEmpty()
            || packages.contains(file.packageName())
            || packages.contains(file.packageName() + "@" + file.version()))
        && (paths.isEmpty() || paths.stream().anyMatch(glob -> glob.matches(Path.of(file.path()))));
  }
}
