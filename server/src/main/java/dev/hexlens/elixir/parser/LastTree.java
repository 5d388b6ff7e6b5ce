package dev.hexlens.elixir.parser;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The native tree of a text that is about to be edited. What differs is found by comparing the
 * texts, so nobody has to keep account of edits; what both have in common tree-sitter takes over.
 */
final class LastTree {
  private final MemorySegment edit = Arena.ofAuto().allocate(TreeSitter.INPUT_EDIT);
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
    TreeSitter.treeEdit(tree, edit);
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
