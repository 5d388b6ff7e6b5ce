package dev.hexlens.elixir.facts;

import dev.hexlens.elixir.facts.Reference.Dependence;
import dev.hexlens.elixir.facts.Reference.Kind;
import dev.hexlens.elixir.facts.Symbol.Namespace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The references of a file while it is walked. What a local name means is known only when the whole
 * module has been read, so those wait.
 */
final class References {
  /** A name without a module in front, and where it stands. */
  record Local(
      Kind kind,
      int start,
      int end,
      String name,
      int arity,
      int module,
      @Nullable Symbol in,
      int environment,
      int flags,
      int clause,
      boolean optional) {}

  private final Walk walk;
  private final List<Reference> found = new ArrayList<>();
  private final List<Local> locals = new ArrayList<>();

  References(Walk walk) {
    this.walk = walk;
  }

  /** A reference to something that the file alone tells. */
  void add(
      Kind kind, int start, int end, Symbol symbol, Certainty certainty, Dependence dependence) {
    found.add(
        new Reference(
            kind,
            start,
            end,
            symbol,
            symbol.module() == null ? Certainty.WRITTEN : certainty,
            walk.enclosing(),
            dependence == Dependence.NONE ? -1 : walk.environment,
            dependence,
            walk.is(Walk.IN_QUOTE)));
  }

  /**
   * A name without a module in front.
   *
   * @param optional whether it is no reference unless something bears the name
   */
  void local(Kind kind, int start, int end, String name, int arity, boolean optional) {
    locals.add(
        new Local(
            kind,
            start,
            end,
            name,
            arity,
            walk.scopes.module(),
            walk.enclosing(),
            walk.environment,
            walk.flags,
            walk.recipeClause,
            optional));
  }

  List<Local> locals() {
    return locals;
  }

  /** All of them, once all definitions are known. */
  List<Reference> finished(LocalNames names) {
    for (Local local : locals) {
      Reference reference = local.kind == Kind.TYPE ? type(local) : names.reference(local);
      if (reference != null) {
        found.add(reference);
      }
    }
    return found;
  }

  /** A local type; what the module doesn't define is built in, or a variable. */
  private @Nullable Reference type(Local local) {
    int definition = walk.definitions.find(local.module, Namespace.TYPE, local.name, local.arity);
    if (definition < 0) {
      return null;
    }
    Symbol symbol =
        new Symbol(Namespace.TYPE, walk.scopes.moduleName(local.module), local.name, local.arity);
    return new Reference(
        Kind.TYPE,
        local.start,
        local.end,
        symbol,
        Certainty.RESOLVED,
        local.in,
        -1,
        Dependence.NONE,
        (local.flags & Walk.IN_QUOTE) != 0);
  }
}
