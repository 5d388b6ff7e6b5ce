package dev.hexlens.elixir.parser;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/**
 * The native tree of a text that is about to be edited. What differs is found by comparing the
 * texts, so nobody has to keep account of edits; what both have in common tree-sitter takes over.
 */
final class LastTree {
  /**
   * {@code struct TSInputEdit { uint32_t start_byte, old_end_byte, new_end_byte; TSPoint
   * start_point, old_end_point, new_end_point; }}.
   */
  private static final StructLayout INPUT_EDIT =
      MemoryLayout.structLayout(MemoryLayout.sequenceLayout(9, JAVA_INT));

  private static final MethodHandle EDIT =
      TreeSitter.plain("ts_tree_edit", FunctionDescriptor.ofVoid(JAVA_LONG, ADDRESS));

  private final MemorySegment edit = Arena.ofAuto().allocate(INPUT_EDIT);
  private long tree;
  private byte[] text = {};

  /** The tree, told how its text becomes this one; 0 when there is none. */
  long edited(byte[] changed) {
    if (tree == 0) {
      return 0;
    }
    int shorter = Math.min(text.length, changed.length);
    int mismatch = Arrays.mismatch(text, changed);
    int start = mismatch < 0 ? shorter : mismatch;
    int common = 0;
    while (common < shorter - start
        && text[text.length - 1 - common] == changed[changed.length - 1 - common]) {
      common++;
    }
    int oldEnd = text.length - common;
    int newEnd = changed.length - common;
    edit.setAtIndex(JAVA_INT, 0, start);
    edit.setAtIndex(JAVA_INT, 1, oldEnd);
    edit.setAtIndex(JAVA_INT, 2, newEnd);
    point(3, text, start);
    point(5, text, oldEnd);
    point(7, changed, newEnd);
    try {
      EDIT.invokeExact(tree, edit);
    } catch (Throwable e) {
      throw TreeSitter.broken(e);
    }
    return tree;
  }

  /** Writes the row and column of an offset. */
  private void point(int index, byte[] of, int offset) {
    int row = 0;
    int lineStart = 0;
    for (int at = 0; at < offset; at++) {
      if (of[at] == '\n') {
        row++;
        lineStart = at + 1;
      }
    }
    edit.setAtIndex(JAVA_INT, index, row);
    edit.setAtIndex(JAVA_INT, index + 1, offset - lineStart);
  }

  /** Takes a tree over; it is freed when the next comes. */
  void keep(long parsed, byte[] of) {
    forget();
    tree = parsed;
    text = of;
  }

  void forget() {
    if (tree != 0) {
      TreeSitter.treeDelete(tree);
      tree = 0;
    }
  }
}
