package dev.hexlens.pattern;

import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.elixir.syntax.QuotedTree;
import java.util.ArrayList;
import java.util.List;

/**
 * Parents, children and siblings in the sense of selectors: the children of a call with a lone do
 * block (or any list of one pair as its argument) are the statements in it and nothing else; of any
 * other node, its arguments. ExAST's rule, as its documentation has it.
 */
final class Siblings {
  private final FileView file;
  private final QuotedTree tree;

  Siblings(FileView file) {
    this.file = file;
    this.tree = file.tree;
  }

  List<Integer> children(int node) {
    int body = loneBody(node);
    if (body >= 0) {
      return statements(body);
    }
    List<Integer> children = new ArrayList<>();
    int first = tree.form(node) == Form.APPLY ? tree.next(node + 1) : node + 1;
    for (int child = first; child < tree.next(node); child = tree.next(child)) {
      children.add(child);
    }
    return children;
  }

  private List<Integer> statements(int body) {
    boolean several = tree.is(body, Form.CALL, "__block__") || tree.is(body, Form.LIST);
    if (!several) {
      return List.of(body);
    }
    List<Integer> statements = new ArrayList<>();
    for (int child = body + 1; child < tree.next(body); child = tree.next(child)) {
      statements.add(child);
    }
    return statements;
  }

  /** The value of the one pair in the list that is an argument of this call, or -1. */
  private int loneBody(int node) {
    Form form = tree.form(node);
    if (form != Form.CALL && form != Form.APPLY) {
      return -1;
    }
    int first = form == Form.APPLY ? tree.next(node + 1) : node + 1;
    for (int child = first; child < tree.next(node); child = tree.next(child)) {
      if (isLonePair(child)) {
        return tree.next(child + 2);
      }
    }
    return -1;
  }

  private boolean isLonePair(int node) {
    return tree.form(node) == Form.LIST
        && tree.hasChildren(node)
        && tree.form(node + 1) == Form.PAIR
        && tree.next(node + 1) == tree.next(node);
  }

  /** The node of which this one is a child, or -1. */
  int parent(int node) {
    int[] parents = file.parents();
    int direct = parents[node];
    int candidate = direct;
    while (candidate >= 0 && isBetween(candidate)) {
      candidate = parents[candidate];
    }
    if (candidate >= 0 && children(candidate).contains(node)) {
      return candidate;
    }
    return direct >= 0 && children(direct).contains(node) ? direct : -1;
  }

  /** Whether a node can stand between a call and the statements that are its children. */
  private boolean isBetween(int node) {
    return tree.is(node, Form.CALL, "__block__")
        || tree.form(node) == Form.PAIR
        || tree.form(node) == Form.LIST;
  }

  /**
   * This node and its siblings, in the order of the source; itself alone where it has no parent.
   */
  List<Integer> of(int node) {
    int[] parents = file.parents();
    int direct = parents[node];
    if (direct >= 0 && tree.is(direct, Form.CALL, "__block__")) {
      return children(direct);
    }
    int parent = parent(node);
    return parent < 0 ? List.of(node) : children(parent);
  }
}
