package dev.hexlens.elixir.syntax;

import dev.hexlens.elixir.parser.NodeKind;
import dev.hexlens.elixir.parser.SyntaxTree;
import java.util.Arrays;

/**
 * The parser's tree as lowering looks at it: which children of a node are its operands, statements
 * or sections, and what stands in the source at a node.
 */
final class TreeView {
  private int[] kids = new int[64];
  private int kidCount;
  private SyntaxTree tree;
  private byte[] source = new byte[0];

  @SuppressWarnings("NullAway.Init") // the tree comes with each file
  TreeView() {}

  void start(SyntaxTree tree, byte[] source) {
    this.tree = tree;
    this.source = source;
  }

  /** How many nodes the parser could not read, or had to make up. */
  int errorCount() {
    int count = 0;
    for (int node = 0; node < tree.size(); node++) {
      count += tree.kind(node) == NodeKind.ERROR || tree.missing(node) ? 1 : 0;
    }
    return count;
  }

  byte[] source() {
    return source;
  }

  NodeKind kind(int node) {
    return tree.kind(node);
  }

  int start(int node) {
    return tree.start(node);
  }

  int end(int node) {
    return tree.end(node);
  }

  int next(int node) {
    return tree.next(node);
  }

  int size() {
    return tree.size();
  }

  /** How many {@link #operands} the node had. */
  int kidCount() {
    return kidCount;
  }

  /** One of the {@link #operands}. */
  int kid(int position) {
    return kids[position];
  }

  /** Whether {@code /} follows, which makes a name of any operator. */
  boolean isArityNext(int end) {
    int at = end;
    while (at < source.length && (source[at] == ' ' || source[at] == '\t')) {
      at++;
    }
    return at < source.length
        && source[at] == '/'
        && (at + 1 == source.length || source[at + 1] != '/');
  }

  /** Where the last pair ends: the parser counts a trailing comma in. */
  int keywordsEnd(int node) {
    int end = tree.start(node);
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      if (isExpression(child)) {
        end = tree.end(child);
      }
    }
    return end;
  }

  int previousToken(int node, int child) {
    int previous = -1;
    for (int at = node + 1; at < child; at = tree.next(at)) {
      if (tree.kind(at) == NodeKind.TOKEN) {
        previous = at;
      }
    }
    return previous;
  }

  /** A lone {@code unquote_splicing} splices into a block, so Elixir keeps the block around it. */
  boolean isUnquoteSplicing(int node) {
    return tree.kind(node) == NodeKind.CALL && isText(node + 1, "unquote_splicing");
  }

  /** Where a section's last statement ends, or its keyword when it has none. */
  int sectionEnd(int node) {
    int end = tree.end(node + 1);
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      end = isStatement(child) ? tree.end(child) : end;
    }
    return end;
  }

  int firstStatementStart(int node) {
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      if (isStatement(child)) {
        return tree.start(child);
      }
    }
    return tree.start(node);
  }

  boolean hasClauses(int node) {
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      if (tree.kind(child) == NodeKind.STAB_CLAUSE) {
        return true;
      }
    }
    return false;
  }

  boolean isUnquoteSplicingBlock(int node) {
    return tree.kind(node) == NodeKind.BLOCK
        && operandCount(node) == 1
        && isUnquoteSplicing(operand(node, 0));
  }

  boolean startsWithParenthesis(int node) {
    int start = tree.start(node);
    return start < source.length && source[start] == '(';
  }

  boolean isExpression(int node) {
    NodeKind kind = tree.kind(node);
    return kind != NodeKind.TOKEN && kind != NodeKind.COMMENT && !tree.missing(node);
  }

  boolean isStatement(int node) {
    return isExpression(node) && !isSection(tree.kind(node));
  }

  static boolean isSection(NodeKind kind) {
    return switch (kind) {
      case AFTER_BLOCK, RESCUE_BLOCK, CATCH_BLOCK, ELSE_BLOCK -> true;
      default -> false;
    };
  }

  boolean hasStatement(int node) {
    return operandCount(node) > 0;
  }

  /**
   * Gathers the children that are expressions, leaving out what error recovery put between them.
   */
  void operands(int node) {
    kidCount = 0;
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      if (isExpression(child) && tree.kind(child) != NodeKind.ERROR) {
        if (kidCount == kids.length) {
          kids = Arrays.copyOf(kids, kidCount * 2);
        }
        kids[kidCount++] = child;
      }
    }
  }

  int operandCount(int node) {
    int count = 0;
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      count += isExpression(child) ? 1 : 0;
    }
    return count;
  }

  /** The expression at this position among the node's children; -1 where there are not so many. */
  int operand(int node, int position) {
    int seen = 0;
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      if (isExpression(child) && tree.kind(child) != NodeKind.ERROR && seen++ == position) {
        return child;
      }
    }
    return -1;
  }

  int lastOperand(int node) {
    int last = -1;
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      last = isExpression(child) ? child : last;
    }
    return last;
  }

  /** The operator of a unary or binary operator node; its first token. */
  int operatorOf(int node) {
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      if (tree.kind(child) == NodeKind.TOKEN) {
        return child;
      }
    }
    return -1;
  }

  boolean isBinary(int node, String operator) {
    if (tree.kind(node) != NodeKind.BINARY_OPERATOR) {
      return false;
    }
    int token = operatorOf(node);
    return token >= 0 && isText(token, operator);
  }

  /** An operator's name; {@code not} and {@code in} may stand apart. */
  String operator(int token) {
    String text = QuotedTree.slice(source, tree.start(token), tree.end(token));
    return text.startsWith("not") && text.endsWith("in") ? "not in" : text;
  }

  boolean isText(int node, String text) {
    int start = tree.start(node);
    if (tree.end(node) - start != text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (source[start + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
