package dev.hexlens.pattern;

import java.util.List;
import java.util.Locale;

/** A condition that a match must meet beside its pattern; it never adds a match. */
public sealed interface Filter {
  /** An ancestor matches; a node is not inside itself. */
  record Inside(Pattern pattern) implements Filter {}

  /** A descendant matches. */
  record Contains(Pattern pattern) implements Filter {}

  /** The node of which this one is a statement or argument matches. */
  record Parent(Pattern pattern) implements Filter {}

  /** A statement or argument of the node matches. */
  record HasChild(Pattern pattern) implements Filter {}

  /** A statement before this one matches; immediately: the one before. */
  record Follows(Pattern pattern, boolean immediately) implements Filter {}

  /** A statement after this one matches; immediately: the next one. */
  record Precedes(Pattern pattern, boolean immediately) implements Filter {}

  /** A comment at this place holds the text. */
  record HasComment(CommentPlace place, String text) implements Filter {}

  /** It is written with {@code |>}. */
  record Piped() implements Filter {}

  /** It is the n-th of its siblings, counted from 1. */
  record Nth(int position) implements Filter {}

  /** It is the last of its siblings. */
  record Last() implements Filter {}

  /** An expression over the pattern's captures is true. */
  record Where(Guard guard) implements Filter {}

  /** One of these holds. */
  record AnyOf(List<Filter> filters) implements Filter {}

  /** All of these hold. */
  record AllOf(List<Filter> filters) implements Filter {}

  /** This does not hold. */
  record Not(Filter filter) implements Filter {}

  /** Where a comment stands, seen from a match. */
  enum CommentPlace {
    /** It ends on the line before. */
    BEFORE,
    /** It begins on the line after. */
    AFTER,
    /** On one of the match's lines. */
    INSIDE,
    /** Behind a match of one line, on that line. */
    INLINE,
    /** Before, inside or behind. */
    ANYWHERE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
