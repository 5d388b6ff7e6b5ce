package dev.hexlens.elixir.facts;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
 * @param templates null for a module that has none
 */
public record ModuleExports(
    String name,
    Map<String, Long> functions,
    Map<String, Long> macros,
    Map<String, Long> types,
    Map<String, Long> callbacks,
    boolean struct,
    List<Directive.Use> uses,
    Map<String, List<Recipe>> recipes,
    @Nullable TemplateScope templates) {

  public ModuleExports {
    functions = Map.copyOf(functions);
    macros = Map.copyOf(macros);
    types = Map.copyOf(types);
    callbacks = Map.copyOf(callbacks);
    uses = List.copyOf(uses);
    recipes = Map.copyOf(recipes);
  }

  /** The same module in a file of a package. */
  public ModuleExports at(String file) {
    if (templates == null) {
      return this;
    }
    return new ModuleExports(
        name,
        functions,
        macros,
        types,
        callbacks,
        struct,
        uses,
        recipes,
        new TemplateScope(file, templates.patterns(), templates.steps()));
  }

  /** Whether the module's own text exports this function or macro. */
  public boolean exports(String function, int arity) {
    return Arities.has(functions, function, arity) || Arities.has(macros, function, arity);
  }
}
