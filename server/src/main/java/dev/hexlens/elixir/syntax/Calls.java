package dev.hexlens.elixir.syntax;

import dev.hexlens.elixir.parser.NodeKind;
import java.util.Arrays;

/** Lowers calls, dots and aliases. */
final class Calls {
  private final TreeView tree;
  private final Steps steps;
  private final NamePool names;
  private final Literals literals;
  private final Blocks blocks;

  Calls(TreeView tree, Steps steps, NamePool names, Literals literals, Blocks blocks) {
    this.tree = tree;
    this.steps = steps;
    this.names = names;
    this.literals = literals;
    this.blocks = blocks;
  }

  /**
   * The parts of {@code Foo.Bar}, each an atom with its own range; the parser has them as one
   * token.
   */
  void aliasSegments(int node) {
    int at = tree.start(node);
    int end = tree.end(node);
    while (at < end) {
      int from = at;
      while (at < end
          && (Character.isLetterOrDigit(tree.source()[at]) || tree.source()[at] == '_')) {
        at++;
      }
      if (at > from) {
        steps.leaf(Form.ATOM, names.intern(tree.source(), from, at), from, at);
      } else {
        at++;
      }
    }
  }

  void dot(int node, int start, int end) {
    tree.operands(node);
    if (tree.kidCount() != 2) {
      steps.damaged(node, start, end);
      return;
    }
    int left = tree.kid(0);
    int right = tree.kid(1);
    if (tree.kind(right) == NodeKind.TUPLE) {
      steps.open(Form.APPLY, -1, start, end);
      steps.openCall(".", start, tree.end(right));
      steps.expression(left);
      steps.leaf(Form.ATOM, names.intern("{}"), tree.start(right), tree.start(right));
      steps.close();
      steps.items(right, false);
      steps.close();
    } else if (tree.kind(right) == NodeKind.ALIAS) {
      steps.openCall("__aliases__", start, end);
      dottedAlias(left, right);
      steps.close();
    } else {
      remoteDot(node, start, end);
    }
  }

  /** {@code __MODULE__.A}: an alias in front gives its segments, anything else is the first one. */
  void dottedAlias(int left, int right) {
    int[] segments = new int[] {right};
    int at = left;
    while (tree.kind(at) == NodeKind.DOT && tree.kind(tree.operand(at, 1)) == NodeKind.ALIAS) {
      segments = Arrays.copyOf(segments, segments.length + 1);
      segments[segments.length - 1] = tree.operand(at, 1);
      at = tree.operand(at, 0);
    }
    if (tree.kind(at) == NodeKind.ALIAS) {
      aliasSegments(at);
    } else {
      steps.expression(at);
    }
    for (int i = segments.length - 1; i >= 0; i--) {
      aliasSegments(segments[i]);
    }
  }

  void call(int node, int start, int end) {
    int target = -1;
    int arguments = -1;
    int doBlock = -1;
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      switch (tree.kind(child)) {
        case ARGUMENTS -> arguments = child;
        case DO_BLOCK -> doBlock = child;
        case TOKEN, COMMENT -> {}
        default -> target = target < 0 ? child : target;
      }
    }
    if (target < 0) {
      steps.damaged(node, start, end);
      return;
    }
    openTarget(target, start, end);
    if (arguments >= 0) {
      steps.items(arguments, false);
    }
    if (doBlock >= 0) {
      blocks.doBlock(doBlock);
    }
    steps.close();
  }

  void openTarget(int target, int start, int end) {
    switch (tree.kind(target)) {
      case IDENTIFIER ->
          steps.open(Form.CALL, literals.name(tree.start(target), tree.end(target)), start, end);
      case DOT -> {
        steps.open(Form.APPLY, -1, start, end);
        remoteDot(target, tree.start(target), tree.end(target));
      }
      default -> {
        steps.open(Form.APPLY, -1, start, end);
        steps.expression(target);
      }
    }
  }

  /** {@code left.name} with the name as an atom, or {@code left.} of an anonymous call. */
  void remoteDot(int node, int start, int end) {
    tree.operands(node);
    if (tree.kidCount() == 0) {
      steps.damaged(node, start, end);
      return;
    }
    int left = tree.kid(0);
    int right = tree.kidCount() > 1 ? tree.kid(1) : -1;
    steps.openCall(".", start, end);
    steps.expression(left);
    if (right >= 0 && tree.end(right) > tree.start(right)) { // else a name put in for the parser
      int from = tree.start(right);
      int to = tree.end(right);
      switch (tree.kind(right)) {
        case IDENTIFIER -> steps.leaf(Form.ATOM, literals.name(from, to), from, to);
        case OPERATOR_IDENTIFIER ->
            steps.leaf(Form.ATOM, names.intern(tree.operator(right)), from, to);
        case STRING, CHARLIST -> literals.quotedAtom(right, from, to);
        default -> steps.expression(right);
      }
    }
    steps.close();
  }

  void access(int node, int start, int end) {
    tree.operands(node);
    if (tree.kidCount() < 2) {
      steps.damaged(node, start, end);
      return;
    }
    int target = tree.kid(0);
    int key = tree.kid(1);
    steps.open(Form.APPLY, -1, start, end);
    steps.openCall(".", start, start);
    steps.leaf(Form.ATOM, names.intern("Elixir.Access"), start, start);
    steps.leaf(Form.ATOM, names.intern("get"), start, start);
    steps.close();
    steps.expression(target);
    steps.expression(key);
    steps.close();
  }
}
