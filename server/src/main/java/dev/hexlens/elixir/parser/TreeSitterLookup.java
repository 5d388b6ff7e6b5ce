package dev.hexlens.elixir.parser;

import io.github.treesitter.jtreesitter.NativeLibraryLookup;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;

/** Gives jtreesitter the same native libraries as {@link TreeSitter} uses; found as a service. */
public final class TreeSitterLookup implements NativeLibraryLookup {
  @Override
  public SymbolLookup get(Arena arena) {
    return NativeLibraries.active().symbols();
  }
}
