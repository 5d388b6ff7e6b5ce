package dev.hexlens.elixir.syntax;

import dev.hexlens.elixir.parser.NodeKind;

/**
 * What lowering has to do for a node, in order: nodes to open and to close, leaves, and the
 * expressions in between.
 */
final class Steps {
  private final Tasks tasks;
  private final NamePool names;
  private final TreeView tree;

  Steps(Tasks tasks, NamePool names, TreeView tree) {
    this.tasks = tasks;
    this.names = names;
    this.tree = tree;
  }

  void open(Form form, int value, int start, int end) {
    tasks.add(Tasks.OPEN, form.ordinal(), value, start, end);
  }

  void openCall(String name, int start, int end) {
    open(Form.CALL, names.intern(name), start, end);
  }

  void close() {
    tasks.add(Tasks.CLOSE, 0, 0, 0, 0);
  }

  void leaf(Form form, int value, int start, int end) {
    tasks.add(Tasks.LEAF, form.ordinal(), value, start, end);
  }

  void expression(int node) {
    if (node < 0) {
      leaf(Form.ERROR, -1, 0, 0); // error recovery left this place empty
    } else {
      expression(node, tree.start(node), tree.end(node));
    }
  }

  void expression(int node, int start, int end) {
    tasks.add(Tasks.EXPRESSION, node, start, end, 0);
  }

  /** What the parser could not read, or a node that lacks a part: the pieces that are sound. */
  void damaged(int node, int start, int end) {
    open(Form.ERROR, -1, start, end);
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      if (tree.isExpression(child)) {
        expression(child);
      }
    }
    close();
  }

  /**
   * The elements of a container; keywords at its end are elements of a list, one element of
   * anything else.
   */
  void items(int node, boolean spliceKeywords) {
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      if (spliceKeywords && tree.kind(child) == NodeKind.KEYWORDS) {
        pairs(child);
      } else if (tree.isExpression(child)) {
        expression(child);
      }
    }
  }

  void pairs(int keywords) {
    for (int child = keywords + 1; child < tree.next(keywords); child = tree.next(child)) {
      if (tree.isExpression(child)) {
        expression(child);
      }
    }
  }

  /** What {@code =>} in this node points to, under the weaker operators around it. */
  void associated(int node) {
    tasks.add(Tasks.ASSOCIATED, node, 0, 0, 0);
  }

  /** The left side of {@code in} without its negation. */
  void affirmed(int node) {
    tasks.add(Tasks.AFFIRMED, node, 0, 0, 0);
  }
}
