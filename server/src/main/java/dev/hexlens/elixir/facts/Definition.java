package dev.hexlens.elixir.facts;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that a file defines.
 *
 * @param module the module that it belongs to, or that it is
 * @param name null for modules, structs, exceptions, protocols and implementations
 * @param minArity less than {@code maxArity} where arguments have defaults; -1 for what has no
 *     arity
 * @param clauses where it is written, in order; at least one
 * @param quoted whether it stands in quoted code: then it is {@code module}'s macro that defines it
 *     elsewhere
 */
public record Definition(
    Kind kind,
    String module,
    @Nullable String name,
    int minArity,
    int maxArity,
    List<Clause> clauses,
    boolean quoted) {

  /** What is defined. */
  public enum Kind {
    MODULE("module"),
    FUNCTION("function"),
    PRIVATE_FUNCTION("private function"),
    MACRO("macro"),
    PRIVATE_MACRO("private macro"),
    GUARD("guard"),
    DELEGATE("delegate"),
    STRUCT("struct"),
    EXCEPTION("exception"),
    PROTOCOL("protocol"),
    IMPLEMENTATION("implementation"),
    CALLBACK("callback"),
    TYPE("type"),
    OPAQUE("opaque"),
    ATTRIBUTE("attribute");

    private final String printed;

    Kind(String printed) {
      this.printed = printed;
    }

    /** The word for it in answers. */
    public String printed() {
      return printed;
    }

    /** Where its symbols live. */
    public Symbol.Namespace namespace() {
      return switch (this) {
        case FUNCTION, PRIVATE_FUNCTION, MACRO, PRIVATE_MACRO, GUARD, DELEGATE ->
            Symbol.Namespace.FUNCTION;
        case MODULE, STRUCT, EXCEPTION, PROTOCOL, IMPLEMENTATION -> Symbol.Namespace.MODULE;
        case CALLBACK -> Symbol.Namespace.CALLBACK;
        case TYPE, OPAQUE -> Symbol.Namespace.TYPE;
        case ATTRIBUTE -> Symbol.Namespace.ATTRIBUTE;
      };
    }
  }

  /**
   * One place of a definition: byte offsets of its name and of the whole, ends exclusive. A
   * struct's name is the word {@code defstruct}.
   */
  public record Clause(int nameStart, int nameEnd, int start, int end) {}

  /** The symbol with the largest arity. */
  public Symbol symbol() {
    return new Symbol(kind.namespace(), module, name, maxArity);
  }

  /** The first clause's name. */
  public int nameStart() {
    return clauses.getFirst().nameStart();
  }

  public int nameEnd() {
    return clauses.getFirst().nameEnd();
  }
}
