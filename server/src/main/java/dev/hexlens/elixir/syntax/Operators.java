package dev.hexlens.elixir.syntax;

import dev.hexlens.elixir.parser.NodeKind;

/** Lowers unary, binary and ternary operators. */
final class Operators {
  /** Of {@code in} after {@code in}; nobody writes two. */
  private static final int LONGEST_CHAIN = 8;

  private final TreeView tree;
  private final Steps steps;
  private final NamePool names;

  Operators(TreeView tree, Steps steps, NamePool names) {
    this.tree = tree;
    this.steps = steps;
    this.names = names;
  }

  void operatorIdentifier(int node, int start, int end) {
    boolean nullary = tree.isText(node, "..") && !tree.isArityNext(tree.end(node));
    int name = names.intern(tree.operator(node));
    steps.leaf(nullary ? Form.CALL : Form.VARIABLE, name, start, end);
  }

  void unary(int node, int start, int end) {
    int operator = tree.operatorOf(node);
    int operand = tree.operand(node, 0);
    if (operator < 0 || operand < 0) {
      steps.damaged(node, start, end);
      return;
    }
    steps.openCall(tree.operator(operator), start, end);
    int before = tree.previousToken(node, operand);
    boolean inParentheses = before > operator && tree.isText(before, "(");
    steps.expression(
        operand,
        inParentheses ? tree.start(before) : tree.start(operand),
        inParentheses ? end : tree.end(operand));
    steps.close();
  }

  void binary(int node, int start, int end) {
    int operator = tree.operatorOf(node);
    tree.operands(node);
    if (operator < 0 || tree.kidCount() != 2) {
      steps.damaged(node, start, end);
      return;
    }
    int left = tree.kid(0);
    int right = tree.kid(1);
    String name = tree.operator(operator);
    switch (name) {
      case "not in" -> {
        steps.openCall("not", start, end);
        simpleBinary("in", left, right, start, end);
        steps.close();
      }
      case "in" -> {
        String negation = negation(left);
        if (negation.isEmpty()) {
          simpleBinary(name, left, right, start, end);
        } else {
          steps.openCall(negation, start, end);
          steps.openCall("in", start, end);
          steps.affirmed(left);
          steps.expression(right);
          steps.close();
          steps.close();
        }
      }
      case "//" -> {
        if (tree.isBinary(left, "..")) {
          steps.openCall("..//", start, end);
          steps.expression(tree.operand(left, 0));
          steps.expression(tree.operand(left, 1));
          steps.expression(right);
          steps.close();
        } else {
          simpleBinary(name, left, right, start, end);
        }
      }
      case "=>" -> {
        steps.open(Form.PAIR, -1, start, end);
        steps.expression(left);
        steps.expression(right);
        steps.close();
      }
      default -> simpleBinary(name, left, right, start, end);
    }
  }

  void simpleBinary(String name, int left, int right, int start, int end) {
    steps.openCall(name, start, end);
    if (tree.kind(left) == NodeKind.ARGUMENTS) {
      steps.items(left, false);
    } else {
      steps.expression(left);
    }
    steps.expression(right);
    steps.close();
  }

  /**
   * {@code not a in b} and {@code !a in b} mean {@code not(a in b)}, and so does {@code in} after
   * {@code not in}; parentheses around the left side prevent it.
   */
  String negation(int left) {
    int at = left;
    for (int depth = 0; depth < LONGEST_CHAIN && at >= 0; depth++) {
      if (tree.kind(at) == NodeKind.UNARY_OPERATOR) {
        int operator = tree.operatorOf(at);
        return tree.isText(operator, "not") ? "not" : tree.isText(operator, "!") ? "!" : "";
      }
      if (tree.kind(at) != NodeKind.BINARY_OPERATOR || tree.operatorOf(at) < 0) {
        return "";
      }
      String operator = tree.operator(tree.operatorOf(at));
      if (operator.equals("not in")) {
        return "not";
      }
      if (!operator.equals("in")) {
        return "";
      }
      at = tree.operand(at, 0);
    }
    return "";
  }

  /** The left side of {@code in} without the negation that was taken in front of it. */
  void affirmed(int node) {
    if (tree.kind(node) == NodeKind.UNARY_OPERATOR) {
      steps.expression(tree.operand(node, 0));
      return;
    }
    steps.openCall("in", tree.start(node), tree.end(node));
    int left = tree.operand(node, 0);
    if (tree.operator(tree.operatorOf(node)).equals("in")) {
      steps.affirmed(left);
    } else {
      steps.expression(left);
    }
    steps.expression(tree.operand(node, 1));
    steps.close();
  }
}
