package dev.hexlens.pattern;

import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.elixir.syntax.QuotedTree;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Whether two nodes of a file are the same expression: piped or not, and whichever of its names a
 * module goes by.
 */
final class Equality {
  private final FileView file;
  private final QuotedTree tree;
  private final Deque<int[]> pending = new ArrayDeque<>();

  Equality(FileView file) {
    this.file = file;
    this.tree = file.tree;
  }

  boolean equal(int left, int right) {
    pending.clear();
    pending.push(new int[] {left, right});
    while (!pending.isEmpty()) {
      int[] both = pending.pop();
      if (!tree.equal(both[0], both[1]) && !alike(both[0], both[1])) {
        return false;
      }
    }
    return true;
  }

  /** Compares two nodes that differ as written; what their parts are stays pending. */
  private boolean alike(int left, int right) {
    if (file.isAlias(left) && file.isAlias(right)) {
      return file.isSameModule(left, right);
    }
    int[] leftParts = parts(left);
    int[] rightParts = parts(right);
    int leftHead = head(left);
    int rightHead = head(right);
    if (tree.form(leftHead) != tree.form(rightHead)
        || tree.value(leftHead) != tree.value(rightHead)
        || leftParts.length != rightParts.length
        || leftParts.length == 0) {
      return false;
    }
    for (int i = 0; i < leftParts.length; i++) {
      pending.push(new int[] {leftParts[i], rightParts[i]});
    }
    return true;
  }

  private int head(int node) {
    return isPipedCall(node) ? tree.next(node + 1) : node;
  }

  private boolean isPipedCall(int node) {
    if (!file.isPipe(node)) {
      return false;
    }
    Form form = tree.form(tree.next(node + 1));
    return form == Form.CALL || form == Form.APPLY;
  }

  /** The children of a node; of a stage of a pipe, those of the call that it stands for. */
  private int[] parts(int node) {
    boolean piped = isPipedCall(node);
    int head = head(node);
    int[] parts = new int[tree.childCount(head) + (piped ? 1 : 0)];
    int count = 0;
    int child = head + 1;
    if (piped && tree.form(head) == Form.APPLY) {
      parts[count++] = child;
      child = tree.next(child);
    }
    if (piped) {
      parts[count++] = node + 1;
    }
    for (; child < tree.next(head); child = tree.next(child)) {
      parts[count++] = child;
    }
    return Arrays.copyOf(parts, count);
  }
}
