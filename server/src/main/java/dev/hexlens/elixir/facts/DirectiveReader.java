package dev.hexlens.elixir.facts;

import dev.hexlens.elixir.facts.Directive.Filter;
import dev.hexlens.elixir.facts.Directive.Import;
import dev.hexlens.elixir.facts.Directive.Option;
import dev.hexlens.elixir.facts.Directive.Use;
import dev.hexlens.elixir.facts.Recipe.OptionValue;
import dev.hexlens.elixir.facts.Reference.Dependence;
import dev.hexlens.elixir.facts.Reference.Kind;
import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.elixir.syntax.QuotedTree;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code alias}, {@code import}, {@code require} and {@code use}. */
final class DirectiveReader {
  private static final String USING = "__using__";

  private final Walk walk;
  private final CaseTemplates templates;
  private final QuotedTree tree;

  DirectiveReader(Walk walk, CaseTemplates templates) {
    this.walk = walk;
    this.templates = templates;
    this.tree = walk.tree;
  }

  void alias(int node) {
    if (walk.isMarked(node, Walk.DONE)) {
      return;
    }
    int first = named(Kind.ALIAS, node);
    int as = walk.scopes.keywordValue(node, walk.tree.names().find(new byte[] {'a', 's'}));
    walk.mark(as, Walk.DONE);
    if (inRecipe() || inBody()) {
      name(first, as);
    }
  }

  void require(int node) {
    int first = named(Kind.REQUIRE, node);
    int as = walk.scopes.keywordValue(node, walk.tree.names().find(new byte[] {'a', 's'}));
    walk.mark(as, Walk.DONE);
    if (as >= 0 && (inRecipe() || inBody())) {
      name(first, as);
    }
  }

  void imports(int node) {
    int first = named(Kind.IMPORT, node);
    if (first < 0) {
      return;
    }
    if (!walk.scopes.isBraced(first)) {
      take(node, first, imports(node, walk.scopes.resolve(first)));
      return;
    }
    for (int item = tree.next(first + 1); item < tree.next(first); item = tree.next(item)) {
      take(node, item, imports(node, walk.scopes.bracedName(item)));
    }
  }

  void use(int node) {
    int first = named(Kind.USE, node);
    if (first < 0) {
      return;
    }
    Option option = option(tree.next(first), tree.next(node));
    if (!walk.scopes.isBraced(first)) {
      use(node, first, walk.scopes.resolve(first), option);
      return;
    }
    for (int item = tree.next(first + 1); item < tree.next(first); item = tree.next(item)) {
      use(node, item, walk.scopes.bracedName(item), option);
    }
  }

  private void use(int node, int module, @Nullable String name, Option option) {
    if (name != null) {
      int start = walk.ranges.start(node);
      walk.references.add(
          Kind.USE,
          start,
          walk.ranges.end(start),
          Symbol.function(name, USING, 1),
          Certainty.RESOLVED,
          Dependence.NONE);
    }
    take(node, module, new Use(name, USING, option));
    templates.used(name);
  }

  /** {@code @before_compile Module}: a macro of that module runs at the end of this one. */
  void beforeCompile(int node, int module) {
    String name = walk.scopes.resolve(module);
    if (walk.word(module) == Word.MODULE && walk.is(Walk.IN_QUOTE)) {
      return;
    }
    take(
        node,
        module,
        new Use(name == null ? "__MODULE__" : name, "__before_compile__", Option.NONE));
  }

  private void take(int node, int module, Directive directive) {
    if (inRecipe()) {
      int inner = walk.isCall(module, Word.UNQUOTE) ? tree.child(module, 0) : -1;
      OptionValue option = inner < 0 ? null : optionOf(inner);
      Directive resolved = directive;
      if (inner >= 0 && walk.word(inner) == Word.MODULE) {
        String own = ownModule();
        resolved =
            switch (directive) {
              case Use use -> new Use(own, use.macro(), use.option());
              case Import imports ->
                  new Import(own, imports.filter(), imports.only(), imports.except());
              case Directive.Block block -> block;
              case Directive.View view -> view;
            };
      }
      walk.recipes.add(
          walk.recipeClause, new Recipe.Take(resolved, option, walk.is(Walk.IN_QUOTED_BLOCK)));
      walk.take(node, resolved);
      return;
    }
    walk.take(node, directive);
    if (inBody()) {
      walk.recipes.add(walk.recipeClause, new Recipe.Take(directive, null, false));
    }
    if (directive instanceof Use use && walk.function < 0 && walk.scopes.module() >= 0) {
      walk.uses.add(new Walk.UsedBy(walk.scopes.module(), use));
    }
  }

  private boolean inBody() {
    return walk.function < 0 && !walk.is(Walk.IN_QUOTE) && walk.recipeClause >= 0;
  }

  /** {@code embed_templates "page_html/*"}. */
  void embedTemplates(int node) {
    int pattern = tree.child(node, 0);
    if (inBody() && tree.is(pattern, Form.STRING)) {
      walk.recipes.embed(walk.recipeClause, tree.text(pattern));
    }
  }

  private boolean inRecipe() {
    return walk.is(Walk.IN_QUOTE) && walk.function >= 0;
  }

  /** The module of the macro that we are in, whose quoted code does not know it by itself. */
  private @Nullable String ownModule() {
    return walk.definitions.symbol(walk.function).module();
  }

  /** {@code alias X} in quoted code: the caller gets the name. */
  private void name(int module, int as) {
    if (module < 0) {
      return;
    }
    if (walk.scopes.isBraced(module)) {
      for (int item = tree.next(module + 1); item < tree.next(module); item = tree.next(item)) {
        String full = walk.scopes.bracedName(item);
        if (full != null) {
          walk.recipes.add(
              walk.recipeClause,
              new Recipe.Name(lastSegment(full), full, null, walk.is(Walk.IN_QUOTED_BLOCK)));
        }
      }
      return;
    }
    String full = walk.scopes.resolve(module);
    OptionValue option = null;
    if (walk.isCall(module, Word.UNQUOTE) && inRecipe()) {
      int inner = tree.child(module, 0);
      full = walk.word(inner) == Word.MODULE ? ownModule() : walk.scopes.resolve(inner);
      option = optionOf(inner);
    }
    String name =
        as >= 0 && tree.is(as + 1, Form.ATOM)
            ? tree.text(as + 1)
            : full == null ? null : lastSegment(full);
    if (name != null) {
      walk.recipes.add(
          walk.recipeClause, new Recipe.Name(name, full, option, walk.is(Walk.IN_QUOTED_BLOCK)));
    }
  }

  static String lastSegment(String module) {
    return module.substring(module.lastIndexOf('.') + 1);
  }

  // Names.

  /** Adds the references to the modules that a directive names, and returns its first argument. */
  private int named(Kind kind, int directive) {
    int first = tree.child(directive, 0);
    if (first < 0) {
      return -1;
    }
    if (walk.scopes.isBraced(first)) {
      walk.mark(first, Walk.DONE);
      walk.mark(tree.child(first + 1, 0), Walk.DONE);
      for (int item = tree.next(first + 1); item < tree.next(first); item = tree.next(item)) {
        if (walk.scopes.isAliases(item)) {
          module(kind, item, walk.scopes.bracedName(item));
          walk.mark(item, Walk.DONE);
        }
      }
    } else if (walk.scopes.isAliases(first) || isErlangModule(first)) {
      module(kind, first, walk.scopes.resolve(first));
      if (kind == Kind.USE) {
        module(Kind.ALIAS, first, walk.scopes.resolve(first));
      }
      walk.mark(first, Walk.DONE);
    }
    return first;
  }

  private boolean isErlangModule(int node) {
    return tree.is(node, Form.ATOM) && tree.start(node) < tree.end(node);
  }

  /** A reference at an alias, {@code __MODULE__} or an atom. */
  void module(Kind kind, int node, @Nullable String target) {
    int start = tree.start(node);
    int end = tree.end(node);
    if (walk.scopes.isAliases(node) && tree.hasChildren(node)) {
      start = tree.start(node + 1);
      end = tree.end(tree.lastChild(node));
    }
    boolean overridable =
        walk.environment >= 0 && walk.scopes.isAliases(node) && !walk.scopes.isAliased(node);
    walk.references.add(
        kind,
        start,
        end,
        Symbol.module(target),
        walk.isCall(node + 1, Word.AT) ? Certainty.INFERRED : Certainty.RESOLVED,
        overridable ? Dependence.UNLESS_ALIASED : Dependence.NONE);
  }

  // Options.

  private Import imports(int node, @Nullable String module) {
    int only = keyword(node, Word.ONLY);
    int except = keyword(node, Word.EXCEPT);
    Filter filter = Filter.ALL;
    Map<String, Long> names = null;
    if (tree.is(only, Form.ATOM)) {
      filter =
          switch (tree.text(only)) {
            case "functions" -> Filter.FUNCTIONS;
            case "macros" -> Filter.MACROS;
            case "sigils" -> Filter.SIGILS;
            default -> Filter.ALL;
          };
    } else if (tree.is(only, Form.LIST)) {
      names = arities(only);
    }
    return new Import(
        module, filter, names, tree.is(except, Form.LIST) ? arities(except) : Map.of());
  }

  private int keyword(int call, Word key) {
    return walk.scopes.keywordValue(call, key.in(tree.names()));
  }

  private Map<String, Long> arities(int list) {
    Map<String, Long> arities = new HashMap<>();
    for (int pair = list + 1; pair < tree.next(list); pair = tree.next(pair)) {
      if (tree.is(pair, Form.PAIR) || tree.is(pair, Form.TUPLE)) {
        int arity = tree.next(pair + 1);
        if (tree.is(pair + 1, Form.ATOM)
            && tree.is(arity, Form.INTEGER)
            && tree.text(arity).length() < 3) {
          int count = Integer.parseInt(tree.text(arity));
          Arities.add(arities, tree.text(pair + 1), count, count);
        }
      }
    }
    return arities;
  }

  /** The literal part of the arguments from one node to another. */
  private Option option(int from, int end) {
    if (from >= end) {
      return Option.NONE;
    }
    if (tree.is(from, Form.ATOM)) {
      return new Option(tree.text(from), Map.of());
    }
    if (!tree.is(from, Form.LIST)) {
      return Option.NONE;
    }
    Map<String, String> keywords = new LinkedHashMap<>();
    for (int pair = from + 1; pair < tree.next(from); pair = tree.next(pair)) {
      if (tree.is(pair, Form.PAIR) && tree.is(pair + 1, Form.ATOM)) {
        int value = tree.next(pair + 1);
        String printed =
            tree.is(value, Form.ATOM) ? ":" + tree.text(value) : walk.scopes.resolve(value);
        if (printed != null) {
          keywords.put(tree.text(pair + 1), printed);
        }
      }
    }
    return new Option(null, keywords);
  }

  private @Nullable OptionValue optionOf(int node) {
    return tree.is(node, Form.VARIABLE)
        ? walk.recipes.option(walk.recipeClause, tree.value(node))
        : optionValue(node);
  }

  /**
   * {@code Keyword.get(opts, :key, Default)} and the other ways to say it; null for anything else.
   */
  @Nullable OptionValue optionValue(int node) {
    if (!tree.is(node, Form.APPLY) || !walk.isCall(node + 1, Word.DOT)) {
      return null;
    }
    int name = tree.child(node + 1, 1);
    String module = walk.scopes.resolve(tree.child(node + 1, 0));
    int key = tree.child(node, 2);
    if (!tree.is(name, Form.ATOM) || !tree.is(key, Form.ATOM) || module == null) {
      return null;
    }
    boolean reads =
        switch (module + "." + tree.text(name)) {
          case "Keyword.get", "Keyword.fetch!", "Keyword.pop!", "Access.get", "Map.get" -> true;
          default -> false;
        };
    return reads ? new OptionValue(tree.text(key), walk.scopes.resolve(tree.child(node, 3))) : null;
  }
}
