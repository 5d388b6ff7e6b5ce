package dev.hexlens.pattern;

import dev.hexlens.elixir.syntax.Form;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one node of a pattern asks of a node of the source. Names and literals are numbers into the
 * pattern's {@link Constants}, so that each file binds them once; captures are numbered slots.
 */
sealed interface Shape {
  /** No constant, no slot. */
  int NONE = -1;

  /** What the first argument can be piped into. */
  sealed interface Callable {
    /** Whether the pattern pipes it: then a source that does is the exact match. */
    boolean piped();
  }

  /** {@code _}: any one node. */
  record Any() implements Shape {}

  /** {@code name}: any one node; the same name again wants an equal one. */
  record Capture(int slot) implements Shape {}

  /** {@code ...} in a list: any number of elements. */
  record Rest() implements Shape {}

  /** A leaf that is exactly this. */
  record Literal(Form form, int constant) implements Shape {}

  /** A string that stored trees hold as a digest. */
  record LongText(int text, int digest) implements Shape {}

  /** A list with these elements. */
  record ListOf(List<Shape> items) implements Shape {}

  /** A two-tuple or a pair of a keyword list, map or do block. */
  record Pair(Shape left, Shape right) implements Shape {}

  /** A tuple written with braces, of any size: a pattern with {@code ...}. */
  record Tuple(List<Shape> items) implements Shape {}

  /** A local call or operator of this name, plain or piped. */
  record Call(int name, List<Shape> items, boolean piped) implements Shape, Callable {
    Call(int name, List<Shape> items) {
      this(name, items, false);
    }
  }

  /** {@code _(...)}: a local call whose name is an identifier and no definition or control flow. */
  record LocalCall(List<Shape> items, boolean piped) implements Shape, Callable {}

  /** {@code _name(...)}: any node with arguments. */
  record AnyCall(List<Shape> items, boolean piped) implements Shape, Callable {}

  /** {@code target.function(...)}; no function constant: any function. */
  record Remote(Shape target, int function, List<Shape> items, boolean piped)
      implements Shape, Callable {}

  /** A call of something that is no name: {@code f.(x)}, {@code unquote(f)(x)}. */
  record Apply(Shape form, List<Shape> items, boolean piped) implements Shape, Callable {
    Apply(Shape form, List<Shape> items) {
      this(form, items, false);
    }
  }

  /** A module's name, which matches as written or as resolved. */
  record Module(List<Integer> segments, String name) implements Shape {}

  /** A map with at least these entries; {@code updated}: only updates of something like that. */
  record MapOf(List<Pair> entries, @Nullable Shape updated) implements Shape {}

  /**
   * {@code @name} or {@code @name value}.
   *
   * @param name the name it must have, or {@link #NONE}
   * @param slot where the name goes, or {@link #NONE}
   */
  record Attribute(int name, int slot, @Nullable Shape value) implements Shape {}

  /** Statements; a single one counts as a list of one. */
  record Block(List<Shape> items) implements Shape {}

  /** Any stage {@code left |> right} as written. */
  record Pipe(Shape left, Shape right) implements Shape {}

  /** {@code run()} at the head of a definition: parentheses or none. */
  record Head(int name) implements Shape {}

  /**
   * {@code def name/arity}.
   *
   * @param name the name, or {@link #NONE} for any
   * @param arity the arity, or {@link #NONE} for any
   * @param rest what follows the head: the do block; nothing takes any body, and none
   */
  record Definition(int keyword, int name, int arity, List<Shape> rest) implements Shape {}
}
