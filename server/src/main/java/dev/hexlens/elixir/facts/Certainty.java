package dev.hexlens.elixir.facts;

/** How sure a reference's target is. */
public enum Certainty {
  /** By the language's own rules. */
  RESOLVED,
  /** Through a {@code use}, by a convention, or from a package that is not a known dependency. */
  INFERRED,
  /** Only the name as it stands; there is no target. */
  WRITTEN
}
