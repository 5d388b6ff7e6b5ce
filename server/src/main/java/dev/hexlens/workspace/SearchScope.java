package dev.hexlens.workspace;

import dev.hexlens.search.SourcePaths;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.Candidates.Scope.PackageName;
import dev.hexlens.workspace.Corpus.Origin;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Where to look.
 *
 * @param packages one of these; none: all
 * @param paths what a path must be like; {@link SourcePaths} makes some
 * @param generated whether what a program wrote counts
 */
public record SearchScope(
    Set<Origin> origins, List<PackageName> packages, Predicate<String> paths, boolean generated) {
  /** Everywhere. */
  public static final SearchScope EVERYWHERE =
      new SearchScope(Set.of(Origin.values()), List.of(), path -> true, true);

  public SearchScope {
    origins = Set.copyOf(origins);
    packages = List.copyOf(packages);
  }

  /** The same of these origins only. */
  public SearchScope of(Set<Origin> some) {
    return new SearchScope(some, packages, paths, generated);
  }

  /** The same as a store understands it. */
  public Scope stored() {
    return new Scope(packages, paths).generated(generated);
  }

  boolean admits(Candidate file) {
    return stored().admits(file.packageName(), file.version())
        && paths.test(file.path())
        && (generated || !file.generated());
  }
}
