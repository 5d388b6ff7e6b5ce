package dev.hexlens.elixir.syntax;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Elixir's own syntax tree of one file, laid out flat in pre-order: node 0 is the root, a node's
 * first child is the next node, and {@link #next} skips a subtree. Walking it is a loop over
 * arrays, so neither depth nor size of a source can exhaust a stack, and nothing is allocated per
 * node.
 *
 * <p>Ranges are UTF-8 byte offsets into the source, end exclusive, as written: parentheses around
 * an expression belong to it. A node that stands nowhere in the source (the module {@code Access}
 * of {@code a[b]}) has the empty range at its parent's start.
 *
 * <p>A tree made by {@link Lowering} shares that object's buffers until its next file; {@link
 * #frozen} copies it.
 */
public final class QuotedTree {
  final byte[] forms;
  final int[] values;
  final int[] nexts;
  final int size;
  final NamePool names;
  private final boolean damaged;
  private final Supplier<Ranges> stored;
  private @Nullable Ranges ranges;

  /**
   * Where the nodes and the comments stand.
   *
   * @param comments begin and end of each in turn
   */
  record Ranges(int[] starts, int[] ends, int[] comments) {}

  /**
   * @param ranges asked once, when the first of them is: most stored trees turn out not to match
   */
  QuotedTree(
      byte[] forms,
      int[] values,
      int[] nexts,
      int size,
      NamePool names,
      boolean damaged,
      Supplier<Ranges> ranges) {
    this.forms = forms;
    this.values = values;
    this.nexts = nexts;
    this.size = size;
    this.names = names;
    this.damaged = damaged;
    this.stored = ranges;
  }

  Ranges ranges() {
    Ranges read = ranges;
    if (read == null) {
      read = stored.get();
      ranges = read;
    }
    return read;
  }

  /** The number of nodes; at least one. */
  public int size() {
    return size;
  }

  public Form form(int node) {
    return Form.of(forms[node]);
  }

  /** The index of the node's name or literal in {@link #names}, or -1 for a form without one. */
  public int value(int node) {
    return values[node];
  }

  /** The node's name or literal as text; empty for a form without one. */
  public String text(int node) {
    return values[node] < 0 ? "" : names.text(values[node]);
  }

  /** The first byte of the node in the source. */
  public int start(int node) {
    return ranges().starts[node];
  }

  /** The byte after the node's last one in the source. */
  public int end(int node) {
    return ranges().ends[node];
  }

  /** The first node after this one's subtree. */
  public int next(int node) {
    return nexts[node];
  }

  public boolean hasChildren(int node) {
    return nexts[node] > node + 1;
  }

  /** How many children the node has, counted by skipping from one to the next. */
  public int childCount(int node) {
    int count = 0;
    for (int child = node + 1; child < nexts[node]; child = nexts[child]) {
      count++;
    }
    return count;
  }

  /** The child at the zero-based position, or -1 where there is none. */
  public int child(int node, int position) {
    int child = node + 1;
    for (int i = 0; i < position && child < nexts[node]; i++) {
      child = nexts[child];
    }
    return child < nexts[node] ? child : -1;
  }

  /** The last child, or -1 where there is none. */
  public int lastChild(int node) {
    int last = -1;
    for (int child = node + 1; child < nexts[node]; child = nexts[child]) {
      last = child;
    }
    return last;
  }

  /** Whether the node is of this form and has this value. */
  public boolean is(int node, Form form, String value) {
    return node >= 0 && forms[node] == form.ordinal() && text(node).equals(value);
  }

  public boolean is(int node, Form form) {
    return node >= 0 && forms[node] == form.ordinal();
  }

  /**
   * Whether two subtrees are the same expression, wherever they stand; long as the smaller one at
   * most.
   */
  public boolean equal(int left, int right) {
    int length = nexts[left] - left;
    if (length != nexts[right] - right) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      int a = left + i;
      int b = right + i;
      if (values[a] != values[b] || nexts[a] - a != nexts[b] - b || !sameForm(forms[a], forms[b])) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameForm(byte left, byte right) {
    return left == right || (isPair(left) && isPair(right));
  }

  private static boolean isPair(byte form) {
    return form == Form.TUPLE.ordinal() || form == Form.PAIR.ordinal();
  }

  /** The names and literals that {@link #value} points into. */
  public NamePool names() {
    return names;
  }

  /** How many comments the source has. */
  public int commentCount() {
    return ranges().comments.length / 2;
  }

  /** The first byte of a comment, its {@code #}. */
  public int commentStart(int comment) {
    return ranges().comments[2 * comment];
  }

  public int commentEnd(int comment) {
    return ranges().comments[2 * comment + 1];
  }

  /** Whether a part of the source did not parse; the rest of the tree is sound. */
  public boolean damaged() {
    return damaged;
  }

  /** The text of a range of the source. */
  public static String slice(byte[] source, int start, int end) {
    return new String(source, start, end - start, StandardCharsets.UTF_8);
  }

  /** The parent of every node, -1 for the root: for questions that look upwards. */
  public int[] parents() {
    int[] parents = new int[size];
    parents[0] = -1;
    for (int node = 0; node < size; node++) {
      for (int child = node + 1; child < nexts[node]; child = nexts[child]) {
        parents[child] = node;
      }
    }
    return parents;
  }

  /**
   * Moves every range, of a tree that was made of a text woven of another source.
   *
   * @param start gives a range's start in the source
   * @param end gives a range's end
   */
  public void move(IntUnaryOperator start, IntUnaryOperator end) {
    int[] starts = ranges().starts;
    int[] ends = ranges().ends;
    int[] comments = ranges().comments;
    for (int node = 0; node < size; node++) {
      starts[node] = start.applyAsInt(starts[node]);
      ends[node] = Math.max(starts[node], end.applyAsInt(ends[node]));
    }
    for (int at = 0; at < comments.length; at += 2) {
      comments[at] = start.applyAsInt(comments[at]);
      comments[at + 1] = Math.max(comments[at], end.applyAsInt(comments[at + 1]));
    }
  }

  /** A copy that is independent of whoever made this tree. */
  public QuotedTree frozen() {
    Ranges copy =
        new Ranges(
            Arrays.copyOf(ranges().starts, size),
            Arrays.copyOf(ranges().ends, size),
            ranges().comments.clone());
    return new QuotedTree(
        Arrays.copyOf(forms, size),
        Arrays.copyOf(values, size),
        Arrays.copyOf(nexts, size),
        size,
        names.frozen(),
        damaged,
        () -> copy);
  }
}
