package dev.hexlens.elixir.parser;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;

/** The functions of tree-sitter's C interface that {@link CursorWalk} needs. */
final class TreeCursor {
  /** {@code struct TSNode { uint32_t context[4]; const void *id; const TSTree *tree; }}. */
  static final StructLayout NODE =
      MemoryLayout.structLayout(
          MemoryLayout.sequenceLayout(4, JAVA_INT),
          ADDRESS.withName("id"),
          ADDRESS.withName("tree"));

  /** {@code struct TSTreeCursor { const void *tree; const void *id; uint32_t context[3]; }}. */
  static final StructLayout CURSOR =
      MemoryLayout.structLayout(
          ADDRESS,
          ADDRESS,
          MemoryLayout.sequenceLayout(3, JAVA_INT),
          MemoryLayout.paddingLayout(4));

  private static final MethodHandle TREE_ROOT =
      TreeSitter.critical("ts_tree_root_node", FunctionDescriptor.of(NODE, JAVA_LONG));
  private static final MethodHandle NODE_HAS_ERROR =
      TreeSitter.critical("ts_node_has_error", FunctionDescriptor.of(JAVA_BOOLEAN, NODE));
  private static final MethodHandle NODE_IS_MISSING =
      TreeSitter.critical("ts_node_is_missing", FunctionDescriptor.of(JAVA_BOOLEAN, NODE));
  private static final MethodHandle NODE_SYMBOL =
      TreeSitter.critical("ts_node_symbol", FunctionDescriptor.of(JAVA_SHORT, NODE));
  private static final MethodHandle NODE_END =
      TreeSitter.critical("ts_node_end_byte", FunctionDescriptor.of(JAVA_INT, NODE));
  private static final MethodHandle CURSOR_NEW =
      TreeSitter.plain("ts_tree_cursor_new", FunctionDescriptor.of(CURSOR, NODE));
  private static final MethodHandle CURSOR_RESET =
      TreeSitter.critical("ts_tree_cursor_reset", FunctionDescriptor.ofVoid(JAVA_LONG, NODE));
  private static final MethodHandle CURSOR_DELETE =
      TreeSitter.plain("ts_tree_cursor_delete", FunctionDescriptor.ofVoid(JAVA_LONG));
  private static final MethodHandle CURSOR_NODE =
      TreeSitter.critical("ts_tree_cursor_current_node", FunctionDescriptor.of(NODE, JAVA_LONG));
  private static final MethodHandle CURSOR_FIRST_CHILD =
      TreeSitter.critical(
          "ts_tree_cursor_goto_first_child", FunctionDescriptor.of(JAVA_BOOLEAN, JAVA_LONG));
  private static final MethodHandle CURSOR_NEXT_SIBLING =
      TreeSitter.critical(
          "ts_tree_cursor_goto_next_sibling", FunctionDescriptor.of(JAVA_BOOLEAN, JAVA_LONG));
  private static final MethodHandle CURSOR_PARENT =
      TreeSitter.critical(
          "ts_tree_cursor_goto_parent", FunctionDescriptor.of(JAVA_BOOLEAN, JAVA_LONG));

  private TreeCursor() {}

  static MemorySegment treeRoot(SegmentAllocator into, long tree) {
    try {
      return (MemorySegment) TREE_ROOT.invokeExact(into, tree);
    } catch (Throwable e) {
      throw TreeSitter.broken(e);
    }
  }

  static boolean nodeHasError(MemorySegment node) {
    try {
      return (boolean) NODE_HAS_ERROR.invokeExact(node);
    } catch (Throwable e) {
      throw TreeSitter.broken(e);
    }
  }

  static boolean nodeIsMissing(MemorySegment node) {
    try {
      return (boolean) NODE_IS_MISSING.invokeExact(node);
    } catch (Throwable e) {
      throw TreeSitter.broken(e);
    }
  }

  static int nodeSymbol(MemorySegment node) {
    try {
      return Short.toUnsignedInt((short) NODE_SYMBOL.invokeExact(node));
    } catch (Throwable e) {
      throw TreeSitter.broken(e);
    }
  }

  /** Where the node begins: what ts_node_start_byte returns, without the call. */
  static int nodeStart(MemorySegment node) {
    return node.get(JAVA_INT, 0);
  }

  static int nodeEnd(MemorySegment node) {
    try {
      return (int) NODE_END.invokeExact(node);
    } catch (Throwable e) {
      throw TreeSitter.broken(e);
    }
  }

  static MemorySegment cursorNew(SegmentAllocator into, MemorySegment node) {
    try {
      return (MemorySegment) CURSOR_NEW.invokeExact(into, node);
    } catch (Throwable e) {
      throw TreeSitter.broken(e);
    }
  }

  static void cursorReset(long cursor, MemorySegment node) {
    try {
      CURSOR_RESET.invokeExact(cursor, node);
    } catch (Throwable e) {
      throw TreeSitter.broken(e);
    }
  }

  static void cursorDelete(long cursor) {
    try {
      CURSOR_DELETE.invokeExact(cursor);
    } catch (Throwable e) {
      throw TreeSitter.broken(e);
    }
  }

  static MemorySegment cursorNode(SegmentAllocator into, long cursor) {
    try {
      return (MemorySegment) CURSOR_NODE.invokeExact(into, cursor);
    } catch (Throwable e) {
      throw TreeSitter.broken(e);
    }
  }

  static boolean cursorFirstChild(long cursor) {
    try {
      return (boolean) CURSOR_FIRST_CHILD.invokeExact(cursor);
    } catch (Throwable e) {
      throw TreeSitter.broken(e);
    }
  }

  static boolean cursorNextSibling(long cursor) {
    try {
      return (boolean) CURSOR_NEXT_SIBLING.invokeExact(cursor);
    } catch (Throwable e) {
      throw TreeSitter.broken(e);
    }
  }

  static boolean cursorParent(long cursor) {
    try {
      return (boolean) CURSOR_PARENT.invokeExact(cursor);
    } catch (Throwable e) {
      throw TreeSitter.broken(e);
    }
  }
}
