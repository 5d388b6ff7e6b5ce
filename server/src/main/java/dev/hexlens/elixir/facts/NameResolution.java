package dev.hexlens.elixir.facts;

import org.jspecify.annotations.Nullable;

/** What the names of one file mean, by node of its syntax tree. */
public interface NameResolution {
  /** Knows nothing: every name is what it says. */
  NameResolution NONE =
      new NameResolution() {
        @Override
        public @Nullable String module(int node) {
          return null;
        }

        @Override
        public @Nullable String importedFrom(int callNode) {
          return null;
        }
      };

  /**
   * The full name of the module that an {@code __aliases__} node, or a {@code __MODULE__} variable,
   * stands for in its lexical scope: {@code MyApp.Repo}, or {@code :lists} for an Erlang module;
   * null where it is not known.
   */
  @Nullable String module(int node);

  /**
   * The module from which the local call or operator at this node is imported, {@code Kernel}
   * included; null for local definitions, variables and what is not known.
   */
  @Nullable String importedFrom(int callNode);

  /** Whether the local call or operator at this node is imported from a module. */
  default boolean isImported(int callNode, String module) {
    return module.equals(importedFrom(callNode));
  }
}
