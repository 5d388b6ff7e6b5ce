package dev.hexlens.store;

import dev.hexlens.store.Candidates.Scope.Position;

/**
 * A search was to begin at a file of a release that it has not among its candidates: one that has
 * gone meanwhile, or of another search. To begin with the first instead would tell everything anew.
 */
public final class UnknownPosition extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnknownPosition(Position position) {
    super(
        "%s@%s is not among the releases that this search looks at"
            .formatted(position.packageName(), position.version()));
  }
}
