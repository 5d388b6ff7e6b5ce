package dev.hexlens.elixir.parser;

import java.nio.charset.StandardCharsets;
import java.util.function.BiPredicate;

/**
 * The last tree of a text that had no errors, from which that of the edited text is made. Where an
 * edit stays among the statements of a block, only these are parsed, together with the statement
 * before and the one behind them, in a block by themselves. If nothing is wrong with them and those
 * two come out as they were, the grammar reads the whole text like that: what stands around a block
 * has no say in what its statements are.
 *
 * <p>tree-sitter by itself takes little over here. Elixir's grammar has more than one reading open
 * nearly everywhere, and what was read while there were several is read again.
 */
final class PatchedTree {
  private static final byte[] HEAD = "d do\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HEAD_OF_DO = "d ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TAIL = "\nend".getBytes(StandardCharsets.US_ASCII);

  /** In a tree of such a block alone: the block, and its first token. */
  private static final int BLOCK = 3;

  private static final int DO = 4;

  private byte[] text = {};
  private final SyntaxTree tree = new SyntaxTree();
  private final SyntaxTree part = new SyntaxTree();

  /** Copies a tree, unless it has errors. */
  void keep(byte[] of, SyntaxTree parsed) {
    if (!parsed.hasErrors()) {
      text = of;
      tree.copy(parsed);
    }
  }

  /**
   * Makes the tree of an edited text, if it can.
   *
   * @param parsing parses a text into a tree; false when it gives up
   * @param into gets the tree
   * @return whether it did
   */
  boolean patch(byte[] changed, BiPredicate<byte[], SyntaxTree> parsing, SyntaxTree into) {
    if (tree.size() == 0) {
      return false;
    }
    Edit edit = Edit.between(text, changed);
    int block = blockAround(edit);
    if (block < 0) {
      return false;
    }
    int left = block + 1;
    int right = block;
    for (int child = left; child < tree.next(block); child = tree.next(child)) {
      if (tree.kind(child) != NodeKind.COMMENT) {
        if (tree.end(child) < edit.start()) {
          left = child;
        } else if (tree.start(child) > edit.oldEnd() && right == block) {
          right = child;
        }
      }
    }
    int from = tree.start(left);
    int to = tree.end(right);
    if (to - from > text.length / 4 * 3) {
      return false; // there is nothing to be saved
    }
    boolean whole = left == block + 1;
    byte[] head = whole ? HEAD_OF_DO : HEAD;
    byte[] tail = tree.next(right) == tree.next(block) ? new byte[0] : TAIL;
    int length = to + edit.shift() - from;
    byte[] alone = new byte[head.length + length + tail.length];
    System.arraycopy(head, 0, alone, 0, head.length);
    System.arraycopy(changed, from, alone, head.length, length);
    System.arraycopy(tail, 0, alone, head.length + length, tail.length);
    if (!parsing.test(alone, part) || !isBlockAlone(alone.length)) {
      return false;
    }
    int partLeft = whole ? DO : DO + 1;
    int partRight = tail.length == 0 ? lastOf(part, BLOCK, 1) : lastOf(part, BLOCK, 2);
    int moved = head.length - from;
    if (partRight <= partLeft
        || !tree.isSame(left, part, partLeft, moved)
        || !tree.isSame(right, part, partRight, moved + edit.shift())) {
      return false;
    }
    tree.replace(
        tree.next(left), right, edit.shift(), part, part.next(partLeft), partRight, -moved);
    text = changed;
    into.copy(tree);
    return true;
  }

  /** The innermost block of statements alone that an edit stays in; -1 when there is none. */
  private int blockAround(Edit edit) {
    int found = -1;
    int node = 0;
    while (node >= 0) {
      int inner = -1;
      for (int child = node + 1; child < tree.next(node) && inner < 0; child = tree.next(child)) {
        if (tree.start(child) <= edit.start() && tree.end(child) >= edit.oldEnd()) {
          inner = child;
        }
      }
      if (inner >= 0
          && isOfStatements(tree, inner)
          && tree.end(inner + 1) < edit.start()
          && tree.start(lastOf(tree, inner, 1)) > edit.oldEnd()) {
        found = inner;
      }
      node = inner;
    }
    return found;
  }

  /** Whether the part is one block of statements and nothing else, without errors. */
  private boolean isBlockAlone(int length) {
    return !part.hasErrors()
        && part.size() > DO
        && part.kind(0) == NodeKind.SOURCE
        && part.kind(1) == NodeKind.CALL
        && part.kind(2) == NodeKind.IDENTIFIER
        && part.next(2) == BLOCK
        && part.next(BLOCK) == part.size()
        && isOfStatements(part, BLOCK)
        && part.end(lastOf(part, BLOCK, 1)) == length;
  }

  /** Whether a node is {@code do … end} without clauses and without further sections. */
  private static boolean isOfStatements(SyntaxTree of, int node) {
    if (of.kind(node) != NodeKind.DO_BLOCK || of.next(node) <= node + 2) {
      return false;
    }
    for (int child = node + 1; child < of.next(node); child = of.next(child)) {
      switch (of.kind(child)) {
        case STAB_CLAUSE, AFTER_BLOCK, RESCUE_BLOCK, CATCH_BLOCK, ELSE_BLOCK -> {
          return false;
        }
        default -> {}
      }
    }
    return of.kind(node + 1) == NodeKind.TOKEN && of.kind(lastOf(of, node, 1)) == NodeKind.TOKEN;
  }

  /** The last child, or the one so many before; the node itself when it has not so many. */
  private static int lastOf(SyntaxTree of, int node, int nth) {
    int last = node;
    int before = node;
    for (int child = node + 1; child < of.next(node); child = of.next(child)) {
      before = last;
      last = child;
    }
    return nth == 1 ? last : before;
  }
}
