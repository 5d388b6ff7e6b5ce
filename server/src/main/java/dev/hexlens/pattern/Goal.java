package dev.hexlens.pattern;

import java.util.List;

/** What is still to be proven, a list: so that a choice made early can be taken back late. */
sealed interface Goal {
  Goal PROVEN = new End();
  Goal FAILED = new End();

  /** The end of the list. */
  record End() implements Goal {}

  /** This node has this shape. */
  record One(Shape shape, int node, Goal next) implements Goal {}

  /**
   * These shapes, from {@code at} on, are what stands at this place of a list of nodes: first
   * {@code lead} where it is not -1 (the operand of a pipe), then the siblings from {@code child}
   * up to {@code limit}.
   */
  record Many(List<Shape> shapes, int at, int lead, int child, int limit, Goal next)
      implements Goal {}

  /** As {@link Many}, but more siblings may follow: {@code last} is the last one used. */
  record Window(List<Shape> shapes, int at, int child, int limit, int last) implements Goal {}

  /** The map's entries from {@code at} on are among the children of {@code parent}. */
  record Entries(List<Shape.Pair> entries, int at, int parent, Goal next) implements Goal {}
}
