package dev.hexlens.elixir.parser;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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

  /** In {@link #KIND_OF_SYMBOL}: a symbol that is in no tree, or that HexLens doesn't know. */
  private static final byte UNKNOWN = (byte) 0xff;

  /** One byte a symbol: the ordinal of its {@link NodeKind}, for flatten.c. */
  static final MemorySegment KIND_OF_SYMBOL = kindOfSymbol();

  private Grammar() {}

  static NodeKind kind(int symbol) {
    if (symbol == ERROR_SYMBOL) {
      return NodeKind.ERROR;
    }
    NodeKind kind = KINDS[symbol];
    if (kind == null) {
      throw unknown(symbol);
    }
    return kind;
  }

  static IllegalStateException unknown(int symbol) {
    return new IllegalStateException(
        "the grammar put the node type "
            + TreeSitter.symbolName(LANGUAGE, symbol)
            + " in a tree, which HexLens doesn't know");
  }

  private static MemorySegment kindOfSymbol() {
    MemorySegment table = Arena.global().allocate(KINDS.length);
    for (int symbol = 0; symbol < KINDS.length; symbol++) {
      NodeKind kind = KINDS[symbol];
      table.set(ValueLayout.JAVA_BYTE, symbol, kind == null ? UNKNOWN : (byte) kind.ordinal());
    }
    return table;
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
