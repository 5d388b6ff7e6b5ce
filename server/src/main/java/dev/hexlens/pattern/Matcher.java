package dev.hexlens.pattern;

import static dev.hexlens.pattern.Shape.NONE;

import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.elixir.syntax.QuotedTree;

/**
 * Decides whether a pattern is what stands at a node of one file. Proves a list of goals, so that
 * every {@code ...} and every map entry can try all its choices; recursion is as deep as the
 * pattern has choices, never as deep as the source.
 */
final class Matcher {
  private final Pattern pattern;
  private final FileView file;
  private final QuotedTree tree;
  private final Bindings bindings;
  private final Unfolding unfolding;

  /** The name at which every match begins, or one of the ways around it; NONE where any may. */
  private final int name;

  private final boolean applies;
  private int windowEnd;

  Matcher(Pattern pattern, FileView file) {
    this.pattern = pattern;
    this.file = file;
    this.tree = file.tree;
    this.bindings = new Bindings(pattern.captures().size(), file);
    this.unfolding = new Unfolding(pattern, file, bindings);
    Shape first = pattern.statements().getFirst();
    this.name = unfolding.beginning(first);
    this.applies = first instanceof Shape.Remote;
  }

  /**
   * Whether the pattern, one expression, is this node; {@link #captured} then tells the captures.
   */
  boolean matches(int node) {
    if (!mayBegin(node)) {
      return false;
    }
    bindings.reset();
    return prove(new Goal.One(pattern.statements().getFirst(), node, Goal.PROVEN));
  }

  /** A quick look, for almost all nodes are none: false is certain. */
  private boolean mayBegin(int node) {
    return name == NONE
        || tree.value(node) == name
        || file.isPipe(node)
        || (applies && tree.form(node) == Form.APPLY);
  }

  /**
   * Whether the pattern, a sequence, begins with this statement; {@link #windowEnd} then tells the
   * last one, the nearest possible.
   */
  boolean beginsAt(int statement, int limit) {
    bindings.reset();
    return prove(new Goal.Window(pattern.statements(), 0, statement, limit, statement));
  }

  int windowEnd() {
    return windowEnd;
  }

  /** What a slot holds: a node, or -(name + 2) for the name of an attribute. */
  int captured(int slot) {
    return bindings.captured(slot);
  }

  /** What all slots hold. */
  int[] held() {
    return bindings.held();
  }

  /** Whether what matched is written as the pattern is. */
  boolean isExact() {
    return bindings.isExact();
  }

  @SuppressWarnings("ReferenceEquality") // the two ends are constants
  private boolean prove(Goal start) {
    Goal goal = start;
    while (true) {
      switch (goal) {
        case Goal.End end -> {
          return end == Goal.PROVEN;
        }
        case Goal.One one -> goal = unfolding.one(one.shape(), one.node(), one.next());
        case Goal.Many many -> goal = many(many);
        case Goal.Window window -> goal = window(window);
        case Goal.Entries entries -> goal = entries(entries);
      }
    }
  }

  /** Proves one choice to the end; takes its captures back when it fails. */
  private boolean holds(Goal choice) {
    Bindings.Mark mark = bindings.mark();
    if (prove(choice)) {
      return true;
    }
    bindings.backTo(mark);
    return false;
  }

  private Goal many(Goal.Many many) {
    boolean empty = many.lead() < 0 && many.child() >= many.limit();
    if (many.at() == many.shapes().size()) {
      return empty ? many.next() : Goal.FAILED;
    }
    Shape shape = many.shapes().get(many.at());
    if (shape instanceof Shape.Rest) {
      return rest(many);
    }
    if (empty) {
      return Goal.FAILED;
    }
    int node = many.lead() < 0 ? many.child() : many.lead();
    return new Goal.One(shape, node, advance(many, 1));
  }

  private Goal.Many advance(Goal.Many many, int shapes) {
    int child = many.lead() < 0 ? tree.next(many.child()) : many.child();
    return new Goal.Many(many.shapes(), many.at() + shapes, NONE, child, many.limit(), many.next());
  }

  private Goal rest(Goal.Many many) {
    if (many.at() == many.shapes().size() - 1) {
      return many.next();
    }
    Goal.Many from = many;
    while (true) {
      Goal after =
          new Goal.Many(
              from.shapes(), from.at() + 1, from.lead(), from.child(), from.limit(), from.next());
      if (holds(after)) {
        return Goal.PROVEN;
      }
      if (from.lead() < 0 && from.child() >= from.limit()) {
        return Goal.FAILED;
      }
      from = advance(from, 0);
    }
  }

  private Goal window(Goal.Window window) {
    if (window.at() == window.shapes().size()) {
      windowEnd = window.last();
      return Goal.PROVEN;
    }
    Shape shape = window.shapes().get(window.at());
    if (!(shape instanceof Shape.Rest)) {
      int node = window.child();
      return node >= window.limit()
          ? Goal.FAILED
          : new Goal.One(
              shape,
              node,
              new Goal.Window(
                  window.shapes(), window.at() + 1, tree.next(node), window.limit(), node));
    }
    for (int from = window.child(); from < window.limit(); from = tree.next(from)) {
      Goal after =
          new Goal.Window(window.shapes(), window.at() + 1, from, window.limit(), window.last());
      if (holds(after)) {
        return Goal.PROVEN;
      }
    }
    return Goal.FAILED;
  }

  private Goal entries(Goal.Entries goal) {
    if (goal.at() == goal.entries().size()) {
      return goal.next();
    }
    Shape.Pair wanted = goal.entries().get(goal.at());
    Goal rest = new Goal.Entries(goal.entries(), goal.at() + 1, goal.parent(), goal.next());
    for (int child = goal.parent() + 1;
        child < tree.next(goal.parent());
        child = tree.next(child)) {
      if (unfolding.isPair(child) && holds(unfolding.pair(wanted, child, rest))) {
        return Goal.PROVEN;
      }
    }
    return Goal.FAILED;
  }
}
