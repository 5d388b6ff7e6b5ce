package dev.hexlens.elixir.facts;

import org.jspecify.annotations.Nullable;

/** What modules outside of one file export. */
@FunctionalInterface
public interface Exports {
  /** No module is known. */
  Exports NONE = name -> null;

  /** The exports of a module by its full name, null when it is not known. */
  @Nullable ModuleExports module(String name);

  /** These exports, and the other's for modules that these don't know. */
  default Exports or(Exports other) {
    return name -> {
      ModuleExports own = module(name);
      return own == null ? other.module(name) : own;
    };
  }
}
