package dev.hexlens.elixir.syntax;

import java.util.HexFormat;

/**
 * Prints a tree as the canonical JSON by which two parsers of Elixir are compared: no ranges, no
 * white space, one spelling for every value.
 *
 * <pre>
 * {"a":"ok"} atom    {"i":"42"} integer    {"f":"HEX"} float    {"s":"text"} binary    {"b":"hex"} binary that is not UTF-8
 * [x,y] list    {"t":[x,y]} two-tuple    {"v":"name"} variable    {"c":[form,[args]]} any other node    {"error":[pieces]} unreadable
 * </pre>
 */
public final class CanonicalJson {
  private CanonicalJson() {}

  /**
   * Only of a tree as lowered: one that was read back from its stored form has digests in place of
   * long texts.
   */
  public static String of(QuotedTree tree) {
    StringBuilder out = new StringBuilder(tree.size() * 12);
    int[] open = new int[64];
    int depth = 0;
    for (int node = 0; node < tree.size(); node++) {
      if (depth > 0) {
        separate(tree, open[depth - 1], node, out);
      }
      begin(tree, node, out);
      if (tree.form(node).hasChildren()) {
        if (depth == open.length) {
          open = java.util.Arrays.copyOf(open, depth * 2);
        }
        open[depth++] = node;
      }
      while (depth > 0 && tree.next(open[depth - 1]) == node + 1) {
        end(tree, open[--depth], out);
      }
    }
    return out.toString();
  }

  private static void separate(QuotedTree tree, int parent, int node, StringBuilder out) {
    boolean first = node == parent + 1;
    if (tree.form(parent) == Form.APPLY) {
      if (!first) {
        out.append(tree.next(parent + 1) == node ? ",[" : ",");
      }
    } else if (!first) {
      out.append(',');
    }
  }

  private static void begin(QuotedTree tree, int node, StringBuilder out) {
    switch (tree.form(node)) {
      case ATOM -> value(out, "a", tree.text(node));
      case INTEGER -> value(out, "i", tree.text(node));
      case FLOAT -> value(out, "f", tree.text(node));
      case STRING -> value(out, "s", tree.text(node));
      case BYTES -> value(out, "b", HexFormat.of().formatHex(tree.names().bytes(tree.value(node))));
      case DIGEST, TEMPLATE ->
          value(out, "digest", HexFormat.of().formatHex(tree.names().bytes(tree.value(node))));
      case VARIABLE -> value(out, "v", tree.text(node));
      case LIST -> out.append('[');
      case TUPLE, PAIR -> out.append("{\"t\":[");
      case CALL -> {
        out.append("{\"c\":[");
        value(out, "a", tree.text(node));
        out.append(",[");
      }
      case APPLY -> out.append("{\"c\":[");
      case ERROR -> out.append("{\"error\":[");
    }
  }

  private static void end(QuotedTree tree, int node, StringBuilder out) {
    switch (tree.form(node)) {
      case LIST -> out.append(']');
      case TUPLE, PAIR, ERROR -> out.append("]}");
      case CALL -> out.append("]]}");
      case APPLY -> out.append(tree.next(node + 1) == tree.next(node) ? ",[]]}" : "]]}");
      default -> {}
    }
  }

  private static void value(StringBuilder out, String key, String text) {
    out.append("{\"").append(key).append("\":");
    string(out, text);
    out.append('}');
  }

  /** A text as a JSON string, escaped no further than JSON needs. */
  public static String string(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2);
    string(out, text);
    return out.toString();
  }

  private static void string(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20) {
        out.append("\\u00")
            .append(Character.forDigit(c >> 4, 16))
            .append(Character.forDigit(c & 15, 16));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
