package dev.hexlens.elixir.facts;

import dev.hexlens.elixir.syntax.QuotedTree;

/**
 * Where names stand. The tree has the range of every expression, parentheses around it included,
 * but not of the name in a local call or operator: that is found in the text.
 */
final class NameRanges {
  private final QuotedTree tree;
  private final byte[] source;

  NameRanges(QuotedTree tree, byte[] source) {
    this.tree = tree;
    this.source = source;
  }

  /** Where the name of a variable or a local call begins. */
  int start(int node) {
    int at = tree.start(node);
    int end = Math.min(tree.end(node), source.length);
    while (at < end && !isNameByte(source[at])) {
      at = source[at] == '#' ? lineEnd(at, end) : at + 1;
    }
    return at == end ? tree.start(node) : at;
  }

  /** Where the name that begins here ends. */
  int end(int start) {
    int at = start;
    while (at < source.length && isNameByte(source[at])) {
      at++;
    }
    if (at > start && at < source.length && (source[at] == '?' || source[at] == '!')) {
      at++;
    }
    return at;
  }

  /** Where an operator's sign begins that stands before its only operand or between two. */
  int operatorStart(int call, byte[] sign) {
    int first = call + 1;
    boolean unary = tree.next(first) >= tree.next(call);
    int at = unary ? tree.start(call) : tree.end(first);
    int end = Math.min(unary ? tree.start(first) : tree.start(tree.next(first)), source.length);
    while (at + sign.length <= end) {
      if (source[at] == '#') {
        at = lineEnd(at, end);
      } else if (startsWith(at, sign)) {
        return at;
      } else {
        at++;
      }
    }
    return -1;
  }

  /**
   * Whether something stands between these places that makes a name a call: parentheses or
   * arguments.
   */
  boolean isLonger(int nameEnd, int end) {
    return nameEnd < end && nameEnd < source.length && source[nameEnd] != ')';
  }

  private boolean startsWith(int at, byte[] sign) {
    for (int i = 0; i < sign.length; i++) {
      if (source[at + i] != sign[i]) {
        return false;
      }
    }
    return true;
  }

  private int lineEnd(int at, int end) {
    int next = at;
    while (next < end && source[next] != '\n') {
      next++;
    }
    return next;
  }

  private static boolean isNameByte(byte b) {
    return b < 0
        || b == '_'
        || (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9');
  }
}
