package dev.hexlens.elixir.facts;

import dev.hexlens.elixir.facts.Definition.Clause;
import dev.hexlens.elixir.facts.Directive.Option;
import dev.hexlens.elixir.facts.Directive.Use;
import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.elixir.syntax.QuotedTree;
import org.jspecify.annotations.Nullable;

/**
 * ExUnit's case templates: {@code use ExUnit.CaseTemplate} makes a module that can be used itself,
 * as a test case, and {@code using do … end} in it is its {@code __using__}.
 */
final class CaseTemplates {
  private static final String TEMPLATE = "ExUnit.CaseTemplate";
  private static final String USING = "__using__";

  private final Walk walk;
  private final QuotedTree tree;

  CaseTemplates(Walk walk) {
    this.walk = walk;
    this.tree = walk.tree;
  }

  /** A {@code use} in a module's body: one of a template makes those who use it test cases. */
  void used(@Nullable String module) {
    if (TEMPLATE.equals(module) && isBody()) {
      int clause = walk.detachedClause();
      walk.recipes.open(clause, walk.scopes.module(), USING + "/1", null);
      Use testCase = new Use("ExUnit.Case", USING, Option.NONE);
      walk.recipes.add(clause, new Recipe.Take(testCase, null, false));
    }
  }

  /** Takes {@code using do … end} and {@code using options do … end} as what they define. */
  void using(int node) {
    String module = walk.scopes.moduleName();
    int block = tree.lastChild(node);
    if (module == null || !isBody() || !tree.is(block, Form.LIST) || !isInTemplate()) {
      return;
    }
    int start = walk.ranges.start(node);
    Clause clause = new Clause(start, walk.ranges.end(start), tree.start(node), tree.end(node));
    int definition =
        walk.definitions.add(
            Definition.Kind.MACRO, walk.scopes.module(), module, USING, 1, 1, false, clause);
    if (tree.childCount(node) == 2) {
      walk.mark(tree.child(node, 0), Walk.PATTERN);
    }
    walk.open(node);
    walk.newClause();
    walk.function = definition;
    walk.recipeClause = walk.clause;
    walk.recipes.open(walk.clause, walk.scopes.module(), USING + "/1", null);
  }

  private boolean isBody() {
    return walk.function < 0 && walk.scopes.module() >= 0 && !walk.is(Walk.IN_QUOTE);
  }

  private boolean isInTemplate() {
    for (int at = walk.environment; at >= 0; at = walk.environments.get(at).outer()) {
      if (walk.environments.get(at).directive() instanceof Use use
          && TEMPLATE.equals(use.module())) {
        return true;
      }
    }
    return false;
  }
}
