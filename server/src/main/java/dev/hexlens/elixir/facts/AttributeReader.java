package dev.hexlens.elixir.facts;

import dev.hexlens.elixir.facts.Definition.Clause;
import dev.hexlens.elixir.facts.Definition.Kind;
import dev.hexlens.elixir.facts.Reference.Dependence;
import dev.hexlens.elixir.facts.Symbol.Namespace;
import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.elixir.syntax.QuotedTree;
import org.jspecify.annotations.Nullable;

/** Reads what stands behind an {@code @}: attributes, types, specs, callbacks and behaviours. */
final class AttributeReader {
  private final Walk walk;
  private final QuotedTree tree;
  private final DirectiveReader directives;

  AttributeReader(Walk walk, DirectiveReader directives) {
    this.walk = walk;
    this.tree = walk.tree;
    this.directives = directives;
  }

  void read(int node) {
    int attribute = tree.child(node, 0);
    if (!tree.is(attribute, Form.VARIABLE) && !tree.is(attribute, Form.CALL)) {
      return;
    }
    walk.mark(attribute, Walk.DONE);
    boolean sets = tree.is(attribute, Form.CALL) && tree.hasChildren(attribute);
    Word word = walk.word(attribute);
    if (word == null) {
      own(node, attribute, sets);
      return;
    }
    int value = sets ? tree.child(attribute, 0) : -1;
    switch (word) {
      case SPEC -> {
        specification(value);
        walk.mark(value, Walk.TYPE);
      }
      case TYPE, TYPEP, OPAQUE -> type(node, value, word == Word.OPAQUE ? Kind.OPAQUE : Kind.TYPE);
      case CALLBACK, MACROCALLBACK -> callback(node, value);
      case BEHAVIOUR, IMPL -> {
        if (walk.scopes.isAliases(value)) {
          directives.module(Reference.Kind.BEHAVIOUR, value, walk.scopes.resolve(value));
        }
      }
      case DERIVE -> derive(value);
      case BEFORE_COMPILE -> {
        if (value >= 0) {
          directives.beforeCompile(node, value);
        }
      }
      default -> {
        if (!isReserved(word)) {
          own(node, attribute, sets);
        }
      }
    }
  }

  private static boolean isReserved(Word word) {
    return word.ordinal() >= Word.DOC.ordinal();
  }

  /** An attribute of the module's own. */
  private void own(int node, int attribute, boolean sets) {
    String module = walk.scopes.moduleName();
    if (module == null || walk.is(Walk.IN_QUOTE)) {
      return;
    }
    String name = tree.text(attribute);
    int start = walk.ranges.start(attribute);
    int end = walk.ranges.end(start);
    if (!sets) {
      walk.references.add(
          Reference.Kind.ATTRIBUTE,
          start,
          end,
          new Symbol(Namespace.ATTRIBUTE, module, name, -1),
          Certainty.RESOLVED,
          Dependence.NONE);
      return;
    }
    int value = tree.child(attribute, 0);
    walk.scopes.attribute(name, held(value));
    walk.generators.attribute(name, value);
    walk.definitions.add(
        Kind.ATTRIBUTE,
        walk.scopes.module(),
        module,
        name,
        -1,
        -1,
        false,
        new Clause(start, end, tree.start(node), tree.end(node)));
  }

  /** The module that an attribute's value is, or is unless the configuration says otherwise. */
  private @Nullable String held(int value) {
    if (tree.is(value, Form.APPLY) && walk.isCall(value + 1, Word.DOT)) {
      int name = tree.child(value + 1, 1);
      String reads =
          walk.scopes.resolve(tree.child(value + 1, 0)) + "." + tree.text(Math.max(name, 0));
      boolean configured =
          reads.equals("Application.compile_env") || reads.equals("Application.get_env");
      return configured && tree.childCount(value) == 4
          ? walk.scopes.resolve(tree.lastChild(value))
          : null;
    }
    return walk.scopes.resolve(value);
  }

  /** The head of a spec names a function of the module; it is not a call. */
  private int specification(int value) {
    int type = walk.isCall(value, Word.WHEN) ? tree.child(value, 0) : value;
    if (!walk.isCall(type, Word.DOUBLE_COLON)) {
      return -1;
    }
    int head = tree.child(type, 0);
    if (!walk.isCall(head, Word.UNQUOTE)) {
      walk.mark(head, Walk.DONE);
    }
    return head;
  }

  private void type(int node, int value, Kind kind) {
    int head = walk.isCall(value, Word.DOUBLE_COLON) ? tree.child(value, 0) : value;
    define(node, head, kind);
    if (head >= 0 && !walk.isCall(head, Word.UNQUOTE)) {
      walk.mark(head, Walk.DONE);
      for (int parameter = head + 1;
          parameter < tree.next(head);
          parameter = tree.next(parameter)) {
        walk.mark(parameter, Walk.DONE);
      }
    }
    walk.mark(value, Walk.TYPE);
  }

  private void callback(int node, int value) {
    int head = specification(value);
    define(node, head, Kind.CALLBACK);
    walk.mark(value, Walk.TYPE);
  }

  private void define(int node, int head, Kind kind) {
    String module = owner();
    boolean named = tree.is(head, Form.VARIABLE) || tree.is(head, Form.CALL);
    if (module == null
        || !named
        || !FactsWalk.isIdentifier(tree.text(head))
        || walk.isCall(head, Word.UNQUOTE)) {
      return;
    }
    int start = walk.ranges.start(head);
    int arity = tree.is(head, Form.CALL) ? tree.childCount(head) : 0;
    walk.definitions.add(
        kind,
        walk.scopes.module(),
        module,
        tree.text(head),
        arity,
        arity,
        walk.is(Walk.IN_QUOTE),
        new Clause(start, walk.ranges.end(start), tree.start(node), tree.end(node)));
  }

  private @Nullable String owner() {
    return walk.is(Walk.IN_QUOTE) ? null : walk.scopes.moduleName();
  }

  /** {@code @derive Protocol}, {@code @derive {Protocol, options}}, or a list of those. */
  private void derive(int value) {
    if (tree.is(value, Form.LIST)) {
      for (int item = value + 1; item < tree.next(value); item = tree.next(item)) {
        derived(item);
      }
    } else if (value >= 0) {
      derived(value);
    }
  }

  private void derived(int item) {
    int protocol = tree.is(item, Form.TUPLE) || tree.is(item, Form.PAIR) ? item + 1 : item;
    if (walk.scopes.isAliases(protocol)) {
      directives.module(Reference.Kind.IMPLEMENTATION, protocol, walk.scopes.resolve(protocol));
    }
  }
}
