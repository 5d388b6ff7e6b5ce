package dev.hexlens.elixir.facts;

import dev.hexlens.elixir.facts.Reference.Dependence;
import dev.hexlens.elixir.facts.Reference.Kind;
import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.elixir.syntax.QuotedTree;
import org.jspecify.annotations.Nullable;

/**
 * Reads functions that are named without being called: captures, and modules, names and arguments
 * side by side.
 */
final class FunctionValues {
  private final Walk walk;
  private final QuotedTree tree;

  FunctionValues(Walk walk) {
    this.walk = walk;
    this.tree = walk.tree;
  }

  /**
   * A module, a function's name and its arguments, one behind the other among a call's arguments.
   */
  void arguments(int call, int from) {
    for (int module = from; module < tree.next(call); module = tree.next(module)) {
      int name = tree.next(module);
      int arguments = name < tree.next(call) ? tree.next(name) : tree.next(call);
      if (arguments < tree.next(call) && tree.is(arguments, Form.LIST)) {
        value(module, name, tree.childCount(arguments));
      }
    }
    include(call);
  }

  /** {@code {Module, :function, arity or arguments}}. */
  void tuple(int node) {
    if (tree.childCount(node) != 3) {
      return;
    }
    int module = node + 1;
    int name = tree.next(module);
    int last = tree.next(name);
    if (tree.is(last, Form.LIST)) {
      value(module, name, tree.childCount(last));
    } else if (tree.is(last, Form.INTEGER) && tree.text(last).length() < 3) {
      value(module, name, Integer.parseInt(tree.text(last)));
    }
  }

  private void value(int module, int name, int arity) {
    boolean literal = walk.scopes.isAliases(module) || walk.word(module) == Word.MODULE;
    if (!literal
        || !tree.is(name, Form.ATOM)
        || tree.start(name) >= tree.end(name)
        || walk.is(Walk.IN_TYPE | Walk.IN_PATTERN)) {
      return;
    }
    String target = walk.scopes.resolve(module);
    if (target != null && walk.source[tree.start(name)] == ':') {
      walk.references.add(
          Kind.CALL,
          tree.start(name) + 1,
          tree.end(name),
          Symbol.function(target, tree.text(name), arity),
          Certainty.INFERRED,
          Dependence.NONE);
    }
  }

  void capture(int node) {
    int slash = tree.child(node, 0);
    if (!walk.isCall(slash, Word.SLASH)) {
      return;
    }
    int function = tree.child(slash, 0);
    int count = tree.child(slash, 1);
    if (!tree.is(count, Form.INTEGER) || tree.text(count).length() > 3) {
      return;
    }
    int arity = Integer.parseInt(tree.text(count));
    if (tree.is(function, Form.VARIABLE)
        || (tree.is(function, Form.CALL) && !tree.hasChildren(function))) {
      String name = tree.text(function);
      walk.mark(function, Walk.DONE);
      if (FactsWalk.isIdentifier(name) && !KernelNames.isSpecial(name, arity)) {
        int start = walk.ranges.start(function);
        walk.references.local(Kind.CAPTURE, start, walk.ranges.end(start), name, arity, false);
      } else if (!FactsWalk.isStructural(name)) {
        int start = tree.start(function);
        walk.references.local(Kind.CAPTURE, start, tree.end(function), name, arity, true);
      }
    } else if (tree.is(function, Form.APPLY)
        && tree.childCount(function) == 1
        && walk.isCall(function + 1, Word.DOT)) {
      int name = tree.child(function + 1, 1);
      if (tree.is(name, Form.ATOM)) {
        walk.mark(function, Walk.DONE);
        capture(function, name, arity);
      }
    }
  }

  private void capture(int function, int name, int arity) {
    int receiver = tree.child(function + 1, 0);
    String module = walk.scopes.resolve(receiver);
    boolean overridable =
        walk.environment >= 0
            && walk.scopes.isAliases(receiver)
            && !walk.scopes.isAliased(receiver);
    walk.references.add(
        Kind.CAPTURE,
        tree.start(name),
        tree.end(name),
        Symbol.function(module, tree.text(name), arity),
        walk.isCall(receiver, Word.AT) ? Certainty.INFERRED : Certainty.RESOLVED,
        overridable ? Dependence.UNLESS_ALIASED : Dependence.NONE);
  }

  static boolean isRunner(@Nullable String module) {
    if (module == null) {
      return false;
    }
    return switch (module) {
      case "Kernel",
          ":erlang",
          ":proc_lib",
          ":timer",
          ":rpc",
          "Task",
          "Task.Supervisor",
          "Agent",
          "Process",
          "Node" ->
          true;
      default -> false;
    };
  }

  /** {@code apply(__MODULE__, which, arguments)}: what the option names is done to the caller. */
  private void include(int call) {
    if (walk.word(call) == Word.APPLY
        && walk.word(tree.child(call, 0)) == Word.MODULE
        && tree.is(tree.child(call, 1), Form.VARIABLE)) {
      int arguments = tree.child(call, 2);
      int arity = tree.is(arguments, Form.LIST) ? tree.childCount(arguments) : -1;
      walk.recipes.add(walk.recipeClause, new Recipe.IncludeOption(arity));
    }
  }
}
