package dev.hexlens.elixir.facts;

import dev.hexlens.elixir.syntax.QuotedTree;
import org.jspecify.annotations.Nullable;

/**
 * A name that stands in the source and means something defined, here or elsewhere.
 *
 * @param start the first byte of the name itself: {@code get!} in {@code Repo.get!(x)}, the whole
 *     of an alias
 * @param end exclusive
 * @param symbol what it means as far as the file alone tells; its module is null where it is not
 *     known
 * @param in the enclosing function, or the module whose body it stands in; null outside of modules
 * @param environment what the lexical scope takes from other files: an index into {@link
 *     Facts#environments}, or -1 for nothing
 * @param dependence whether other files have a say
 * @param quoted whether it stands in quoted code and comes true where that is expanded
 */
public record Reference(
    Kind kind,
    int start,
    int end,
    Symbol symbol,
    Certainty certainty,
    @Nullable Symbol in,
    int environment,
    Dependence dependence,
    boolean quoted) {

  /** How a name is used. */
  public enum Kind {
    CALL,
    CAPTURE,
    ALIAS,
    STRUCT,
    IMPORT,
    USE,
    REQUIRE,
    BEHAVIOUR,
    IMPLEMENTATION,
    ATTRIBUTE,
    TYPE;

    /** The word for it in answers. */
    public String printed() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** What a reference needs of other files. */
  public enum Dependence {
    /** Nothing: no other file can change it. */
    NONE,
    /** It holds unless a {@code use} of its environment gives the module's name to another. */
    UNLESS_ALIASED,
    /**
     * A name of Kernel's: it holds unless a {@code use} of its environment puts another in place.
     */
    UNLESS_OVERRIDDEN,
    /** The exports of what its environment imports and uses decide. */
    OPEN,
    /**
     * As OPEN, and it is no reference at all when they don't: an operator, a sigil, a bare name
     * that may be a variable.
     */
    OPTIONAL
  }

  /** The symbol when its module is known, else null. */
  public @Nullable Symbol target() {
    return symbol.module() == null ? null : symbol;
  }

  /** The name as it stands. */
  public String written(byte[] source) {
    return QuotedTree.slice(source, start, end);
  }

  /** The same reference in another function or module. */
  Reference within(Symbol in) {
    return new Reference(kind, start, end, symbol, certainty, in, environment, dependence, quoted);
  }

  /** The same reference with what linking found out. */
  public Reference resolvedTo(Symbol symbol, Certainty certainty) {
    return new Reference(kind, start, end, symbol, certainty, in, environment, dependence, quoted);
  }
}
