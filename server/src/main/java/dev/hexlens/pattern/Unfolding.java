package dev.hexlens.pattern;

import static dev.hexlens.pattern.Shape.NONE;

import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.elixir.syntax.QuotedTree;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a shape asks of a node of one file, and of the nodes below it: goals that are still to be
 * proven, or none that can be.
 */
final class Unfolding {
  /** Heads of definitions and of control flow: local calls in form only. */
  private static final Set<String> NO_LOCAL_CALLS =
      Set.of(
          "def",
          "defp",
          "defmacro",
          "defmacrop",
          "defmodule",
          "defdelegate",
          "defstruct",
          "defexception",
          "defguard",
          "defguardp",
          "defprotocol",
          "defimpl",
          "case",
          "cond",
          "if",
          "unless",
          "with",
          "for",
          "try",
          "receive",
          "quote",
          "unquote",
          "unquote_splicing",
          "super",
          "fn",
          "import",
          "alias",
          "require",
          "use",
          "and",
          "or",
          "not",
          "in",
          "when",
          "__block__",
          "__aliases__");

  private final Pattern pattern;
  private final FileView file;
  private final QuotedTree tree;
  private final int[] bound;
  private final Bindings bindings;

  Unfolding(Pattern pattern, FileView file, Bindings bindings) {
    this.pattern = pattern;
    this.file = file;
    this.tree = file.tree;
    this.bound = pattern.constants().bind(tree.names());
    this.bindings = bindings;
  }

  /** The name of the nodes that a shape can be, but for pipes; NONE where there is no one name. */
  int beginning(Shape shape) {
    return switch (shape) {
      case Shape.Call call -> bound[call.name()];
      case Shape.Remote remote -> remote.function() == NONE ? NONE : bound[remote.function()];
      case Shape.Definition definition -> bound[definition.keyword()];
      case Shape.Head head -> bound[head.name()];
      default -> NONE;
    };
  }

  boolean isPair(int node) {
    Form form = tree.form(node);
    return form == Form.PAIR || form == Form.TUPLE;
  }

  Goal pair(Shape.Pair shape, int node, Goal next) {
    int left = node + 1;
    return new Goal.One(shape.left(), left, new Goal.One(shape.right(), tree.next(left), next));
  }

  private Goal children(List<Shape> items, int lead, int parent, int from, Goal next) {
    return new Goal.Many(items, 0, lead, from, tree.next(parent), next);
  }

  /** What is left to prove before {@code next}. */
  Goal one(Shape shape, int node, Goal next) {
    return switch (shape) {
      case Shape.Any any -> next;
      case Shape.Rest rest -> next;
      case Shape.Capture capture -> bindings.capture(capture.slot(), node) ? next : Goal.FAILED;
      case Shape.Literal literal -> literal(literal, node) ? next : Goal.FAILED;
      case Shape.LongText text -> longText(text, node) ? next : Goal.FAILED;
      case Shape.ListOf list ->
          tree.form(node) == Form.LIST
              ? children(list.items(), NONE, node, node + 1, next)
              : Goal.FAILED;
      case Shape.Pair pair -> isPair(node) ? pair(pair, node, next) : Goal.FAILED;
      case Shape.Tuple tuple ->
          isTuple(node) ? children(tuple.items(), NONE, node, node + 1, next) : Goal.FAILED;
      case Shape.Call call -> call(call, node, next);
      case Shape.LocalCall call -> localCall(call, node, next);
      case Shape.AnyCall call -> anyCall(call, node, next);
      case Shape.Remote remote -> remote(remote, node, next);
      case Shape.Apply apply -> apply(apply, node, next);
      case Shape.Module module -> module(module, node) ? next : Goal.FAILED;
      case Shape.MapOf map -> map(map, node, next);
      case Shape.Attribute attribute -> attribute(attribute, node, next);
      case Shape.Block block -> block(block, node, next);
      case Shape.Pipe pipe ->
          file.isPipe(node)
              ? pair(new Shape.Pair(pipe.left(), pipe.right()), node, next)
              : Goal.FAILED;
      case Shape.Head head ->
          isNamed(node, bound[head.name()]) && !tree.hasChildren(node) ? next : Goal.FAILED;
      case Shape.Definition definition -> definition(definition, node, next);
    };
  }

  private boolean literal(Shape.Literal literal, int node) {
    Form form = tree.form(node) == Form.TEMPLATE ? Form.STRING : tree.form(node);
    if (form == literal.form() && tree.value(node) == bound[literal.constant()]) {
      return true;
    }
    return literal.form() == Form.ATOM
        && file.isAlias(node)
        && file.isModule(node, ":" + pattern.constants().text(literal.constant()))
        && bindings.loosely();
  }

  private boolean longText(Shape.LongText text, int node) {
    return (tree.form(node) == Form.STRING && tree.value(node) == bound[text.text()])
        || ((tree.form(node) == Form.DIGEST || tree.form(node) == Form.TEMPLATE)
            && tree.value(node) == bound[text.digest()]);
  }

  private boolean isTuple(int node) {
    return tree.form(node) == Form.TUPLE || tree.is(node, Form.CALL, "{}");
  }

  // Calls. A stage `left |> right` is the call on its right with one argument more.

  /** The call that a node is: itself, or what it pipes into. */
  private int callee(int node) {
    if (!file.isPipe(node)) {
      return node;
    }
    int right = tree.next(node + 1);
    return switch (tree.form(right)) {
      case CALL, APPLY, VARIABLE -> right;
      default -> node;
    };
  }

  /** The operand of the pipe, the first argument; NONE for a call that is not piped. */
  private int lead(Shape.Callable call, int node, int callee) {
    boolean piped = callee != node;
    if (piped != call.piped()) {
      bindings.loosely();
    }
    return piped ? node + 1 : NONE;
  }

  private boolean isNamed(int node, int name) {
    Form form = tree.form(node);
    return tree.value(node) == name && (form == Form.CALL || form == Form.VARIABLE);
  }

  private Goal call(Shape.Call call, int node, Goal next) {
    int callee = callee(node);
    if (tree.value(callee) != bound[call.name()]) {
      return Goal.FAILED;
    }
    boolean named =
        tree.form(callee) == Form.CALL || (callee != node && tree.form(callee) == Form.VARIABLE);
    return named
        ? children(call.items(), lead(call, node, callee), callee, callee + 1, next)
        : Goal.FAILED;
  }

  private Goal localCall(Shape.LocalCall call, int node, Goal next) {
    int callee = callee(node);
    if (tree.form(callee) != Form.CALL) {
      return Goal.FAILED;
    }
    String name = tree.text(callee);
    char first = name.isEmpty() ? ' ' : name.charAt(0);
    if (!(Character.isLetter(first) || first == '_') || NO_LOCAL_CALLS.contains(name)) {
      return Goal.FAILED;
    }
    return children(call.items(), lead(call, node, callee), callee, callee + 1, next);
  }

  private Goal anyCall(Shape.AnyCall call, int node, Goal next) {
    int callee = callee(node);
    return switch (tree.form(callee)) {
      case CALL -> children(call.items(), lead(call, node, callee), callee, callee + 1, next);
      case APPLY ->
          children(call.items(), lead(call, node, callee), callee, tree.next(callee + 1), next);
      default -> Goal.FAILED;
    };
  }

  private Goal remote(Shape.Remote remote, int node, Goal next) {
    int callee = callee(node);
    int function = remote.function() == NONE ? NONE : bound[remote.function()];
    if (tree.form(callee) == Form.CALL) {
      boolean named = function == NONE || tree.value(callee) == function;
      return named && isImported(remote.target(), callee)
          ? children(remote.items(), lead(remote, node, callee), callee, callee + 1, next)
          : Goal.FAILED;
    }
    if (tree.form(callee) != Form.APPLY) {
      return Goal.FAILED;
    }
    int dot = callee + 1;
    if (!tree.is(dot, Form.CALL, ".") || !tree.hasChildren(dot)) {
      return Goal.FAILED;
    }
    int target = dot + 1;
    int name = tree.next(target);
    if (name >= tree.next(dot)
        || tree.form(name) != Form.ATOM
        || (function != NONE && tree.value(name) != function)) {
      return Goal.FAILED;
    }
    Goal arguments =
        children(remote.items(), lead(remote, node, callee), callee, tree.next(dot), next);
    return new Goal.One(remote.target(), target, arguments);
  }

  /** Whether the local call at this node is one of the target's functions, imported. */
  private boolean isImported(Shape target, int node) {
    @Nullable String wanted =
        switch (target) {
          case Shape.Module module -> module.name();
          case Shape.Literal atom when atom.form() == Form.ATOM ->
              ":" + pattern.constants().text(atom.constant());
          default -> null;
        };
    return wanted != null && file.isImported(node, wanted) && bindings.loosely();
  }

  private Goal apply(Shape.Apply apply, int node, Goal next) {
    int callee = callee(node);
    if (tree.form(callee) != Form.APPLY) {
      return Goal.FAILED;
    }
    int form = callee + 1;
    return new Goal.One(
        apply.form(),
        form,
        children(apply.items(), lead(apply, node, callee), callee, tree.next(form), next));
  }

  private boolean module(Shape.Module module, int node) {
    if (file.isAlias(node)) {
      return isWritten(module.segments(), node)
          || (file.isModule(node, module.name()) && bindings.loosely());
    }
    return tree.is(node, Form.VARIABLE, "__MODULE__")
        && file.isModule(node, module.name())
        && bindings.loosely();
  }

  private boolean isWritten(List<Integer> segments, int node) {
    int child = node + 1;
    for (int segment : segments) {
      if (child >= tree.next(node)
          || tree.form(child) != Form.ATOM
          || tree.value(child) != bound[segment]) {
        return false;
      }
      child = tree.next(child);
    }
    return child == tree.next(node);
  }

  // Maps, attributes, blocks, definitions.

  private Goal map(Shape.MapOf map, int node, Goal next) {
    if (!tree.is(node, Form.CALL, "%{}")) {
      return Goal.FAILED;
    }
    int first = tree.hasChildren(node) ? node + 1 : NONE;
    boolean update = first >= 0 && tree.is(first, Form.CALL, "|") && tree.childCount(first) == 2;
    if (map.updated() != null) {
      return update
          ? new Goal.One(
              map.updated(),
              first + 1,
              new Goal.Entries(map.entries(), 0, tree.next(first + 1), next))
          : Goal.FAILED;
    }
    if (map.entries().isEmpty()) {
      return next;
    }
    return update ? Goal.FAILED : new Goal.Entries(map.entries(), 0, node, next);
  }

  private Goal attribute(Shape.Attribute attribute, int node, Goal next) {
    if (!tree.is(node, Form.CALL, "@") || !tree.hasChildren(node)) {
      return Goal.FAILED;
    }
    int name = node + 1;
    boolean fits =
        attribute.value() == null
            ? tree.form(name) == Form.VARIABLE
            : tree.form(name) == Form.CALL && tree.childCount(name) == 1;
    if (!fits || (attribute.name() != NONE && tree.value(name) != bound[attribute.name()])) {
      return Goal.FAILED;
    }
    if (attribute.slot() != NONE) {
      if (!bindings.captureName(attribute.slot(), tree.value(name))) {
        return Goal.FAILED;
      }
    }
    return attribute.value() == null ? next : new Goal.One(attribute.value(), name + 1, next);
  }

  private Goal block(Shape.Block block, int node, Goal next) {
    if (tree.is(node, Form.CALL, "__block__")) {
      return children(block.items(), NONE, node, node + 1, next);
    }
    return new Goal.Many(block.items(), 0, node, 0, 0, next);
  }

  private Goal definition(Shape.Definition definition, int node, Goal next) {
    if (tree.value(node) != bound[definition.keyword()]
        || tree.form(node) != Form.CALL
        || !tree.hasChildren(node)) {
      return Goal.FAILED;
    }
    int head = node + 1;
    int clause = tree.is(head, Form.CALL, "when") && tree.hasChildren(head) ? head + 1 : head;
    Form form = tree.form(clause);
    boolean named =
        (form != Form.CALL && form != Form.VARIABLE)
            ? (definition.name() == NONE && form == Form.APPLY)
            : (definition.name() == NONE || tree.value(clause) == bound[definition.name()]);
    if (!named || !hasArity(definition.arity(), clause)) {
      return Goal.FAILED;
    }
    return definition.rest().isEmpty()
        ? next // a name with an arity asks for no body, so it takes any
        : children(definition.rest(), NONE, node, tree.next(head), next);
  }

  /** Default arguments make several arities. */
  private boolean hasArity(int wanted, int head) {
    if (wanted == NONE) {
      return true;
    }
    int first = tree.form(head) == Form.APPLY ? tree.next(head + 1) : head + 1;
    int most = 0;
    int defaults = 0;
    for (int child = first; child < tree.next(head); child = tree.next(child)) {
      most++;
      defaults += tree.is(child, Form.CALL, "\\\\") ? 1 : 0;
    }
    return wanted <= most && wanted >= most - defaults;
  }
}
