package dev.hexlens.elixir.link;

import dev.hexlens.elixir.facts.Arities;
import dev.hexlens.elixir.facts.Directive.Import;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@code use} puts into the module that does it, everything that it uses in turn included.
 */
final class Injection {
  final List<Import> imports = new ArrayList<>();
  final Map<String, String> aliases = new HashMap<>();
  final Map<String, Long> functions = new HashMap<>();
  final Map<String, Long> macros = new HashMap<>();

  /** Whether something in it is not known, so that it may put in more. */
  boolean incomplete;

  void add(Injection other) {
    imports.addAll(other.imports);
    aliases.putAll(other.aliases);
    other.functions.forEach((name, arities) -> functions.merge(name, arities, (a, b) -> a | b));
    other.macros.forEach((name, arities) -> macros.merge(name, arities, (a, b) -> a | b));
    incomplete |= other.incomplete;
  }

  /** Whether it leaves this name out of what Kernel gives. */
  boolean takesFromKernel(String name, int arity) {
    for (Import imported : imports) {
      if ("Kernel".equals(imported.module()) && !imported.admits(name, arity)) {
        return true;
      }
    }
    return false;
  }

  boolean defines(String name, int arity) {
    return Arities.has(functions, name, arity) || Arities.has(macros, name, arity);
  }
}
