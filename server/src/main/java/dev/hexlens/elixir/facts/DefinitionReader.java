package dev.hexlens.elixir.facts;

import dev.hexlens.elixir.facts.Definition.Clause;
import dev.hexlens.elixir.facts.Definition.Kind;
import dev.hexlens.elixir.facts.Reference.Dependence;
import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.elixir.syntax.QuotedTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the definitions of modules, functions, macros, structs and protocols. */
final class DefinitionReader {
  private final Walk walk;
  private final QuotedTree tree;

  DefinitionReader(Walk walk) {
    this.walk = walk;
    this.tree = walk.tree;
  }

  void module(int node, Word word) {
    int name = tree.child(node, 0);
    walk.mark(name, Walk.DONE);
    String module = walk.scopes.moduleName();
    enterBody(node);
    if (module != null) {
      define(
          word == Word.DEFPROTOCOL ? Kind.PROTOCOL : Kind.MODULE, module, nameClause(name, node));
    }
  }

  void implementation(int node) {
    int protocol = tree.child(node, 0);
    String module = walk.scopes.moduleName();
    int index = walk.scopes.module();
    enterBody(node);
    if (protocol < 0 || !walk.scopes.isAliases(protocol)) {
      return;
    }
    String protocolName = walk.scopes.resolve(protocol);
    Clause name = nameClause(protocol, node);
    walk.references.add(
        Reference.Kind.IMPLEMENTATION,
        name.nameStart(),
        name.nameEnd(),
        Symbol.module(protocolName),
        Certainty.RESOLVED,
        Dependence.NONE);
    if (module == null) {
      return;
    }
    int types = walk.scopes.keywordValue(node, Word.FOR.in(tree.names()));
    if (tree.is(types, Form.LIST)) {
      List<String> twins = new ArrayList<>();
      for (int type = tree.next(types + 1); type < tree.next(types); type = tree.next(type)) {
        String target = walk.scopes.resolve(type);
        if (target != null) {
          twins.add(protocolName + "." + target);
        }
      }
      walk.definitions.twins(index, twins);
    }
    define(Kind.IMPLEMENTATION, module, name);
    walk.scopes.attribute("protocol", protocolName);
    walk.scopes.attribute("for", module.substring(String.valueOf(protocolName).length() + 1));
  }

  private void enterBody(int node) {
    walk.open(node);
    walk.function = -1;
    walk.recipeClause = walk.newClause();
    if (walk.scopes.module() >= 0) {
      walk.recipes.openBody(walk.recipeClause, walk.scopes.module());
    }
  }

  private void define(Kind kind, String module, Clause clause) {
    walk.definitions.add(
        kind, walk.scopes.module(), module, null, -1, -1, walk.is(Walk.IN_QUOTE), clause);
  }

  private Clause nameClause(int name, int node) {
    int start = tree.start(name);
    int end = tree.end(name);
    if (walk.scopes.isAliases(name) && tree.hasChildren(name)) {
      start = tree.start(name + 1);
      end = tree.end(tree.lastChild(name));
    }
    return new Clause(start, end, tree.start(node), tree.end(node));
  }

  void struct(int node, Word word) {
    String module = walk.scopes.moduleName();
    if (module != null && !walk.is(Walk.IN_QUOTE)) {
      int start = walk.ranges.start(node);
      define(
          word == Word.DEFSTRUCT ? Kind.STRUCT : Kind.EXCEPTION,
          module,
          new Clause(start, walk.ranges.end(start), tree.start(node), tree.end(node)));
    }
  }

  /** {@code Record.defrecord :name, …} defines a macro of 0 to 2 arguments. */
  void record(int node, int name, Word word) {
    String module = walk.scopes.moduleName();
    if (module == null || !tree.is(name, Form.ATOM) || walk.is(Walk.IN_QUOTE)) {
      return;
    }
    walk.definitions.add(
        word == Word.DEFRECORD ? Kind.MACRO : Kind.PRIVATE_MACRO,
        walk.scopes.module(),
        module,
        tree.text(name),
        0,
        2,
        false,
        new Clause(tree.start(name) + 1, tree.end(name), tree.start(node), tree.end(node)));
  }

  void function(int node, Word word) {
    int guarded = tree.child(node, 0);
    if (guarded < 0 || walk.isMarked(node, Walk.DONE)) {
      return;
    }
    definer(node);
    int head = walk.isCall(guarded, Word.WHEN) ? tree.child(guarded, 0) : guarded;
    if (head < 0) {
      return;
    }
    walk.mark(head, Walk.PATTERN | Walk.DONE);
    walk.open(node);
    walk.newClause();
    if (walk.isCall(head, Word.UNQUOTE)
        || (!tree.is(head, Form.CALL) && !tree.is(head, Form.VARIABLE))) {
      walk.marks[head] &= (byte) ~Walk.DONE; // the name is computed
      generated(node, head, word);
      return;
    }
    int arity = tree.is(head, Form.VARIABLE) ? 0 : tree.childCount(head);
    String module = owner();
    if (module == null) {
      return;
    }
    boolean quoted = walk.is(Walk.IN_QUOTE);
    String name = tree.text(head);
    if (quoted) {
      walk.recipes.add(
          walk.recipeClause, new Recipe.Define(name, arity - defaults(head), arity, isMacro(word)));
    }
    int definition =
        walk.definitions.add(
            kind(word),
            walk.scopes.module(),
            module,
            name,
            arity - defaults(head),
            arity,
            quoted,
            clause(node, head, name));
    if (!quoted) {
      walk.function = definition;
      walk.recipeClause = walk.clause;
      walk.recipes.open(walk.clause, walk.scopes.module(), name + "/" + arity, literal(head));
    }
    if (word == Word.DEFDELEGATE) {
      delegate(node, head, name, arity);
    }
  }

  /** {@code def unquote(name)(…)} in a loop over literal names. */
  private void generated(int node, int head, Word word) {
    String module = walk.scopes.moduleName();
    int unquote = walk.isCall(head, Word.UNQUOTE) ? head : head + 1;
    if (module == null || !walk.isCall(unquote, Word.UNQUOTE) || walk.is(Walk.IN_QUOTE)) {
      return;
    }
    int arity = unquote == head ? 0 : tree.childCount(head) - 1;
    Clause clause =
        new Clause(tree.start(unquote), tree.end(unquote), tree.start(node), tree.end(node));
    for (String name : walk.generators.names(unquote)) {
      int definition =
          walk.definitions.add(
              kind(word),
              walk.scopes.module(),
              module,
              name,
              arity - defaults(head),
              arity,
              false,
              clause);
      walk.function = walk.function < 0 ? definition : walk.function;
    }
  }

  /** The word {@code def} is a call of Kernel's, unless a {@code use} puts its own in place. */
  private void definer(int node) {
    if (walk.environment >= 0 && !walk.is(Walk.IN_QUOTE)) {
      int start = walk.ranges.start(node);
      walk.references.local(
          Reference.Kind.CALL,
          start,
          walk.ranges.end(start),
          tree.text(node),
          tree.childCount(node),
          true);
    }
  }

  /**
   * A definition that the parser could not read whole: a word such as {@code def}, and behind it
   * the head. Its body is what follows, up to the next definition.
   *
   * @return whether it is one
   */
  boolean damaged(int node) {
    Word word = walk.word(node);
    int head = walk.scopes.damagedHead(node);
    if (word == null || head < 0 || tree.start(head) < tree.end(node)) {
      return false;
    }
    String module = walk.scopes.moduleName();
    return module != null
        && switch (word) {
          case DEFMODULE -> damagedModule(node, head, module);
          case DEF, DEFP, DEFMACRO, DEFMACROP -> damagedFunction(node, head, module, word);
          default -> false;
        };
  }

  private boolean damagedModule(int node, int name, String module) {
    if (!walk.scopes.isAliases(name)) {
      return false;
    }
    walk.mark(name, Walk.DONE);
    define(Kind.MODULE, module, nameClause(name, node));
    return true;
  }

  private boolean damagedFunction(int node, int guarded, String module, Word word) {
    int head = walk.isCall(guarded, Word.WHEN) ? tree.child(guarded, 0) : guarded;
    boolean named = tree.is(head, Form.CALL) || tree.is(head, Form.VARIABLE);
    String name = named ? tree.text(head) : "";
    if (!FactsWalk.isIdentifier(name) || walk.word(head) != null) {
      return false;
    }
    walk.mark(head, Walk.PATTERN | Walk.DONE);
    walk.newClause();
    int arity = tree.childCount(head);
    int start = walk.ranges.start(head);
    Clause clause = new Clause(start, walk.ranges.end(start), tree.start(node), tree.end(guarded));
    walk.function =
        walk.definitions.add(
            kind(word),
            walk.scopes.module(),
            module,
            name,
            arity - defaults(head),
            arity,
            false,
            clause);
    return true;
  }

  /** The module that the function belongs to; for quoted code the one of the macro. */
  private @Nullable String owner() {
    if (!walk.is(Walk.IN_QUOTE)) {
      return walk.scopes.moduleName();
    }
    return walk.function < 0 ? null : walk.definitions.symbol(walk.function).module();
  }

  private int defaults(int head) {
    int defaults = 0;
    if (tree.is(head, Form.CALL) || tree.is(head, Form.APPLY)) {
      for (int argument = head + 1; argument < tree.next(head); argument = tree.next(argument)) {
        defaults += walk.isCall(argument, Word.DEFAULT) ? 1 : 0;
      }
    }
    return defaults;
  }

  /** The atom that a clause's first argument must be, null for any other argument. */
  private @Nullable String literal(int head) {
    int first = tree.is(head, Form.CALL) ? tree.child(head, 0) : -1;
    return tree.is(first, Form.ATOM) ? tree.text(first) : null;
  }

  private Clause clause(int node, int head, String name) {
    int start;
    int end;
    if (FactsWalk.isIdentifier(name)) {
      start = walk.ranges.start(head);
      end = walk.ranges.end(start);
    } else {
      byte[] sign = name.getBytes(StandardCharsets.UTF_8);
      int found = tree.hasChildren(head) ? walk.ranges.operatorStart(head, sign) : -1;
      start = found < 0 ? tree.start(head) : found;
      end = start + sign.length;
    }
    return new Clause(start, end, tree.start(node), tree.end(node));
  }

  private void delegate(int node, int head, String name, int arity) {
    int to = walk.scopes.keywordValue(node, Word.TO.in(tree.names()));
    int as = walk.scopes.keywordValue(node, Word.AS.in(tree.names()));
    boolean renamed = tree.is(as, Form.ATOM);
    int start = renamed ? tree.start(as) + 1 : walk.ranges.start(head);
    walk.references.add(
        Reference.Kind.CALL,
        start,
        renamed ? tree.end(as) : walk.ranges.end(start),
        Symbol.function(walk.scopes.resolve(to), renamed ? tree.text(as) : name, arity),
        Certainty.RESOLVED,
        Dependence.NONE);
  }

  private static boolean isMacro(Word word) {
    return switch (word) {
      case DEFMACRO, DEFMACROP, DEFGUARD, DEFGUARDP -> true;
      default -> false;
    };
  }

  private static Kind kind(Word word) {
    return switch (word) {
      case DEFP -> Kind.PRIVATE_FUNCTION;
      case DEFMACRO -> Kind.MACRO;
      case DEFMACROP, DEFGUARDP -> Kind.PRIVATE_MACRO;
      case DEFGUARD -> Kind.GUARD;
      case DEFDELEGATE -> Kind.DELEGATE;
      default -> Kind.FUNCTION;
    };
  }
}
