package dev.hexlens.pattern;

import static dev.hexlens.pattern.Shape.NONE;

import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.elixir.syntax.QuotedTree;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether a call has the same expression twice, among its arguments and the elements of lists among
 * these; of a function, in one of its clauses. What a pattern that has a capture twice there asks
 * of a source, as the index knows it.
 */
final class Repeats {
  /**
   * Of more expressions it is taken for granted: to compare all of them with each other is dear.
   */
  private static final int MANY = 12;

  /** A function is the calls of its clauses. */
  private static final String FUNCTION = "fn";

  static final String CLAUSE = "->";

  private final FileView file;
  private final QuotedTree tree;
  private final Equality equality;
  private final int[] near = new int[MANY];
  private int count;

  Repeats(FileView file) {
    this.file = file;
    this.tree = file.tree;
    this.equality = new Equality(file);
  }

  /**
   * Whether it is so of a call.
   *
   * @param lead what is piped into it, or NONE
   */
  boolean areIn(int call, int lead) {
    count = 0;
    if (lead != NONE) {
      add(lead);
    }
    int first = tree.form(call) == Form.APPLY ? tree.next(call + 1) : call + 1;
    for (int child = first; child < tree.next(call) && count < MANY; child = tree.next(child)) {
      add(child);
      if (tree.form(child) == Form.LIST) {
        for (int each = child + 1;
            each < tree.next(child) && count < MANY;
            each = tree.next(each)) {
          add(each);
        }
      }
    }
    return count == MANY || anyEqual();
  }

  /** Whether it is so of a clause of a function. */
  boolean areInClausesOf(int call) {
    if (!tree.is(call, Form.CALL, FUNCTION)) {
      return false;
    }
    for (int clause = call + 1; clause < tree.next(call); clause = tree.next(clause)) {
      if (tree.is(clause, Form.CALL, CLAUSE) && areIn(clause, NONE)) {
        return true;
      }
    }
    return false;
  }

  private void add(int node) {
    if (count < MANY) {
      near[count++] = node;
    }
  }

  private boolean anyEqual() {
    for (int i = 1; i < count; i++) {
      for (int j = 0; j < i; j++) {
        if (tree.equal(near[i], near[j])
            || (mayBeAlike(near[i], near[j]) && equality.equal(near[i], near[j]))) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether two nodes that differ as written may still be the same: what they begin with tells. */
  private boolean mayBeAlike(int left, int right) {
    return file.isPipe(left)
        || file.isPipe(right)
        || (tree.form(left) == tree.form(right)
            && tree.value(left) == tree.value(right)
            && tree.hasChildren(left));
  }

  /** Whether every source that matches these arguments of a call repeats an expression there. */
  static boolean areAskedFor(List<Shape> items) {
    int[] slots =
        items.stream()
            .flatMapToInt(item ->
                item instanceof Shape.ListOf list
                    ? list.items().stream().flatMapToInt(Repeats::slot)
                    : slot(item))
            .sorted()
            .toArray();
    return Arrays.stream(slots).distinct().count() < slots.length;
  }

  private static IntStream slot(Shape shape) {
    return shape instanceof Shape.Capture capture
        ? IntStream.of(capture.slot())
        : IntStream.empty();
  }
}
