package dev.hexlens.elixir.syntax;

import dev.hexlens.elixir.parser.NodeKind;
import dev.hexlens.elixir.parser.SyntaxTree;
import java.util.Arrays;

/**
 * Turns the parser's concrete tree into Elixir's own syntax tree, as {@code elixir_parser.yrl}
 * builds it. It never fails: what the parser could not read becomes {@link Form#ERROR} around the
 * healthy pieces in it. It does not recurse, so that no nesting exhausts the stack, and takes time
 * linear in the source.
 *
 * <p>One object serves one thread, one file after another; the tree it returns is valid until the
 * next.
 */
public final class Lowering {
  private final QuotedBuilder builder = new QuotedBuilder();
  private final NamePool names = builder.names;
  private final Tasks tasks = new Tasks();
  private final Literals literals = new Literals(tasks, names);
  private final TreeView tree = new TreeView();
  private final Steps steps = new Steps(tasks, names, tree);
  private final MapForms maps = new MapForms(tree, steps);
  private final Operators operators = new Operators(tree, steps, names);
  private final Blocks blocks = new Blocks(tree, steps, names);
  private final Calls calls = new Calls(tree, steps, names, literals, blocks);

  /**
   * Lowers a whole file.
   *
   * @param tree the parser's tree of exactly this source
   */
  public QuotedTree lower(SyntaxTree tree, byte[] source) {
    this.tree.start(tree, source);
    builder.clear();
    literals.start(tree, source);
    tasks.mark();
    if (tree.kind(0) == NodeKind.SOURCE) {
      blocks.block(1, tree.next(0), 0);
    } else {
      steps.expression(0);
    }
    tasks.commit();
    run();
    return builder.tree(comments(), tree.hasErrors() && maps.excused() < this.tree.errorCount());
  }

  private int[] comments() {
    int[] comments = new int[16];
    int count = 0;
    for (int node = 0; node < tree.size(); node++) {
      if (tree.kind(node) == NodeKind.COMMENT) {
        if (count == comments.length) {
          comments = Arrays.copyOf(comments, count * 2);
        }
        comments[count++] = tree.start(node);
        comments[count++] = tree.end(node);
      }
    }
    return Arrays.copyOf(comments, count);
  }

  private void run() {
    while (!tasks.isEmpty()) {
      tasks.pop();
      int a = tasks.a();
      int b = tasks.b();
      int c = tasks.c();
      int d = tasks.d();
      switch (tasks.code()) {
        case Tasks.EXPRESSION -> {
          tasks.mark();
          lower(a, b, c);
          tasks.commit();
        }
        case Tasks.ASSOCIATED -> {
          tasks.mark();
          maps.associated(a);
          tasks.commit();
        }
        case Tasks.AFFIRMED -> {
          tasks.mark();
          operators.affirmed(a);
          tasks.commit();
        }
        case Tasks.OPEN -> builder.open(Form.of(a), b, c, d);
        case Tasks.LEAF -> builder.leaf(Form.of(a), b, c, d);
        default -> builder.close();
      }
    }
  }

  private void lower(int node, int start, int end) {
    switch (tree.kind(node)) {
      case IDENTIFIER -> identifier(node, start, end);
      case ALIAS -> {
        steps.openCall("__aliases__", start, end);
        calls.aliasSegments(node);
        steps.close();
      }
      case INTEGER -> literals.integer(node, start, end);
      case FLOAT -> literals.floating(node, start, end);
      case CHAR -> literals.character(node, start, end);
      case BOOLEAN, NIL ->
          steps.leaf(
              Form.ATOM, names.intern(tree.source(), tree.start(node), tree.end(node)), start, end);
      case ATOM -> literals.atom(node, start, end);
      case QUOTED_ATOM, QUOTED_KEYWORD -> literals.quotedAtom(node, start, end);
      case KEYWORD -> literals.keyword(node);
      case STRING -> literals.string(node, start, end);
      case CHARLIST -> literals.charlist(node, start, end);
      case SIGIL -> literals.sigil(node, start, end);
      case LIST -> list(node, start, end);
      case TUPLE -> tuple(node, start, end);
      case BITSTRING -> {
        steps.openCall("<<>>", start, end);
        steps.items(node, false);
        steps.close();
      }
      case MAP -> maps.map(node, start, end);
      case STRUCT -> steps.expression(tree.operand(node, 0), start, end);
      case KEYWORDS -> keywords(node);
      case PAIR -> pair(node);
      case UNARY_OPERATOR -> operators.unary(node, start, end);
      case BINARY_OPERATOR -> operators.binary(node, start, end);
      case OPERATOR_IDENTIFIER -> operators.operatorIdentifier(node, start, end);
      case DOT -> calls.dot(node, start, end);
      case CALL -> calls.call(node, start, end);
      case ACCESS_CALL -> calls.access(node, start, end);
      case ANONYMOUS_FUNCTION -> {
        steps.openCall("fn", start, end);
        blocks.clauses(node);
        steps.close();
      }
      case STAB_CLAUSE -> blocks.clause(node, start, end);
      case BLOCK -> blocks.parenthesised(node, start, end);
      case BODY -> blocks.block(node + 1, tree.next(node), start);
      case INTERPOLATION -> literals.interpolated(node);
      default -> steps.damaged(node, start, end);
    }
  }

  private void identifier(int node, int start, int end) {
    int name = literals.name(tree.start(node), tree.end(node));
    if (tree.isText(node, "...")) {
      steps.leaf(Form.CALL, name, start, end);
    } else {
      steps.leaf(Form.VARIABLE, name, start, end);
    }
  }

  private void list(int node, int start, int end) {
    if (tree.startsWithParenthesis(node)) {
      blocks.parenthesised(node, start, end); // spelt with brackets for the parser
      return;
    }
    steps.open(Form.LIST, -1, start, end);
    steps.items(node, true);
    steps.close();
  }

  private void tuple(int node, int start, int end) {
    if (tree.operandCount(node) == 2) {
      steps.open(Form.TUPLE, -1, start, end);
    } else {
      steps.openCall("{}", start, end);
    }
    steps.items(node, false);
    steps.close();
  }

  private void keywords(int node) {
    steps.open(Form.LIST, -1, tree.start(node), tree.keywordsEnd(node));
    steps.pairs(node);
    steps.close();
  }

  private void pair(int node) {
    tree.operands(node);
    if (tree.kidCount() < 2) {
      steps.damaged(node, tree.start(node), tree.end(node));
      return;
    }
    steps.open(Form.PAIR, -1, tree.start(node), tree.end(node));
    int value = tree.kid(1);
    steps.expression(tree.kid(0));
    steps.expression(value);
    steps.close();
  }
}
