package dev.hexlens.elixir.facts;

import dev.hexlens.elixir.facts.Recipe.OptionValue;
import dev.hexlens.elixir.facts.Recipe.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The recipes of a file while it is walked, one for each clause of a function that quotes
 * something.
 */
final class Recipes {
  /** The function, as it were, that a module's body is. */
  private static final String BODY = "";

  private static final class Clause {
    final int module;
    final String function;
    final @Nullable String when;
    final List<Step> steps = new ArrayList<>();
    final Map<Integer, OptionValue> options = new HashMap<>();
    final List<String> templates = new ArrayList<>();

    Clause(int module, String function, @Nullable String when) {
      this.module = module;
      this.function = function;
      this.when = when;
    }
  }

  private final Map<Integer, Clause> clauses = new LinkedHashMap<>();

  /** The modules of clauses with steps: asked at every call. */
  private final Set<Integer> modules = new HashSet<>();

  /** Says which function a clause belongs to; {@code function} is {@code name/arity}. */
  void open(int clause, int module, String function, @Nullable String when) {
    clauses.put(clause, new Clause(module, function, when));
  }

  /** The same for a module's body. */
  void openBody(int clause, int module) {
    open(clause, module, BODY, null);
  }

  /** Says that the module whose body this is embeds templates. */
  void embed(int body, String pattern) {
    Clause open = clauses.get(body);
    if (open != null) {
      open.templates.add(pattern);
    }
  }

  void add(int clause, Step step) {
    Clause open = clauses.get(clause);
    if (open != null) {
      open.steps.add(step);
      if (!open.function.equals(BODY)) {
        modules.add(open.module);
      }
    }
  }

  /** Says that a variable of a clause holds an option. */
  void option(int clause, int variable, OptionValue value) {
    Clause open = clauses.get(clause);
    if (open != null) {
      open.options.put(variable, value);
    }
  }

  @Nullable OptionValue option(int clause, int variable) {
    Clause open = clauses.get(clause);
    return open == null ? null : open.options.get(variable);
  }

  /** Whether any clause of the module does something to its caller. */
  boolean any(int module) {
    return modules.contains(module);
  }

  /** The recipes of a module by function, those that do nothing left out. */
  Map<String, List<Recipe>> of(int module) {
    Map<String, List<Recipe>> recipes = new LinkedHashMap<>();
    for (Clause clause : clauses.values()) {
      if (clause.module == module && !clause.function.equals(BODY) && !clause.steps.isEmpty()) {
        recipes
            .computeIfAbsent(clause.function, f -> new ArrayList<>())
            .add(new Recipe(clause.when, List.copyOf(clause.steps)));
      }
    }
    prune(recipes);
    return recipes;
  }

  /** What a module gives to its templates, null where it is not one that has any. */
  @Nullable TemplateScope templates(int module) {
    for (Clause clause : clauses.values()) {
      if (clause.module == module && clause.function.equals(BODY)) {
        boolean view =
            !clause.templates.isEmpty()
                || clause.steps.stream()
                    .anyMatch(step ->
                        step instanceof Recipe.Take(Directive.Use use, var from, var inner)
                            && TemplateScope.isView(use));
        return view ? new TemplateScope("", clause.templates, clause.steps) : null;
      }
    }
    return null;
  }

  /** Drops steps that include what does nothing, until none is left. */
  private static void prune(Map<String, List<Recipe>> recipes) {
    boolean changed = true;
    while (changed) {
      changed = false;
      var names = recipes.keySet().iterator();
      Map<String, List<Recipe>> kept = new LinkedHashMap<>();
      while (names.hasNext()) {
        String name = names.next();
        List<Recipe> useful = new ArrayList<>();
        for (Recipe recipe : recipes.getOrDefault(name, List.of())) {
          List<Step> steps =
              recipe.steps().stream().filter(s -> isUseful(s, name, recipes)).distinct().toList();
          changed |= steps.size() != recipe.steps().size();
          if (!steps.isEmpty()) {
            useful.add(new Recipe(recipe.when(), steps));
          }
        }
        if (!useful.isEmpty()) {
          kept.put(name, useful);
        }
      }
      recipes.clear();
      recipes.putAll(kept);
    }
  }

  private static boolean isUseful(Step step, String function, Map<String, List<Recipe>> recipes) {
    if (step instanceof Recipe.Include include) {
      String included = include.name() + "/" + include.arity();
      return !included.equals(function) && recipes.containsKey(included);
    }
    return true;
  }
}
