package dev.hexlens.elixir.syntax;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The stored form of a tree: one column after another (names, forms, child counts, values, starts,
 * ends, comments), as variable-length numbers, differences where neighbours are alike. Columns
 * compress far better than records: a general compressor sees like beside like. Texts of {@value
 * #LONG_TEXT} bytes and more are kept as digests; they stand in the source already.
 *
 * <p>A reader looks at the names first: a pattern whose names are not all there can't match, and
 * the columns stay unread.
 */
public final class CompactTree {
  /**
   * Changes whenever stored trees of an earlier version can't be read or would mean something else.
   */
  public static final int VERSION = 1;

  static final int LONG_TEXT = 48;
  private static final int DIGEST_BYTES = 16;

  /** By form: whether its nodes have values. */
  private static final boolean[] VALUED = new boolean[Form.values().length];

  static {
    for (Form form : Form.values()) {
      VALUED[form.ordinal()] = form.hasValue();
    }
  }

  private final ByteReader in;
  private final NamePool names;
  private final int size;
  private final boolean damaged;

  private CompactTree(ByteReader in, NamePool names, int size, boolean damaged) {
    this.in = in;
    this.names = names;
    this.size = size;
    this.damaged = damaged;
  }

  /**
   * Reads the header and the names.
   *
   * @throws IllegalArgumentException when these are not the bytes of a tree of this {@link
   *     #VERSION}
   */
  public static CompactTree read(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    int version = in.number();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "a stored tree of version " + version + "; this HexLens reads version " + VERSION);
    }
    boolean damaged = in.number() == 1;
    int size = in.number();
    int count = in.number();
    int[] offsets = new int[count + 1];
    for (int i = 0; i < count; i++) {
      offsets[i + 1] = offsets[i] + in.number();
    }
    NamePool names = new NamePool(in.bytes(offsets[count]), offsets, count);
    return new CompactTree(in, names, size, damaged);
  }

  public NamePool names() {
    return names;
  }

  /** Reads the rest, where the nodes stand only when that is asked; once only, for one thread. */
  public QuotedTree tree() {
    byte[] forms = in.bytes(size);
    int[] nexts = nexts(forms);
    int[] values = values(forms);
    return new QuotedTree(forms, values, nexts, size, names, damaged, () -> ranges(nexts));
  }

  private int[] values(byte[] forms) {
    int count = 0;
    for (byte form : forms) {
      count += VALUED[form] ? 1 : 0;
    }
    int[] stored = in.numbers(count);
    int[] values = new int[size];
    int at = 0;
    for (int node = 0; node < size; node++) {
      values[node] = VALUED[forms[node]] ? stored[at++] : -1;
    }
    return values;
  }

  private QuotedTree.Ranges ranges(int[] nexts) {
    int[] starts = in.signeds(size);
    for (int node = 1; node < size; node++) {
      starts[node] += starts[node - 1];
    }
    int[] differences = in.signeds(size); // from the last node to the first
    int[] ends = new int[size];
    for (int node = size - 1; node >= 0; node--) {
      int last = nexts[node] - 1;
      ends[node] = differences[size - 1 - node] + (last == node ? starts[node] : ends[last]);
    }
    int[] comments = in.numbers(2 * in.number());
    for (int i = 1; i < comments.length; i++) {
      comments[i] += comments[i - 1];
    }
    return new QuotedTree.Ranges(starts, ends, comments);
  }

  private int[] nexts(byte[] forms) {
    int[] nexts = new int[size];
    int[] open = new int[64];
    int[] missing = new int[64];
    int depth = 0;
    for (int node = 0; node < size; node++) {
      Form form = Form.of(forms[node]);
      int children = form.hasChildren() ? childCount(form) : 0;
      if (children > 0) {
        if (depth == open.length) {
          open = Arrays.copyOf(open, depth * 2);
          missing = Arrays.copyOf(missing, depth * 2);
        }
        open[depth] = node;
        missing[depth++] = children;
        continue;
      }
      nexts[node] = node + 1;
      while (depth > 0 && --missing[depth - 1] == 0) {
        nexts[open[--depth]] = node + 1;
      }
    }
    return nexts;
  }

  private int childCount(Form form) {
    return switch (form) {
      case TUPLE, PAIR -> 2;
      case TEMPLATE -> 1;
      case LIST, CALL, APPLY, ERROR -> in.number();
      case ATOM, INTEGER, FLOAT, STRING, BYTES, DIGEST, VARIABLE -> 0;
    };
  }

  /** The stored form of a tree. */
  public static byte[] write(QuotedTree tree) {
    return new Writer(tree).write();
  }

  /** Whether a text of so many bytes is kept as a digest. */
  public static boolean isLong(int bytes) {
    return bytes >= LONG_TEXT;
  }

  /** What stands for a long text in a stored tree. */
  public static byte[] digest(byte[] text) {
    try {
      return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(text), DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static final class Writer {
    private final QuotedTree tree;
    private final ByteWriter out;
    private final byte[] forms;
    private final int[] values;
    private final NamePool names = new NamePool();

    Writer(QuotedTree tree) {
      this.tree = tree;
      this.out = new ByteWriter(tree.size() * 5 + 1024);
      this.forms = Arrays.copyOf(tree.forms, tree.size());
      this.values = new int[tree.size()];
    }

    byte[] write() {
      rename();
      out.number(VERSION);
      out.number(tree.damaged() ? 1 : 0);
      out.number(tree.size());
      out.number(names.size());
      for (int name = 0; name < names.size(); name++) {
        out.number(names.length(name));
      }
      for (int name = 0; name < names.size(); name++) {
        out.bytes(names.bytes(name));
      }
      out.bytes(forms);
      columns();
      return out.toByteArray();
    }

    /** Numbers the names by first use and puts digests in place of long texts. */
    private void rename() {
      int[] renamed = new int[tree.names().size()];
      Arrays.fill(renamed, -1);
      Map<Integer, Integer> digests = new HashMap<>();
      for (int node = 0; node < tree.size(); node++) {
        int value = tree.value(node);
        if (value < 0) {
          values[node] = -1;
        } else if (tree.form(node) == Form.STRING && isLong(tree.names().length(value))) {
          forms[node] = (byte) Form.DIGEST.ordinal();
          values[node] =
              digests.computeIfAbsent(
                  value,
                  v -> {
                    byte[] digest = digest(tree.names().bytes(v));
                    return names.intern(digest, 0, digest.length);
                  });
        } else {
          if (renamed[value] < 0) {
            byte[] name = tree.names().bytes(value);
            renamed[value] = names.intern(name, 0, name.length);
          }
          values[node] = renamed[value];
        }
      }
    }

    private void columns() {
      int size = tree.size();
      for (int node = 0; node < size; node++) {
        switch (tree.form(node)) {
          case LIST, CALL, APPLY, ERROR -> out.number(tree.childCount(node));
          default -> {}
        }
      }
      for (int node = 0; node < size; node++) {
        if (values[node] >= 0) {
          out.number(values[node]);
        }
      }
      int previous = 0;
      for (int node = 0; node < size; node++) {
        out.signed(tree.start(node) - previous);
        previous = tree.start(node);
      }
      for (int node = size - 1; node >= 0; node--) {
        int last = tree.next(node) - 1;
        out.signed(tree.end(node) - (last == node ? tree.start(node) : tree.end(last)));
      }
      out.number(tree.commentCount());
      previous = 0;
      for (int i = 0; i < tree.commentCount(); i++) {
        out.number(tree.commentStart(i) - previous);
        out.number(tree.commentEnd(i) - tree.commentStart(i));
        previous = tree.commentEnd(i);
      }
    }
  }
}
