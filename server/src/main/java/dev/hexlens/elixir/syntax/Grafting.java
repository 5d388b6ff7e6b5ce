package dev.hexlens.elixir.syntax;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Puts the programs of templates into the tree of the source in which they stand: the text of each
 * becomes a {@link Form#TEMPLATE} with the program below it. So whoever walks the tree meets a
 * template's Elixir in the scope around it, at its place in the source.
 */
public final class Grafting {
  private final QuotedTree tree;
  private final QuotedBuilder grown;
  private final int[] moved;
  private int[] comments;
  private int done;

  /** Begins with a tree, whose names the grafted ones share. */
  public Grafting(QuotedTree tree) {
    this.tree = tree;
    this.grown = new QuotedBuilder(tree.names);
    this.moved = new int[tree.size + 1];
    this.comments = tree.ranges().comments();
  }

  /**
   * Adds one program; they come in the order of the source.
   *
   * @param text the string that is the template
   * @param program with ranges in the same source; it is not needed afterwards
   */
  public void add(int text, QuotedTree program) {
    copy(text);
    moved[text] = grown.size();
    grown.open(Form.TEMPLATE, value(text), tree.start(text), tree.end(text));
    int shift = grown.size();
    int[] renamed = new int[program.names.size()];
    Arrays.fill(renamed, -1);
    for (int node = 0; node < program.size; node++) {
      int value = program.values[node];
      if (value >= 0 && renamed[value] < 0) {
        byte[] name = program.names.bytes(value);
        renamed[value] = tree.names.intern(name, 0, name.length);
      }
      grown.leaf(
          program.form(node),
          value < 0 ? -1 : renamed[value],
          program.start(node),
          program.end(node));
      grown.next(shift + node, shift + program.nexts[node]);
    }
    grown.close();
    done = text + 1;
    comments =
        IntStream.concat(Arrays.stream(comments), Arrays.stream(program.ranges().comments()))
            .toArray();
  }

  private int value(int text) {
    byte[] written = tree.names.bytes(tree.values[text]);
    if (!CompactTree.isLong(written.length)) {
      return tree.values[text];
    }
    byte[] digest = CompactTree.digest(written);
    return tree.names.intern(digest, 0, digest.length);
  }

  private void copy(int limit) {
    for (; done < limit; done++) {
      moved[done] = grown.size();
      grown.leaf(tree.form(done), tree.values[done], tree.start(done), tree.end(done));
    }
  }

  /** The tree with all that was added. */
  public QuotedTree grown() {
    copy(tree.size);
    moved[tree.size] = grown.size();
    for (int node = 0; node < tree.size; node++) {
      grown.next(moved[node], moved[tree.nexts[node]]);
    }
    Arrays.sort(comments); // begin, end, begin, end: none overlaps another
    return grown.tree(comments, tree.damaged());
  }
}
