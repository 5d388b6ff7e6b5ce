package dev.hexlens.elixir.parser;

import org.jspecify.annotations.Nullable;

/** The Elixir grammar in the native library: its symbols' numbers as {@link NodeKind}s. */
final class Grammar {
  /** The number of an ERROR node, in every grammar. */
  private static final int ERROR_SYMBOL = 0xffff;

  private static final int NAMED = 0;
  private static final int ANONYMOUS = 1;

  /** TSLanguage. */
  static final long LANGUAGE = TreeSitter.language();

  private static final @Nullable NodeKind[] KINDS = kinds();

  private Grammar() {}

  static NodeKind kind(int symbol) {
    if (symbol == ERROR_SYMBOL) {
      return NodeKind.ERROR;
    }
    NodeKind kind = KINDS[symbol];
    if (kind == null) {
      throw new IllegalStateException(
          "the grammar put the node type "
              + TreeSitter.symbolName(LANGUAGE, symbol)
              + " in a tree, which HexLens doesn't know");
    }
    return kind;
  }

  private static @Nullable NodeKind[] kinds() {
    var kinds = new @Nullable NodeKind[TreeSitter.symbolCount(LANGUAGE)];
    for (int symbol = 0; symbol < kinds.length; symbol++) {
      kinds[symbol] =
          switch (TreeSitter.symbolType(LANGUAGE, symbol)) {
            case NAMED -> NodeKind.named(TreeSitter.symbolName(LANGUAGE, symbol));
            case ANONYMOUS -> NodeKind.TOKEN;
            default -> null;
          };
    }
    return kinds;
  }
}
