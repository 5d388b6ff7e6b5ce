package dev.hexlens.elixir.parser;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The functions of tree-sitter's C interface (api.h) that reading a whole file needs, as plain
 * downcalls. jtreesitter makes an object for every node, at 650 ns each; these calls take 115 ns
 * for a node.
 *
 * <p>Each function's stub takes milliseconds to make, so what only some need is elsewhere: nodes
 * and cursors in {@link TreeCursor}, edits in {@link LastTree}.
 *
 * <p>Pointers are {@code long}: a {@link MemorySegment} would be held open and let go by every
 * call. Functions that run for nanoseconds are called <em>critical</em>, without the transition
 * that lets the garbage collector start meanwhile.
 */
final class TreeSitter {
  /** {@code struct TSPoint { uint32_t row; uint32_t column; }}. */
  static final StructLayout POINT = MemoryLayout.structLayout(JAVA_INT, JAVA_INT);

  /**
   * {@code struct TSInput { void *payload; read; TSInputEncoding encoding; DecodeFunction decode;
   * }}.
   */
  static final StructLayout INPUT =
      MemoryLayout.structLayout(
          JAVA_LONG.withName("payload"),
          JAVA_LONG.withName("read"),
          JAVA_INT.withName("encoding"),
          MemoryLayout.paddingLayout(4),
          JAVA_LONG.withName("decode"));

  /** {@code struct TSParseOptions { void *payload; progress_callback; }}. */
  static final StructLayout OPTIONS =
      MemoryLayout.structLayout(JAVA_LONG.withName("payload"), JAVA_LONG.withName("progress"));

  static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup SYMBOLS = NativeLibraries.active().symbols();

  private static final MethodHandle LANGUAGE =
      plain("tree_sitter_elixir", FunctionDescriptor.of(JAVA_LONG));
  private static final MethodHandle SYMBOL_COUNT =
      plain("ts_language_symbol_count", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
  private static final MethodHandle SYMBOL_NAME =
      plain("ts_language_symbol_name", FunctionDescriptor.of(ADDRESS, JAVA_LONG, JAVA_SHORT));
  private static final MethodHandle SYMBOL_TYPE =
      plain("ts_language_symbol_type", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_SHORT));

  private static final MethodHandle PARSER_NEW =
      plain("ts_parser_new", FunctionDescriptor.of(JAVA_LONG));
  private static final MethodHandle PARSER_DELETE =
      plain("ts_parser_delete", FunctionDescriptor.ofVoid(JAVA_LONG));
  private static final MethodHandle PARSER_SET_LANGUAGE =
      plain("ts_parser_set_language", FunctionDescriptor.of(JAVA_BOOLEAN, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle PARSER_RESET =
      plain("ts_parser_reset", FunctionDescriptor.ofVoid(JAVA_LONG));
  private static final MethodHandle PARSER_PARSE =
      plain(
          "ts_parser_parse_with_options",
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, INPUT, OPTIONS));
  private static final MethodHandle TREE_DELETE =
      plain("ts_tree_delete", FunctionDescriptor.ofVoid(JAVA_LONG));

  // flatten.c: only in the libraries that the build compiled.
  private static final @Nullable MethodHandle NODE_COUNT =
      optional("hexlens_node_count", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
  private static final @Nullable MethodHandle FLATTEN =
      optional(
          "hexlens_flatten",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_BYTE, JAVA_INT, ADDRESS, ADDRESS, ADDRESS,
              ADDRESS));

  private TreeSitter() {}

  static MethodHandle plain(String name, FunctionDescriptor type) {
    return LINKER.downcallHandle(SYMBOLS.findOrThrow(name), type);
  }

  static MethodHandle critical(String name, FunctionDescriptor type) {
    return LINKER.downcallHandle(SYMBOLS.findOrThrow(name), type, Linker.Option.critical(false));
  }

  /** Critical, with arrays of the heap as arguments. */
  private static @Nullable MethodHandle optional(String name, FunctionDescriptor type) {
    return SYMBOLS
        .find(name)
        .map(symbol -> LINKER.downcallHandle(symbol, type, Linker.Option.critical(true)))
        .orElse(null);
  }

  /** Whether the libraries in use have {@link #nodeCount} and {@link #flatten}. */
  static boolean flattens() {
    return NODE_COUNT != null && FLATTEN != null;
  }

  /** How many nodes {@link #flatten} will write. Only where {@link #flattens}. */
  static int nodeCount(long tree) {
    try {
      return (int) Objects.requireNonNull(NODE_COUNT).invokeExact(tree);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /**
   * Writes a tree's nodes in pre-order, each column to an array. Returns their number times two,
   * plus one when some are errors or missing; -1 when the arrays are too short; -2 less the symbol
   * for one without a kind. Only where {@link #flattens}.
   */
  static long flatten(long tree, byte[] kinds, int[] starts, int[] ends, int[] nexts) {
    try {
      return (long)
          Objects.requireNonNull(FLATTEN)
              .invokeExact(
                  tree,
                  Grammar.KIND_OF_SYMBOL.address(),
                  (byte) NodeKind.ERROR.ordinal(),
                  starts.length,
                  MemorySegment.ofArray(kinds),
                  MemorySegment.ofArray(starts),
                  MemorySegment.ofArray(ends),
                  MemorySegment.ofArray(nexts));
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** The grammar: a pointer to a constant of the library. */
  static long language() {
    try {
      return (long) LANGUAGE.invokeExact();
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int symbolCount(long language) {
    try {
      return (int) SYMBOL_COUNT.invokeExact(language);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static String symbolName(long language, int symbol) {
    try {
      var name = (MemorySegment) SYMBOL_NAME.invokeExact(language, (short) symbol);
      return name.reinterpret(Integer.MAX_VALUE).getString(0);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** 0 named, 1 anonymous, others never in a tree. */
  static int symbolType(long language, int symbol) {
    try {
      return (int) SYMBOL_TYPE.invokeExact(language, (short) symbol);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static long parserNew() {
    try {
      return (long) PARSER_NEW.invokeExact();
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static void parserDelete(long parser) {
    try {
      PARSER_DELETE.invokeExact(parser);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** False when the grammar's version is one that the core can't run. */
  static boolean parserSetLanguage(long parser, long language) {
    try {
      return (boolean) PARSER_SET_LANGUAGE.invokeExact(parser, language);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** Forgets a parse that was stopped half-way. */
  static void parserReset(long parser) {
    try {
      PARSER_RESET.invokeExact(parser);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** Where tree-sitter would take the tree of the text before an edit. */
  private static final long NO_TREE = 0;

  /** A new tree, to be deleted by the caller, or 0 when the progress callback stopped the parse. */
  static long parserParse(long parser, MemorySegment input, MemorySegment options) {
    try {
      return (long) PARSER_PARSE.invokeExact(parser, NO_TREE, input, options);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static void treeDelete(long tree) {
    try {
      TREE_DELETE.invokeExact(tree);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static AssertionError broken(Throwable cause) {
    return new AssertionError("a downcall never throws", cause);
  }
}
