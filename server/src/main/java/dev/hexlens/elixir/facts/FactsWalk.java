package dev.hexlens.elixir.facts;

import dev.hexlens.elixir.facts.Recipe.OptionValue;
import dev.hexlens.elixir.facts.Reference.Dependence;
import dev.hexlens.elixir.facts.Reference.Kind;
import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.elixir.syntax.QuotedTree;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** One walk over a file's tree, in order, that finds what it defines and what it refers to. */
final class FactsWalk {
  private final Walk walk;
  private final QuotedTree tree;
  private final DefinitionReader definitions;
  private final DirectiveReader directives;
  private final CaseTemplates templates;
  private final AttributeReader attributes;
  private final FunctionValues values;

  FactsWalk(Walk walk) {
    this.walk = walk;
    this.tree = walk.tree;
    this.templates = new CaseTemplates(walk);
    this.directives = new DirectiveReader(walk, templates);
    this.definitions = new DefinitionReader(walk);
    this.attributes = new AttributeReader(walk, directives);
    this.values = new FunctionValues(walk);
  }

  void run() {
    for (int node = 0; node < tree.size(); node++) {
      walk.enter(node);
      switch (tree.form(node)) {
        case CALL -> call(node);
        case APPLY -> apply(node);
        case VARIABLE -> variable(node);
        case PAIR -> walk.openBlock(node);
        case TEMPLATE -> {
          walk.open(node);
          walk.flags |= Walk.IN_TEMPLATE;
        }
        default -> {}
      }
    }
  }

  private void call(int node) {
    Word word = walk.words[tree.value(node)];
    if (word == null) {
      named(node);
      return;
    }
    switch (word) {
      case ALIASES -> moduleName(node);
      case STRUCT -> struct(node);
      case CAPTURE -> values.capture(node);
      case PIPE -> walk.mark(tree.lastChild(node), Walk.PIPED);
      case AT -> {
        if (!walk.is(Walk.IN_TEMPLATE)) { // there `@x` is an assign
          attributes.read(node);
        }
      }
      case ARROW -> {
        walk.openBlock(node);
        walk.mark(tree.child(node, 0), Walk.PATTERN);
      }
      case MATCH -> {
        walk.mark(tree.child(node, 0), Walk.PATTERN);
        option(node);
      }
      case LEFT_ARROW -> {
        walk.mark(tree.child(node, 0), Walk.PATTERN);
        walk.generators.bind(tree.child(node, 0), tree.child(node, 1));
      }
      case PIN -> walk.mark(tree.child(node, 0), Walk.EXPRESSION);
      case DEFAULT -> walk.mark(tree.child(node, 1), Walk.EXPRESSION);
      case DOUBLE_COLON -> doubleColon(node);
      case TUPLE -> values.tuple(node);
      case QUOTE -> quote(node);
      case UNQUOTE, UNQUOTE_SPLICING -> {
        if (walk.is(Walk.IN_QUOTE)) {
          walk.open(node);
          walk.flags = (walk.flags & ~Walk.IN_QUOTE) | Walk.IN_UNQUOTE;
        }
      }
      case SUPER -> superCall(node);
      case ALIAS, IMPORT, REQUIRE, USE -> directive(node, word);
      case DEF, DEFP, DEFMACRO, DEFMACROP, DEFGUARD, DEFGUARDP, DEFDELEGATE ->
          definitions.function(node, word);
      case DEFMODULE, DEFPROTOCOL -> definitions.module(node, word);
      case DEFIMPL -> definitions.implementation(node);
      case DEFSTRUCT, DEFEXCEPTION -> definitions.struct(node, word);
      case DEFRECORD, DEFRECORDP -> {
        definitions.record(node, tree.child(node, 0), word);
        named(node);
      }
      case APPLY, SPAWN, SPAWN_LINK, SPAWN_MONITOR -> {
        values.arguments(node, node + 1);
        named(node);
      }
      case EMBED_TEMPLATES -> {
        named(node);
        directives.embedTemplates(node);
      }
      case USING -> {
        named(node);
        templates.using(node);
      }
      case BLOCK, DOT, MAP, SLASH, WHEN, DEFOVERRIDABLE -> {}
      default -> named(node);
    }
  }

  private void directive(int node, Word word) {
    int arguments = tree.childCount(node) + (walk.isMarked(node, Walk.PIPED) ? 1 : 0);
    if (arguments == 0 || arguments > 2 || walk.isMarked(node, Walk.DONE)) {
      named(node); // a function of that name
      return;
    }
    switch (word) {
      case ALIAS -> directives.alias(node);
      case IMPORT -> directives.imports(node);
      case REQUIRE -> directives.require(node);
      default -> directives.use(node);
    }
  }

  /** A call of a plain name, or an operator. */
  private void named(int node) {
    if (walk.isMarked(node, Walk.DONE)) {
      return;
    }
    String name = tree.text(node);
    if (!isIdentifier(name)) {
      operator(node, name);
      return;
    }
    int arity = tree.childCount(node) + (walk.isMarked(node, Walk.PIPED) ? 1 : 0);
    if (walk.is(Walk.IN_TYPE)) {
      int start = walk.ranges.start(node);
      walk.references.local(Kind.TYPE, start, walk.ranges.end(start), name, arity, true);
    } else if (name.startsWith("sigil_")) {
      sigil(node, name);
    } else if (!KernelNames.isSpecial(name, arity)
        && !(walk.is(Walk.IN_SEGMENT) && isSegmentWord(name, arity))) {
      int start = walk.ranges.start(node);
      walk.references.local(Kind.CALL, start, walk.ranges.end(start), name, arity, false);
      if (!Arities.has(KernelNames.arities(name), arity)) {
        block(node, null, name, arity);
      }
    }
  }

  /** What stands in the do block of a macro's call may have what the macro imports. */
  private void block(int call, @Nullable String module, String name, int arity) {
    int last = tree.lastChild(call);
    boolean hasBlock =
        tree.is(last, Form.LIST)
            && last + 1 < tree.next(last)
            && tree.is(last + 1, Form.PAIR)
            && walk.word(last + 2) == Word.DO;
    if (hasBlock && !walk.is(Walk.IN_QUOTE) && walk.scopes.module() >= 0) {
      walk.open(call);
      walk.take(call + 1, new Directive.Block(module, name, arity, walk.scopes.moduleName()));
    }
  }

  static boolean isIdentifier(String name) {
    if (name.isEmpty()) {
      return false;
    }
    char first = name.charAt(0);
    if (first != '_' && !Character.isLetter(first)) {
      return false;
    }
    return switch (name) {
      case "and", "or", "not", "in", "when", "fn" -> false;
      default -> true;
    };
  }

  /** What Elixir itself knows of a bitstring's segments; {@code binary(8)} is somebody's macro. */
  private static boolean isSegmentWord(String name, int arity) {
    return switch (name) {
      case "size", "unit" -> arity == 1;
      case "integer",
          "float",
          "bits",
          "bitstring",
          "binary",
          "bytes",
          "utf8",
          "utf16",
          "utf32",
          "signed",
          "unsigned",
          "big",
          "little",
          "native" ->
          arity == 0;
      default -> false;
    };
  }

  private void sigil(int node, String name) {
    int start = tree.start(node);
    int end = start + 1 + name.length() - "sigil_".length();
    if (start < walk.source.length && walk.source[start] == '~') {
      walk.references.local(Kind.CALL, start, end, name, 2, true);
    } else {
      start = walk.ranges.start(node);
      walk.references.local(
          Kind.CALL, start, walk.ranges.end(start), name, tree.childCount(node), false);
    }
  }

  /** An operator is a reference where a module other than Kernel defines it. */
  private void operator(int node, String sign) {
    int operands = tree.childCount(node);
    if (walk.is(Walk.IN_TYPE) || operands == 0 || operands > 2 || isStructural(sign)) {
      return;
    }
    int start = walk.ranges.operatorStart(node, sign.getBytes(StandardCharsets.UTF_8));
    if (start >= 0) {
      walk.references.local(Kind.CALL, start, start + sign.length(), sign, operands, true);
    }
  }

  static boolean isStructural(String sign) {
    return switch (sign) {
      case "<<>>", "..", "{}", "%{}", "|", "->", "when", "fn", "and", "or", "not", "in" -> true;
      default -> false;
    };
  }

  // Module names.

  private void moduleName(int node) {
    if (!walk.isMarked(node, Walk.DONE)) {
      reference(Kind.ALIAS, node);
    }
  }

  /** A reference to the module that this alias, or {@code __MODULE__}, stands for. */
  private void reference(Kind kind, int node) {
    directives.module(kind, node, walk.scopes.resolve(node));
  }

  private void struct(int node) {
    int name = tree.child(node, 0);
    if (walk.scopes.isAliases(name) || walk.word(name) == Word.MODULE) {
      reference(Kind.STRUCT, name);
    }
  }

  // Calls of other modules.

  private void apply(int node) {
    int dot = node + 1;
    if (!walk.isCall(dot, Word.DOT)) {
      return;
    }
    int receiver = tree.child(dot, 0);
    int name = tree.child(dot, 1);
    if (!tree.is(name, Form.ATOM)
        || tree.start(name) == tree.end(name)
        || walk.isMarked(node, Walk.DONE)) {
      return;
    }
    int arity = tree.childCount(node) - 1 + (walk.isMarked(node, Walk.PIPED) ? 1 : 0);
    remote(walk.is(Walk.IN_TYPE) ? Kind.TYPE : Kind.CALL, node, receiver, name, arity);
    record(node, name);
    each(node, name);
    String module = walk.scopes.resolve(receiver);
    if (module != null && !walk.is(Walk.IN_TYPE)) {
      block(node, module, tree.text(name), arity);
    }
    if (FunctionValues.isRunner(module)) {
      values.arguments(node, tree.next(dot));
    }
  }

  /** {@code Record.defrecord}, which defines macros. */
  private void record(int node, int name) {
    Word word = walk.word(name);
    if (word == Word.DEFRECORD || word == Word.DEFRECORDP) {
      definitions.record(node, tree.child(node, 1), word);
    }
  }

  /** {@code Enum.each(list, fn name -> … end)}. */
  private void each(int node, int name) {
    int function = tree.child(node, 2);
    if (tree.is(name, Form.ATOM, "each") && tree.is(function, Form.CALL, "fn")) {
      int clause = tree.child(function, 0);
      int arguments = clause < 0 ? -1 : tree.child(clause, 0);
      if (arguments >= 0 && tree.childCount(arguments) == 1) {
        walk.generators.bind(arguments + 1, tree.child(node, 1));
      }
    }
  }

  private void remote(Kind kind, int node, int receiver, int name, int arity) {
    String module = walk.scopes.resolve(receiver);
    if (module == null && !hasArguments(node, name)) {
      return; // a field of a map, as far as one can see
    }
    boolean byAttribute = walk.isCall(receiver, Word.AT);
    boolean overridable =
        walk.environment >= 0
            && !walk.scopes.isAliased(receiver)
            && walk.scopes.isAliases(receiver);
    Symbol symbol =
        kind == Kind.TYPE
            ? new Symbol(Symbol.Namespace.TYPE, module, tree.text(name), arity)
            : Symbol.function(module, tree.text(name), arity);
    walk.references.add(
        kind,
        tree.start(name),
        tree.end(name),
        symbol,
        byAttribute ? Certainty.INFERRED : Certainty.RESOLVED,
        overridable ? Dependence.UNLESS_ALIASED : Dependence.NONE);
  }

  private boolean hasArguments(int node, int name) {
    return walk.isMarked(node, Walk.PIPED)
        || tree.childCount(node) > 1
        || walk.ranges.isLonger(tree.end(name), tree.end(node));
  }

  private void superCall(int node) {
    if (walk.function < 0 || walk.is(Walk.IN_QUOTE)) {
      return;
    }
    Symbol own = walk.definitions.symbol(walk.function);
    int start = walk.ranges.start(node);
    walk.references.add(
        Kind.CALL, start, walk.ranges.end(start), own, Certainty.INFERRED, Dependence.NONE);
  }

  // Variables.

  private void variable(int node) {
    if (walk.isMarked(node, Walk.DONE)) {
      return;
    }
    int name = tree.value(node);
    String text = tree.text(node);
    if (tree.damaged() && definitions.damaged(node)) {
      return;
    }
    if (walk.isMarked(node, Walk.PIPED)) {
      if (isIdentifier(text) && !KernelNames.isSpecial(text, 1)) {
        int start = walk.ranges.start(node);
        walk.references.local(Kind.CALL, start, walk.ranges.end(start), text, 1, false);
      }
      return;
    }
    if (text.startsWith("_") || !isIdentifier(text)) {
      return;
    }
    if (walk.is(Walk.IN_TYPE)) {
      int start = walk.ranges.start(node);
      walk.references.local(Kind.TYPE, start, walk.ranges.end(start), text, 0, true);
    } else if (walk.is(Walk.IN_PATTERN)) {
      walk.bind(name);
    } else if (!walk.isBound(name)
        && !walk.is(Walk.IN_QUOTE | Walk.IN_SEGMENT)
        && walk.scopes.module() >= 0) {
      int start = walk.ranges.start(node);
      walk.references.local(Kind.CALL, start, walk.ranges.end(start), text, 0, true);
    }
  }

  private void doubleColon(int node) {
    int left = tree.child(node, 0);
    int right = tree.child(node, 1);
    if (!walk.is(Walk.IN_TYPE)) {
      walk.mark(right, Walk.SEGMENT);
    } else if (tree.is(left, Form.VARIABLE)) {
      walk.mark(left, Walk.DONE); // the name of an argument
    }
  }

  // Quoted code and what it does to its caller.

  private void quote(int node) {
    for (int list = node + 1; list < tree.next(node); list = tree.next(list)) {
      if (!tree.is(list, Form.LIST)) {
        walk.mark(list, Walk.QUOTE);
        continue;
      }
      for (int pair = list + 1; pair < tree.next(list); pair = tree.next(pair)) {
        if (tree.is(pair, Form.PAIR) && walk.word(pair + 1) == Word.DO) {
          walk.mark(tree.next(pair + 1), Walk.QUOTE);
        }
      }
    }
  }

  /** {@code variable = Keyword.get(opts, :key)} in a macro. */
  private void option(int node) {
    int left = tree.child(node, 0);
    if (walk.function >= 0 && tree.is(left, Form.VARIABLE)) {
      OptionValue value = directives.optionValue(tree.child(node, 1));
      if (value != null) {
        walk.recipes.option(walk.recipeClause, tree.value(left), value);
      }
    }
  }
}
