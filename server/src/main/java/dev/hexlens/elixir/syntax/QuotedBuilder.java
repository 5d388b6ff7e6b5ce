package dev.hexlens.elixir.syntax;

import java.util.Arrays;

/** Appends the nodes of one tree in pre-order; its buffers serve one file after another. */
final class QuotedBuilder {
  private byte[] forms = new byte[1024];
  private int[] values = new int[1024];
  private int[] starts = new int[1024];
  private int[] ends = new int[1024];
  private int[] nexts = new int[1024];
  private int size;
  private int[] open = new int[64];
  private int depth;
  final NamePool names;

  QuotedBuilder() {
    this(new NamePool());
  }

  /** A builder of a tree that shares another's names. */
  QuotedBuilder(NamePool names) {
    this.names = names;
  }

  void clear() {
    size = 0;
    depth = 0;
    names.clear();
  }

  int size() {
    return size;
  }

  /** Appends a node without children. */
  void leaf(Form form, int value, int start, int end) {
    if (size == forms.length) {
      grow();
    }
    int node = size++;
    forms[node] = (byte) form.ordinal();
    values[node] = value;
    starts[node] = start;
    ends[node] = end;
    nexts[node] = size;
  }

  /** Appends a node whose children follow, until {@link #close}. */
  void open(Form form, int value, int start, int end) {
    if (depth == open.length) {
      open = Arrays.copyOf(open, depth * 2);
    }
    open[depth++] = size;
    leaf(form, value, start, end);
  }

  /** Closes the node opened last. */
  void close() {
    nexts[open[--depth]] = size;
  }

  /** Says where the first node after a node's subtree is. */
  void next(int node, int next) {
    nexts[node] = next;
  }

  private void grow() {
    int capacity = forms.length * 2;
    forms = Arrays.copyOf(forms, capacity);
    values = Arrays.copyOf(values, capacity);
    starts = Arrays.copyOf(starts, capacity);
    ends = Arrays.copyOf(ends, capacity);
    nexts = Arrays.copyOf(nexts, capacity);
  }

  QuotedTree tree(int[] comments, boolean damaged) {
    QuotedTree.Ranges ranges = new QuotedTree.Ranges(starts, ends, comments);
    return new QuotedTree(forms, values, nexts, size, names, damaged, () -> ranges);
  }
}
