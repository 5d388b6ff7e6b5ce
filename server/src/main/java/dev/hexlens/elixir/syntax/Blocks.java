package dev.hexlens.elixir.syntax;

import dev.hexlens.elixir.parser.NodeKind;

/** Lowers blocks, the sections of do blocks, and clauses. */
final class Blocks {
  private final TreeView tree;
  private final Steps steps;
  private final NamePool names;

  Blocks(TreeView tree, Steps steps, NamePool names) {
    this.tree = tree;
    this.steps = steps;
    this.names = names;
  }

  void parenthesised(int node, int start, int end) {
    if (tree.hasClauses(node)) {
      steps.open(Form.LIST, -1, start, end);
      clauses(node);
      steps.close();
      return;
    }
    tree.operands(node);
    if (tree.kidCount() == 1 && !tree.isUnquoteSplicing(tree.kid(0))) {
      if (tree.startsWithParenthesis(node)) {
        steps.expression(tree.kid(0), start, end);
      } else {
        steps.expression(tree.kid(0)); // parentheses put in for the parser
      }
    } else if (tree.kidCount() == 0) {
      steps.leaf(Form.CALL, names.intern("__block__"), start, end);
    } else {
      block(node + 1, tree.next(node), start);
    }
  }

  /**
   * The statements among these siblings: none is an empty block, one is itself, several are a
   * block.
   */
  void block(int first, int limit, int emptyAt) {
    int count = 0;
    int firstStatement = -1;
    int lastStatement = -1;
    for (int node = first; node < limit; node = tree.next(node)) {
      if (tree.isStatement(node)) {
        firstStatement = count == 0 ? node : firstStatement;
        lastStatement = node;
        count++;
      }
    }
    if (count == 0) {
      steps.leaf(Form.CALL, names.intern("__block__"), emptyAt, emptyAt);
    } else if (count == 1 && !tree.isUnquoteSplicing(firstStatement)) {
      steps.expression(firstStatement);
    } else {
      steps.openCall("__block__", tree.start(firstStatement), tree.end(lastStatement));
      for (int node = firstStatement; node <= lastStatement; node = tree.next(node)) {
        if (tree.isStatement(node)) {
          steps.expression(node);
        }
      }
      steps.close();
    }
  }

  void doBlock(int node) {
    int end = tree.sectionEnd(node);
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      if (TreeView.isSection(tree.kind(child))) {
        end = tree.sectionEnd(child);
      }
    }
    steps.open(Form.LIST, -1, tree.start(node), end);
    section(node);
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      if (TreeView.isSection(tree.kind(child))) {
        section(child);
      }
    }
    steps.close();
  }

  /**
   * One of {@code do}, {@code else}, {@code rescue}, {@code catch}, {@code after}, with what it
   * holds.
   */
  void section(int node) {
    int keyword = node + 1;
    int end = tree.sectionEnd(node);
    steps.open(Form.PAIR, -1, tree.start(keyword), end);
    steps.leaf(
        Form.ATOM,
        names.intern(tree.source(), tree.start(keyword), tree.end(keyword)),
        tree.start(keyword),
        tree.end(keyword));
    if (tree.hasClauses(node)) {
      steps.open(Form.LIST, -1, tree.firstStatementStart(node), end);
      clauses(node);
      steps.close();
    } else {
      block(node + 1, tree.next(node), tree.end(keyword));
    }
    steps.close();
  }

  void clauses(int node) {
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      if (tree.isStatement(child)) {
        steps.expression(child);
      }
    }
  }

  void clause(int node, int start, int end) {
    int left = -1;
    int arrow = -1;
    int body = -1;
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      switch (tree.kind(child)) {
        case TOKEN -> arrow = child;
        case BODY -> body = child;
        case COMMENT -> {}
        default -> left = left < 0 ? child : left;
      }
    }
    steps.openCall("->", start, end);
    clauseHead(left, start);
    if (body < 0 || !tree.hasStatement(body)) {
      int at = arrow < 0 ? end : tree.end(arrow);
      steps.leaf(Form.ATOM, names.intern("nil"), at, at);
    } else {
      block(body + 1, tree.next(body), tree.start(body));
    }
    steps.close();
  }

  void clauseHead(int left, int start) {
    if (left < 0) {
      steps.open(Form.LIST, -1, start, start);
      steps.close();
      return;
    }
    int from = tree.start(left);
    int to = tree.end(left);
    steps.open(Form.LIST, -1, from, to);
    if (tree.kind(left) != NodeKind.ARGUMENTS) {
      steps.expression(left);
    } else {
      int last = tree.lastOperand(left);
      if (last >= 0 && tree.isBinary(last, "when") && tree.operandCount(left) > 1) {
        // `x, y when z ->` guards all arguments, whichever of them the parser gave the guard to
        steps.openCall("when", from, to);
        for (int child = left + 1; child < last; child = tree.next(child)) {
          if (tree.isExpression(child)) {
            steps.expression(child);
          }
        }
        steps.expression(tree.operand(last, 0));
        steps.expression(tree.operand(last, 1));
        steps.close();
      } else if (tree.operandCount(left) == 1 && tree.isUnquoteSplicingBlock(last)) {
        steps.expression(tree.operand(last, 0));
      } else {
        steps.items(left, false);
      }
    }
    steps.close();
  }
}
