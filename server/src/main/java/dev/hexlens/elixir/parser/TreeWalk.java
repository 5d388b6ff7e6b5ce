package dev.hexlens.elixir.parser;

/** Copies a native tree into a {@link SyntaxTree}. For one thread at a time. */
sealed interface TreeWalk extends AutoCloseable permits NativeWalk, CursorWalk {

  /**
   * The fastest walk that the libraries in use have: those that the build compiled flatten a tree
   * by themselves.
   */
  static TreeWalk fastest() {
    return TreeSitter.flattens() ? new NativeWalk() : new CursorWalk();
  }

  /**
   * Appends all nodes of a tree.
   *
   * @param parsed a TSTree
   * @param into empty
   */
  void flatten(long parsed, SyntaxTree into);

  @Override
  void close();
}
