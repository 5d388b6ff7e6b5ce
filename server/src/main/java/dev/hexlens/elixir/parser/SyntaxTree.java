package dev.hexlens.elixir.parser;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntUnaryOperator;

/**
 * One concrete syntax tree, flattened in pre-order: node 0 is the root, anonymous tokens and
 * comments are among the nodes. Offsets count UTF-8 bytes from the start of the source.
 *
 * <p>The buffers belong to the parser that made the tree: it is valid until that parser's next
 * parse.
 */
public final class SyntaxTree {
  /** Beside a kind; flatten.c has it too. */
  private static final int MISSING = 0x80;

  private byte[] kinds = new byte[1024];
  private int[] starts = new int[1024];
  private int[] ends = new int[1024];
  private int[] nexts = new int[1024];
  private int size;
  private boolean errors;

  SyntaxTree() {}

  /** How many nodes there are; at least 1. */
  public int size() {
    return size;
  }

  public NodeKind kind(int node) {
    return NodeKind.of(kinds[Objects.checkIndex(node, size)] & ~MISSING & 0xff);
  }

  /** Where the node begins, inclusive. */
  public int start(int node) {
    return starts[Objects.checkIndex(node, size)];
  }

  /** Where the node ends, exclusive. */
  public int end(int node) {
    return ends[Objects.checkIndex(node, size)];
  }

  /**
   * The first node after the subtree of {@code node}. The first child of n is n + 1 where {@code n
   * + 1 < next(n)}; the sibling after child c is next(c).
   */
  public int next(int node) {
    return nexts[Objects.checkIndex(node, size)];
  }

  /** Whether error recovery put the node in: it has no text. */
  public boolean missing(int node) {
    return (kinds[Objects.checkIndex(node, size)] & MISSING) != 0;
  }

  /** Whether any node is an {@link NodeKind#ERROR} or {@link #missing}. */
  public boolean hasErrors() {
    return errors;
  }

  void clear() {
    size = 0;
    errors = false;
  }

  /** Appends a node and returns its index; its {@link #next} is unknown until {@link #close}. */
  int open(NodeKind kind, boolean missing, int start, int end) {
    int node = size;
    if (node == starts.length) {
      grow();
    }
    kinds[node] = (byte) (kind.ordinal() | (missing ? MISSING : 0));
    starts[node] = start;
    ends[node] = end;
    errors |= missing || kind == NodeKind.ERROR;
    size = node + 1;
    return node;
  }

  /** Ends the subtree of {@code node} before the next node to be opened. */
  void close(int node) {
    nexts[node] = size;
  }

  /** Makes room for so many nodes in all. */
  void reserve(int nodes) {
    if (nodes > starts.length) {
      resize(Math.max(nodes, (int) Math.min(2L * starts.length, 1 << 24)));
    }
  }

  /**
   * Takes over a whole native tree. Returns what {@link TreeSitter#flatten} does; negative: it
   * failed, and this tree is empty.
   */
  long fill(long parsed) {
    long outcome = TreeSitter.flatten(parsed, kinds, starts, ends, nexts);
    if (outcome >= 0) {
      size = (int) (outcome >> 1);
      errors = (outcome & 1) != 0;
    }
    return outcome;
  }

  /** Becomes a copy of another tree. */
  void copy(SyntaxTree other) {
    reserve(other.size);
    System.arraycopy(other.kinds, 0, kinds, 0, other.size);
    System.arraycopy(other.starts, 0, starts, 0, other.size);
    System.arraycopy(other.ends, 0, ends, 0, other.size);
    System.arraycopy(other.nexts, 0, nexts, 0, other.size);
    size = other.size;
    errors = other.errors;
  }

  /**
   * Whether a subtree is one of another tree, elsewhere in its text.
   *
   * @param moved by how many bytes
   */
  boolean isSame(int node, SyntaxTree other, int its, int moved) {
    int count = nexts[node] - node;
    if (other.nexts[its] - its != count) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (kinds[node + i] != other.kinds[its + i]
          || starts[node + i] + moved != other.starts[its + i]
          || ends[node + i] + moved != other.ends[its + i]
          || nexts[node + i] - node != other.nexts[its + i] - its) {
        return false;
      }
    }
    return true;
  }

  /**
   * Puts nodes of another tree, siblings with all below them, in the place of siblings here.
   *
   * @param from the first that goes
   * @param to the sibling behind them, which stays; all that ends behind it is around them
   * @param shift by how many bytes the text moves from there on
   * @param partFrom the first that comes
   * @param partTo behind the last that comes
   * @param partMoved from offsets there to offsets here
   */
  void replace(
      int from, int to, int shift, SyntaxTree part, int partFrom, int partTo, int partMoved) {
    int count = partTo - partFrom;
    int more = count - (to - from);
    reserve(size + more);
    for (int node = 0; node < from; node++) {
      if (nexts[node] > to) {
        nexts[node] += more;
        ends[node] += shift;
      }
    }
    int behind = size - to;
    for (int node = to; node < size; node++) {
      starts[node] += shift;
      ends[node] += shift;
      nexts[node] += more;
    }
    System.arraycopy(kinds, to, kinds, to + more, behind);
    System.arraycopy(starts, to, starts, to + more, behind);
    System.arraycopy(ends, to, ends, to + more, behind);
    System.arraycopy(nexts, to, nexts, to + more, behind);
    for (int i = 0; i < count; i++) {
      kinds[from + i] = part.kinds[partFrom + i];
      starts[from + i] = part.starts[partFrom + i] + partMoved;
      ends[from + i] = part.ends[partFrom + i] + partMoved;
      nexts[from + i] = part.nexts[partFrom + i] - partFrom + from;
    }
    size += more;
  }

  /** Moves every offset. */
  void shift(IntUnaryOperator original) {
    for (int node = 0; node < size; node++) {
      starts[node] = original.applyAsInt(starts[node]);
      ends[node] = original.applyAsInt(ends[node]);
    }
  }

  private void grow() {
    resize(Math.multiplyExact(starts.length, 2));
  }

  private void resize(int capacity) {
    kinds = Arrays.copyOf(kinds, capacity);
    starts = Arrays.copyOf(starts, capacity);
    ends = Arrays.copyOf(ends, capacity);
    nexts = Arrays.copyOf(nexts, capacity);
  }
}
