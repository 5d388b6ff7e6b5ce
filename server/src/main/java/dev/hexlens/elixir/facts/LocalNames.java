package dev.hexlens.elixir.facts;

import dev.hexlens.elixir.facts.Directive.Import;
import dev.hexlens.elixir.facts.Directive.Use;
import dev.hexlens.elixir.facts.Reference.Dependence;
import dev.hexlens.elixir.facts.References.Local;
import dev.hexlens.elixir.facts.Symbol.Namespace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call without a module in front means, as far as its own file tells, in Elixir's order: a
 * function of the module, an import that names it, Kernel. Anything else depends on what the
 * imported and used modules export.
 */
final class LocalNames {
  private final Definitions definitions;
  private final AliasScopes scopes;
  private final List<Environment> environments;
  private final Map<String, Long> kernel = new HashMap<>();

  LocalNames(Definitions definitions, AliasScopes scopes, List<Environment> environments) {
    this.definitions = definitions;
    this.scopes = scopes;
    this.environments = environments;
  }

  /** The reference that a name is, null where it is none. */
  @Nullable Reference reference(Local local) {
    boolean quoted = (local.flags() & Walk.IN_QUOTE) != 0;
    int definition =
        local.module() < 0 || quoted
            ? -1
            : definitions.find(local.module(), Namespace.FUNCTION, local.name(), local.arity());
    if (definition >= 0) {
      return made(local, scopes.moduleName(local.module()), Certainty.RESOLVED, Dependence.NONE);
    }
    String imported = imported(local.name(), local.arity(), local.environment());
    if (imported != null) {
      boolean overridable = imported.equals("Kernel") && isOpen(local.environment());
      if (imported.equals("Kernel") && local.optional()) {
        // Kernel's operators, sigils and words that define are matched by patterns; they are no
        // references. But a use may put another's def in place.
        return overridable && local.name().startsWith("def")
            ? made(local, null, Certainty.WRITTEN, Dependence.OPTIONAL)
            : null;
      }
      return made(
          local,
          imported,
          Certainty.RESOLVED,
          overridable ? Dependence.UNLESS_OVERRIDDEN : Dependence.NONE);
    }
    if (isOpen(local.environment())) {
      return made(
          local, null, Certainty.WRITTEN, local.optional() ? Dependence.OPTIONAL : Dependence.OPEN);
    }
    if (local.optional()) {
      return null;
    }
    if (quoted) {
      return made(local, null, Certainty.WRITTEN, Dependence.OPEN);
    }
    // It compiles, so the module has it: a macro or a loop defines it.
    return made(local, scopes.moduleName(local.module()), Certainty.INFERRED, Dependence.NONE);
  }

  private static Reference made(
      Local local, @Nullable String module, Certainty certainty, Dependence dependence) {
    return new Reference(
        local.kind(),
        local.start(),
        local.end(),
        Symbol.function(module, local.name(), local.arity()),
        module == null ? Certainty.WRITTEN : certainty,
        local.in(),
        dependence == Dependence.NONE ? -1 : local.environment(),
        dependence,
        (local.flags() & Walk.IN_QUOTE) != 0);
  }

  /** Whether other modules' exports can bring names into this environment. */
  private boolean isOpen(int environment) {
    for (int at = environment; at >= 0; at = environments.get(at).outer()) {
      switch (environments.get(at).directive()) {
        case Use use -> {
          return true;
        }
        case Directive.Block block -> {
          return true;
        }
        case Directive.View view -> {
          return true;
        }
        case Import imports -> {
          if (imports.only() == null && !"Kernel".equals(imports.module())) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /**
   * The module from which an import that names it, or Kernel, brings a name; null when neither
   * does.
   */
  @Nullable String imported(String name, int arity, int environment) {
    boolean inKernel = Arities.has(kernel(name), arity);
    for (int at = environment; at >= 0; at = environments.get(at).outer()) {
      if (environments.get(at).directive() instanceof Import imports) {
        if ("Kernel".equals(imports.module())) {
          inKernel &= imports.admits(name, arity);
        } else if (imports.only() != null && Arities.has(imports.only(), name, arity)) {
          return imports.module();
        }
      }
    }
    return inKernel ? "Kernel" : null;
  }

  private long kernel(String name) {
    return kernel.computeIfAbsent(name, KernelNames::arities);
  }
}
