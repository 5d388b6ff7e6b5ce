package dev.hexlens.elixir.facts;

import org.jspecify.annotations.Nullable;

/**
 * What a name means, in any package: printed {@code Mod}, {@code Mod.fun/arity}, {@code Mod.t/0},
 * {@code Mod.@attr}, {@code :lists.map/2}.
 *
 * @param module the full name without {@code Elixir.}, or an Erlang module with its colon; null
 *     where it is not known
 * @param name null for a module
 * @param arity -1 for a module or an attribute
 */
public record Symbol(
    Namespace namespace, @Nullable String module, @Nullable String name, int arity) {
  /** What kinds of things may bear one name side by side. */
  public enum Namespace {
    MODULE,
    /** Functions and macros: no module has both of one name and arity. */
    FUNCTION,
    TYPE,
    CALLBACK,
    ATTRIBUTE
  }

  public static Symbol module(@Nullable String module) {
    return new Symbol(Namespace.MODULE, module, null, -1);
  }

  public static Symbol function(@Nullable String module, String name, int arity) {
    return new Symbol(Namespace.FUNCTION, module, name, arity);
  }

  /** The same name in another module. */
  public Symbol in(@Nullable String other) {
    return new Symbol(namespace, other, name, arity);
  }

  /** The printed form; of an unknown module, what stands behind its dot. */
  public String printed() {
    String behind =
        switch (namespace) {
          case MODULE -> "";
          case ATTRIBUTE -> "@" + name;
          case FUNCTION, TYPE, CALLBACK -> name + "/" + arity;
        };
    if (module == null) {
      return behind;
    }
    return behind.isEmpty() ? module : module + "." + behind;
  }

  @Override
  public String toString() {
    return printed();
  }
}
