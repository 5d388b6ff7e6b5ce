package dev.hexlens.elixir.parser;

/** One call for the whole tree, into the arrays of the {@link SyntaxTree}: flatten.c. */
final class NativeWalk implements TreeWalk {
  /** What hexlens_flatten returns for symbol 0 without a kind; less by one for each one after. */
  private static final int UNKNOWN_SYMBOL = -2;

  @Override
  public void flatten(long parsed, SyntaxTree into) {
    into.reserve(TreeSitter.nodeCount(parsed));
    long outcome = into.fill(parsed);
    if (outcome <= UNKNOWN_SYMBOL) {
      throw Grammar.unknown((int) (UNKNOWN_SYMBOL - outcome));
    }
    if (outcome < 0) {
      throw new IllegalStateException(
          "a tree has more nodes than it counted, or the memory is at its end");
    }
  }

  @Override
  public void close() {}
}
