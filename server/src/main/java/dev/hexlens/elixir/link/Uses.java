package dev.hexlens.elixir.link;

import dev.hexlens.elixir.facts.Arities;
import dev.hexlens.elixir.facts.Directive;
import dev.hexlens.elixir.facts.Directive.Import;
import dev.hexlens.elixir.facts.Directive.Option;
import dev.hexlens.elixir.facts.Directive.Use;
import dev.hexlens.elixir.facts.Exports;
import dev.hexlens.elixir.facts.ModuleExports;
import dev.hexlens.elixir.facts.Recipe;
import dev.hexlens.elixir.facts.Recipe.OptionValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows {@code use} through the macros of the modules that are used, as far as their text tells.
 */
final class Uses {
  /** How many arguments with defaults a macro with a block may have. */
  private static final int DEFAULTS = 4;

  private final Exports exports;
  private final Map<Use, Injection> known = new HashMap<>();
  private final Map<String, Injection> ofModules = new HashMap<>();
  private final Set<Object> underWay = new HashSet<>();

  Uses(Exports exports) {
    this.exports = exports;
  }

  /** What a {@code use} does. */
  Injection of(Use use) {
    Injection found = known.get(use);
    if (found == null) {
      found = new Injection();
      if (underWay.add(use)) {
        expand(use, found);
        underWay.remove(use);
        known.put(use, found);
      }
    }
    return found;
  }

  /** What all the uses in a module's body do to it. */
  Injection of(ModuleExports module) {
    Injection found = ofModules.get(module.name());
    if (found == null) {
      found = new Injection();
      if (underWay.add(module.name())) {
        for (Use use : module.uses()) {
          found.add(of(use));
        }
        underWay.remove(module.name());
        ofModules.put(module.name(), found);
      }
    }
    return found;
  }

  /** What a macro puts in front of the code in its do block. */
  Injection ofBlock(String module, String macro, int arity) {
    ModuleExports known = exports.module(module);
    Injection injection = new Injection();
    if (known == null) {
      injection.incomplete = true;
      return injection;
    }
    String function = macro + "/" + arity;
    for (int i = arity; i < arity + DEFAULTS && !known.recipes().containsKey(function); i++) {
      function = macro + "/" + (i + 1); // recipes go by the largest arity
    }
    Object work = List.of(module, function);
    if (known.recipes().containsKey(function) && underWay.add(work)) {
      new Expansion(known, Option.NONE, injection, true).run(function, null);
      underWay.remove(work);
    }
    return injection;
  }

  /** What a module gives to its templates. */
  Injection ofTemplates(@Nullable String view) {
    ModuleExports module = view == null ? null : exports.module(view);
    Injection injection = new Injection();
    if (module == null) {
      injection.incomplete = true;
    } else if (module.templates() == null) {
      injection.add(of(module));
    } else if (underWay.add(module.templates())) {
      Expansion expansion = new Expansion(module, Option.NONE, injection, false);
      module.templates().steps().forEach(expansion::step);
      underWay.remove(module.templates());
    }
    return injection;
  }

  private void expand(Use use, Injection into) {
    ModuleExports module = use.module() == null ? null : exports.module(use.module());
    if (module == null) {
      into.incomplete = true;
      return;
    }
    String name = use.macro() + "/1";
    if (module.recipes().containsKey(name)) {
      new Expansion(module, use.option(), into, false).run(name, use.option().atom());
    }
  }

  /** The expansion of one {@code use} within one module's macros. */
  private final class Expansion {
    private final ModuleExports module;
    private final Option option;
    private final Injection into;
    private final boolean block;
    private final Set<String> done = new HashSet<>();

    Expansion(ModuleExports module, Option option, Injection into, boolean block) {
      this.module = module;
      this.option = option;
      this.into = into;
      this.block = block;
    }

    void run(String function, @Nullable String argument) {
      if (!done.add(function)) {
        return;
      }
      List<Recipe> clauses = module.recipes().getOrDefault(function, List.of());
      boolean named = argument != null && clauses.stream().anyMatch(c -> argument.equals(c.when()));
      for (Recipe clause : clauses) {
        if (argument == null || (named ? argument.equals(clause.when()) : clause.when() == null)) {
          clause.steps().forEach(this::step);
        }
      }
    }

    private void step(Recipe.Step step) {
      switch (step) {
        case Recipe.Take take -> {
          if (block || !take.inner()) {
            take(take);
          }
        }
        case Recipe.Name name -> {
          String target = module(name.module(), name.option());
          if (target != null && (block || !name.inner())) {
            into.aliases.put(name.as(), target);
          }
        }
        case Recipe.Define define ->
            Arities.add(
                define.macro() ? into.macros : into.functions,
                define.name(),
                define.minArity(),
                define.maxArity());
        case Recipe.Include include -> run(include.name() + "/" + include.arity(), null);
        case Recipe.IncludeOption include -> {
          String which = option.atom();
          for (String function : which == null ? Set.<String>of() : module.recipes().keySet()) {
            int slash = function.lastIndexOf('/');
            String arity = function.substring(slash + 1);
            if (function.substring(0, slash).equals(which)
                && (include.arity() < 0 || arity.equals(Integer.toString(include.arity())))) {
              run(function, null);
            }
          }
        }
      }
    }

    private void take(Recipe.Take take) {
      String target = module(take.directive().module(), take.module());
      if (target == null) {
        into.incomplete = true;
        return;
      }
      Directive directive = take.directive();
      switch (directive) {
        case Import imports ->
            into.imports.add(
                new Import(target, imports.filter(), imports.only(), imports.except()));
        case Use use -> into.add(of(new Use(target, use.macro(), use.option())));
        case Directive.Block nested -> {}
        case Directive.View view -> {}
      }
    }

    private @Nullable String module(@Nullable String literal, @Nullable OptionValue value) {
      if (literal != null || value == null) {
        return literal;
      }
      String given = option.keywords().get(value.key());
      return given != null ? given : value.fallback();
    }
  }
}
