package dev.hexlens.elixir.link;

import dev.hexlens.elixir.facts.Directive;
import dev.hexlens.elixir.facts.Environment;
import dev.hexlens.elixir.facts.Facts;
import dev.hexlens.elixir.facts.ModuleExports;
import dev.hexlens.elixir.facts.Recipe;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which files of a set are to be linked again when modules change: those whose scopes import or use
 * them, directly or through the macros of what they use, and no others. For one thread at a time.
 *
 * @param <F> what names a file
 */
public final class Dependents<F> {
  private final Map<F, Set<String>> namedBy = new HashMap<>();
  private final Map<String, Set<F>> namers = new HashMap<>();
  private final Map<F, Set<String>> injectors = new HashMap<>();
  private final Map<String, Set<String>> injectedInto = new HashMap<>();

  /** Adds a file, or replaces what was known of it. */
  public void put(F file, Facts facts) {
    remove(file);
    Set<String> named = new HashSet<>();
    for (Environment environment : facts.environments()) {
      modules(environment.directive(), named);
    }
    namedBy.put(file, named);
    named.forEach(module -> namers.computeIfAbsent(module, m -> new HashSet<>()).add(file));
    Set<String> macros = new HashSet<>();
    for (ModuleExports module : facts.exports()) {
      Set<String> taken = new HashSet<>();
      module.uses().forEach(use -> modules(use, taken));
      if (module.templates() != null) {
        module.templates().steps().forEach(step -> modules(step, taken));
      }
      for (List<Recipe> recipes : module.recipes().values()) {
        recipes.forEach(recipe -> recipe.steps().forEach(step -> modules(step, taken)));
      }
      for (String each : taken) {
        injectedInto.computeIfAbsent(each, m -> new HashSet<>()).add(module.name());
      }
      macros.add(module.name());
    }
    injectors.put(file, macros);
  }

  /** Forgets a file. */
  public void remove(F file) {
    for (String module : namedBy.getOrDefault(file, Set.of())) {
      namers.getOrDefault(module, new HashSet<>()).remove(file);
    }
    Set<String> gone = injectors.getOrDefault(file, Set.of());
    if (!gone.isEmpty()) {
      injectedInto.values().forEach(into -> into.removeAll(gone));
    }
    namedBy.remove(file);
    injectors.remove(file);
  }

  /**
   * The files to link again, the ones that define these modules not counted.
   *
   * @param modules whose exports changed: see {@link #changed}
   */
  public Set<F> of(Collection<String> modules) {
    Set<String> affected = new HashSet<>(modules);
    Deque<String> open = new ArrayDeque<>(affected);
    Set<F> files = new HashSet<>();
    while (!open.isEmpty()) {
      String module = open.removeFirst();
      files.addAll(namers.getOrDefault(module, Set.of()));
      for (String user : injectedInto.getOrDefault(module, Set.of())) {
        if (affected.add(user)) {
          open.addLast(user);
        }
      }
    }
    return files;
  }

  /** The modules that came, went, or export something else than before. */
  public static Set<String> changed(List<ModuleExports> before, List<ModuleExports> after) {
    Map<String, ModuleExports> old = new HashMap<>();
    before.forEach(module -> old.put(module.name(), module));
    Set<String> changed = new HashSet<>();
    for (ModuleExports module : after) {
      if (!module.equals(old.remove(module.name()))) {
        changed.add(module.name());
      }
    }
    changed.addAll(old.keySet());
    return changed;
  }

  private static void modules(Recipe.Step step, Set<String> into) {
    switch (step) {
      case Recipe.Take take -> {
        modules(take.directive(), into);
        option(take.module(), into);
      }
      case Recipe.Name name -> option(name.option(), into);
      case Recipe.Define define -> {}
      case Recipe.Include include -> {}
      case Recipe.IncludeOption include -> {}
    }
  }

  private static void option(Recipe.@Nullable OptionValue value, Set<String> into) {
    if (value != null) {
      add(value.fallback(), into);
    }
  }

  private static void modules(Directive directive, Set<String> into) {
    switch (directive) {
      case Directive.Import imports -> add(imports.module(), into);
      case Directive.Use use -> {
        add(use.module(), into);
        into.addAll(use.option().keywords().values()); // may name what the macro takes from
      }
      case Directive.View view -> add(view.module(), into);
      case Directive.Block block -> {
        add(block.module(), into);
        add(block.around(), into);
      }
    }
  }

  private static void add(@Nullable String module, Set<String> into) {
    if (module != null) {
      into.add(module);
    }
  }
}
