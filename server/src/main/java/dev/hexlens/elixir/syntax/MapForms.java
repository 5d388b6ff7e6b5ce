package dev.hexlens.elixir.syntax;

import dev.hexlens.elixir.parser.NodeKind;

/** Lowers maps, structs and map updates. */
final class MapForms {
  private final TreeView tree;
  private final Steps steps;

  MapForms(TreeView tree, Steps steps) {
    this.tree = tree;
    this.steps = steps;
  }

  void map(int node, int start, int end) {
    int struct = -1;
    int content = -1;
    int brace = start;
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      switch (tree.kind(child)) {
        case STRUCT -> struct = child;
        case MAP_CONTENT -> content = child;
        case TOKEN -> {
          if (tree.end(child) > tree.start(child) && tree.source()[tree.start(child)] == '{') {
            brace = tree.start(child);
          }
        }
        default -> {}
      }
    }
    if (struct >= 0) {
      steps.openCall("%", start, end);
      steps.expression(tree.operand(struct, 0), tree.start(struct), tree.end(struct));
      steps.openCall("%{}", brace, end);
    } else {
      steps.openCall("%{}", start, end);
    }
    if (content >= 0) {
      mapContent(content);
    }
    steps.close();
    if (struct >= 0) {
      steps.close();
    }
  }

  void mapContent(int content) {
    tree.operands(content);
    int first = tree.kidCount() > 0 ? tree.kid(0) : -1;
    boolean update = first >= 0 && tree.isBinary(first, "|") && association(first) < 0;
    if (!update) {
      for (int child = content + 1; child < tree.next(content); child = tree.next(child)) {
        mapItem(child);
      }
      return;
    }
    int updated = tree.operand(first, 0);
    int change = tree.operand(first, 1);
    if (updated < 0 || change < 0) {
      steps.damaged(content, tree.start(content), tree.end(content));
      return;
    }
    steps.openCall("|", tree.start(first), tree.keywordsEnd(content));
    steps.expression(updated);
    steps.open(Form.LIST, -1, tree.start(change), tree.keywordsEnd(content));
    mapItem(change);
    for (int child = tree.next(first); child < tree.next(content); child = tree.next(child)) {
      mapItem(child);
    }
    steps.close();
    steps.close();
  }

  void mapItem(int node) {
    if (tree.kind(node) == NodeKind.KEYWORDS) {
      steps.pairs(node);
    } else if (tree.isExpression(node)) {
      int arrow = association(node);
      if (arrow < 0) {
        steps.expression(node);
        return;
      }
      int key = tree.operand(arrow, 0);
      steps.open(Form.PAIR, -1, tree.start(node), tree.end(node));
      steps.expression(key);
      steps.associated(node);
      steps.close();
    }
  }

  /**
   * How many of the parser's errors are none: the comma in {@code %{m | a: 1,}}, which the grammar
   * does not know and Elixir allows.
   */
  int excused() {
    int count = 0;
    for (int node = 0; node < tree.size(); node++) {
      if (tree.kind(node) == NodeKind.MAP) {
        count += endsWithComma(node) ? 1 : 0;
      }
    }
    return count;
  }

  private boolean endsWithComma(int map) {
    int content = -1;
    int comma = -1;
    for (int child = map + 1; child < tree.next(map); child = tree.next(child)) {
      switch (tree.kind(child)) {
        case MAP_CONTENT -> content = child;
        case ERROR -> {
          if (content < 0 || comma >= 0 || !tree.isText(child, ",")) {
            return false;
          }
          comma = child;
        }
        default -> {}
      }
    }
    return comma >= 0;
  }

  /**
   * The {@code =>} that makes this map item a pair, or -1. The parser lets {@code =>} bind tighter
   * than {@code |}, {@code ::} and {@code when}, as Elixir's table of precedences says; but
   * Elixir's grammar allows it in maps only, so there everything after it is the value: {@code %{k
   * => a | b}}.
   */
  int association(int node) {
    int at = node;
    while (tree.kind(at) == NodeKind.BINARY_OPERATOR) {
      int operator = tree.operatorOf(at);
      if (operator < 0) {
        return -1;
      }
      if (tree.isText(operator, "=>")) {
        return tree.operand(at, 1) < 0 ? -1 : at;
      }
      if (!isWeakerThanAssociation(operator)) {
        return -1;
      }
      at = at + 1;
    }
    return -1;
  }

  boolean isWeakerThanAssociation(int operator) {
    return tree.isText(operator, "|")
        || tree.isText(operator, "::")
        || tree.isText(operator, "when")
        || tree.isText(operator, "<-")
        || tree.isText(operator, "\\\\");
  }

  void associated(int node) {
    int operator = tree.operatorOf(node);
    if (tree.isText(operator, "=>")) {
      steps.expression(tree.operand(node, 1));
      return;
    }
    int valueStart = tree.start(tree.operand(association(node), 1));
    steps.openCall(tree.operator(operator), valueStart, tree.end(node));
    steps.associated(tree.operand(node, 0));
    steps.expression(tree.operand(node, 1));
    steps.close();
  }
}
