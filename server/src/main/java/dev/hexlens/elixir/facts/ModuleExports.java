package dev.hexlens.elixir.facts;

import java.util.List;
import java.util.Map;

/**
 * What other modules can see of a module.
 *
 * @param functions public functions by name, with their arities as bits; delegates among them
 * @param macros public macros and guards likewise
 * @param types public types likewise
 * @param callbacks callbacks and macro callbacks likewise
 * @param struct whether {@code %Module{}} exists
 * @param uses what the module's body uses: it may define more
 * @param recipes what its macros and their helpers do to the module that uses them, by {@code
 *     name/arity}
 */
public record ModuleExports(
    String name,
    Map<String, Long> functions,
    Map<String, Long> macros,
    Map<String, Long> types,
    Map<String, Long> callbacks,
    boolean struct,
    List<Directive.Use> uses,
    Map<String, List<Recipe>> recipes) {

  public ModuleExports {
    functions = Map.copyOf(functions);
    macros = Map.copyOf(macros);
    types = Map.copyOf(types);
    callbacks = Map.copyOf(callbacks);
    uses = List.copyOf(uses);
    recipes = Map.copyOf(recipes);
  }

  /** Whether the module's own text exports this function or macro. */
  public boolean exports(String function, int arity) {
    return Arities.has(functions, function, arity) || Arities.has(macros, function, arity);
  }
}
