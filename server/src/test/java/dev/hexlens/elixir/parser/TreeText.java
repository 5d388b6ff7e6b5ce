package dev.hexlens.elixir.parser;

import java.nio.charset.StandardCharsets;

/**
 * Writes a tree as tree-sitter's own tests do: {@code (source (call (identifier foo) "(" ")"))}.
 */
final class TreeText {
  private TreeText() {}

  static String of(SyntaxTree tree, byte[] source) {
    var out = new StringBuilder();
    write(tree, 0, source, out);
    return out.toString();
  }

  private static void write(SyntaxTree tree, int node, byte[] source, StringBuilder out) {
    NodeKind kind = tree.kind(node);
    boolean leaf = tree.next(node) == node + 1;
    String text =
        new String(
            source, tree.start(node), tree.end(node) - tree.start(node), StandardCharsets.UTF_8);
    if (tree.missing(node)) {
      out.append("MISSING ");
    }
    if (kind == NodeKind.TOKEN) {
      out.append('"').append(text).append('"');
      return;
    }
    out.append('(').append(kind == NodeKind.ERROR ? "ERROR" : kind.grammarName());
    if (leaf) {
      out.append(text.isEmpty() ? "" : " " + text);
    }
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      out.append(' ');
      write(tree, child, source, out);
    }
    out.append(')');
  }
}
