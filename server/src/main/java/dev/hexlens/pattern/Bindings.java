package dev.hexlens.pattern;

import static dev.hexlens.pattern.Shape.NONE;

import dev.hexlens.elixir.syntax.QuotedTree;
import java.util.Arrays;

/**
 * What the captures of a pattern hold while it is matched, and whether the match is written as the
 * pattern is. What a choice bound can be taken back.
 */
final class Bindings {
  private final QuotedTree tree;
  private final Equality equality;
  private final int[] captures;
  private final int[] trail;
  private int trailLength;
  private boolean exact;

  Bindings(int captures, FileView file) {
    this.tree = file.tree;
    this.equality = new Equality(file);
    this.captures = new int[captures];
    this.trail = new int[captures];
  }

  void reset() {
    Arrays.fill(captures, NONE);
    trailLength = 0;
    exact = true;
  }

  /** How much was bound. */
  record Mark(int trailLength, boolean exact) {}

  Mark mark() {
    return new Mark(trailLength, exact);
  }

  /** Takes back what was bound since. */
  void backTo(Mark mark) {
    while (trailLength > mark.trailLength()) {
      captures[trail[--trailLength]] = NONE;
    }
    exact = mark.exact();
  }

  /** Lets a slot hold a node; false when it holds another that is not equal. */
  boolean capture(int slot, int node) {
    int held = captures[slot];
    if (held == NONE) {
      bind(slot, node);
      return true;
    }
    return held >= 0 && (tree.equal(held, node) || (equality.equal(held, node) && loosely()));
  }

  /** Lets a slot hold the name of an attribute; false when it holds something else. */
  boolean captureName(int slot, int name) {
    int value = -name - 2;
    if (captures[slot] == NONE) {
      bind(slot, value);
      return true;
    }
    return captures[slot] == value;
  }

  private void bind(int slot, int value) {
    captures[slot] = value;
    trail[trailLength++] = slot;
  }

  /** Notes that something means what the pattern says, and is written otherwise; always true. */
  boolean loosely() {
    exact = false;
    return true;
  }

  boolean isExact() {
    return exact;
  }

  int captured(int slot) {
    return captures[slot];
  }

  int[] held() {
    return captures.length == 0 ? captures : captures.clone();
  }
}
