package dev.hexlens.elixir.syntax;

/**
 * What a node of Elixir's syntax tree is. These are the shapes of Elixir's own quoted expressions,
 * with two distinctions that quoting drops and that searching needs: a two-tuple written with
 * braces is not a keyword pair, and a piece that does not parse is a node of its own.
 */
public enum Form {
  /** An atom, {@code nil} and {@code true} among them; the value is its name. */
  ATOM(true, false),
  /** An integer; the value is its decimal digits. */
  INTEGER(true, false),
  /** A float; the value is its IEEE 754 binary64 as 16 lower-case hex digits. */
  FLOAT(true, false),
  /** A binary that is valid UTF-8; the value is its text. */
  STRING(true, false),
  /** A binary that is not UTF-8, which only escapes can make; the value is its bytes. */
  BYTES(true, false),
  /**
   * A long string of a tree that was read back from its stored form: the value is the first 16
   * bytes of the text's SHA-256. Equal digests are equal texts; the text itself stands in the
   * source.
   */
  DIGEST(true, false),
  /** A list; the children are its elements. */
  LIST(false, true),
  /** A two-tuple written with braces. */
  TUPLE(false, true),
  /** A key and its value: a keyword, a map entry, or one section of a do block. */
  PAIR(false, true),
  /** A variable, or a call without arguments and parentheses; the value is its name. */
  VARIABLE(true, false),
  /**
   * A call or operator of a plain name: {@code {name, meta, args}}; the value is the name, the
   * children are the arguments.
   */
  CALL(true, true),
  /**
   * A call of anything else: {@code {form, meta, args}}; the first child is the form, the others
   * are the arguments.
   */
  APPLY(false, true),
  /** What the parser could not read; the children are the healthy pieces in it. */
  ERROR(false, true),
  /**
   * The text of a sigil that is a template, {@code ~H"…"}: to Elixir's syntax a string, and the
   * value is that of a {@link #STRING}, or of a {@link #DIGEST} where the text is long. Its one
   * child is the program that the template's Elixir makes.
   */
  TEMPLATE(true, true);

  private static final Form[] ALL = values();

  private final boolean value;
  private final boolean children;

  Form(boolean value, boolean children) {
    this.value = value;
    this.children = children;
  }

  static Form of(int ordinal) {
    return ALL[ordinal];
  }

  /** Whether a node of this form has a value in the tree's {@link NamePool}. */
  public boolean hasValue() {
    return value;
  }

  /** Whether a node of this form can have children. */
  public boolean hasChildren() {
    return children;
  }
}
