package dev.hexlens.elixir.syntax;

import java.util.Arrays;

/**
 * The work that lowering has still to do, a stack of its own instead of Java's: sources nest as
 * deep as they like. Tasks are added in the order in which they are to run; {@link #commit} turns
 * the ones added since the last {@link #mark} round.
 */
final class Tasks {
  /** Lower syntax node {@code a}; {@code b}, {@code c}: its range, parentheses included. */
  static final int EXPRESSION = 0;

  /** Close the open node {@code a}, counted from the innermost. */
  static final int CLOSE = 1;

  /**
   * Append a node of form {@code a}, value {@code b}, from {@code c} to {@code d}, and keep it
   * open.
   */
  static final int OPEN = 2;

  /** Append a node of form {@code a}, value {@code b}, from {@code c} to {@code d}. */
  static final int LEAF = 3;

  /**
   * Lower what {@code =>} in syntax node {@code a} points to, under the weaker operators that stand
   * around it.
   */
  static final int ASSOCIATED = 4;

  /** Lower the left side {@code a} of {@code in} without its negation. */
  static final int AFFIRMED = 5;

  private static final int WIDTH = 5;
  private int[] stack = new int[WIDTH * 256];
  private int top;
  private int mark;

  boolean isEmpty() {
    return top == 0;
  }

  void mark() {
    mark = top;
  }

  void add(int code, int a, int b, int c, int d) {
    if (top + WIDTH > stack.length) {
      stack = Arrays.copyOf(stack, stack.length * 2);
    }
    stack[top] = code;
    stack[top + 1] = a;
    stack[top + 2] = b;
    stack[top + 3] = c;
    stack[top + 4] = d;
    top += WIDTH;
  }

  void commit() {
    for (int low = mark, high = top - WIDTH; low < high; low += WIDTH, high -= WIDTH) {
      for (int i = 0; i < WIDTH; i++) {
        int swapped = stack[low + i];
        stack[low + i] = stack[high + i];
        stack[high + i] = swapped;
      }
    }
  }

  void pop() {
    top -= WIDTH;
  }

  int code() {
    return stack[top];
  }

  int a() {
    return stack[top + 1];
  }

  int b() {
    return stack[top + 2];
  }

  int c() {
    return stack[top + 3];
  }

  int d() {
    return stack[top + 4];
  }
}
