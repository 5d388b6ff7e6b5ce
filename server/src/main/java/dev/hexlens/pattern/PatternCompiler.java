package dev.hexlens.pattern;

import static dev.hexlens.pattern.Shape.NONE;

import dev.hexlens.elixir.syntax.CompactTree;
import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.elixir.syntax.LineIndex;
import dev.hexlens.elixir.syntax.QuotedTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns the syntax tree of a pattern into the shapes that its matches have. */
final class PatternCompiler {
  /** Deeper patterns are no patterns; compiling and matching recurse this far. */
  private static final int MAX_DEPTH = 300;

  /**
   * Attribute names that Elixir reserves: they mean themselves. {@code Module}, "Reserved
   * attributes".
   */
  private static final Set<String> RESERVED_ATTRIBUTES =
      Set.of(
          "after_compile",
          "after_verify",
          "before_compile",
          "behaviour",
          "behavior",
          "callback",
          "compile",
          "deprecated",
          "derive",
          "dialyzer",
          "doc",
          "enforce_keys",
          "external_resource",
          "fallback_to_any",
          "file",
          "impl",
          "macrocallback",
          "moduledoc",
          "nifs",
          "on_definition",
          "on_load",
          "opaque",
          "optional_callbacks",
          "spec",
          "type",
          "typedoc",
          "typep",
          "undefined_impl_description",
          "vsn");

  /** Names with underscores in front that are not wildcards but what they say. */
  private static final Set<String> PSEUDO_VARIABLES =
      Set.of("__MODULE__", "__ENV__", "__CALLER__", "__DIR__", "__STACKTRACE__");

  private static final Set<String> DEFINITIONS =
      Set.of("def", "defp", "defmacro", "defmacrop", "defguard", "defguardp", "defdelegate");

  private final QuotedTree tree;
  private final LineIndex lines;
  private final Constants constants = new Constants();
  private final List<String> captures = new ArrayList<>();
  private final List<String> hints = new ArrayList<>();
  private int depth;

  PatternCompiler(QuotedTree tree, LineIndex lines) {
    this.tree = tree;
    this.lines = lines;
  }

  Constants constants() {
    return constants;
  }

  List<String> captures() {
    return List.copyOf(captures);
  }

  List<String> hints() {
    return hints.stream().distinct().toList();
  }

  /** The pattern's statements: one for an ordinary pattern, several for a sequence. */
  List<Shape> statements() {
    if (!tree.is(0, Form.CALL, "__block__")) {
      return List.of(compile(0));
    }
    List<Shape> items = new ArrayList<>(items(0));
    while (!items.isEmpty() && items.getFirst() instanceof Shape.Rest) {
      items.removeFirst(); // zero statements will do
    }
    while (!items.isEmpty() && items.getLast() instanceof Shape.Rest) {
      items.removeLast();
    }
    if (items.isEmpty()) {
      return List.of(new Shape.Any());
    }
    return List.copyOf(items);
  }

  private Shape compile(int node) {
    if (++depth > MAX_DEPTH) {
      throw failure(node, "it is nested more than " + MAX_DEPTH + " levels deep");
    }
    try {
      return switch (tree.form(node)) {
        case ATOM, INTEGER, FLOAT, BYTES, DIGEST ->
            new Shape.Literal(tree.form(node), constants.require(bytes(node)));
        case STRING -> string(node);
        case LIST -> new Shape.ListOf(items(node));
        case TUPLE -> tuple(node);
        case PAIR -> pair(node, compile(tree.child(node, 0)));
        case VARIABLE -> variable(node);
        case CALL -> call(node);
        case APPLY -> apply(node, NONE);
        case ERROR -> throw failure(node, "it is not Elixir here");
        case TEMPLATE -> throw new IllegalStateException("a pattern is read as Elixir alone");
      };
    } finally {
      depth--;
    }
  }

  private PatternException failure(int node, String reason) {
    int at = tree.start(node);
    return new PatternException(lines.line(at), lines.column(at), reason);
  }

  private byte[] bytes(int node) {
    return tree.names().bytes(tree.value(node));
  }

  private Shape string(int node) {
    byte[] text = bytes(node);
    if (!CompactTree.isLong(text.length)) {
      return new Shape.Literal(Form.STRING, constants.require(text));
    }
    return new Shape.LongText(constants.add(text), constants.add(CompactTree.digest(text)));
  }

  private Shape variable(int node) {
    String name = tree.text(node);
    if (PSEUDO_VARIABLES.contains(name)) {
      return new Shape.Literal(Form.VARIABLE, constants.require(name));
    }
    return name.startsWith("_") ? new Shape.Any() : new Shape.Capture(slot(name));
  }

  private int slot(String name) {
    int slot = captures.indexOf(name);
    if (slot < 0) {
      captures.add(name);
      return captures.size() - 1;
    }
    return slot;
  }

  private List<Shape> items(int parent) {
    return items(parent, 0, NONE);
  }

  /** The children from a position on, behind the operand of a pipe where there is one. */
  private List<Shape> items(int parent, int from, int piped) {
    List<Shape> items = new ArrayList<>();
    if (piped >= 0) {
      items.add(item(piped));
    }
    int position = 0;
    for (int child = parent + 1; child < tree.next(parent); child = tree.next(child)) {
      if (position++ >= from) {
        items.add(item(child));
      }
    }
    return List.copyOf(items);
  }

  private Shape item(int node) {
    return isEllipsis(node) ? new Shape.Rest() : compile(node);
  }

  private boolean isEllipsis(int node) {
    return tree.is(node, Form.CALL, "...") && !tree.hasChildren(node);
  }

  private static boolean hasRest(List<Shape> items) {
    return items.stream().anyMatch(item -> item instanceof Shape.Rest);
  }

  private Shape tuple(int node) {
    List<Shape> items = items(node);
    return hasRest(items) ? new Shape.Tuple(items) : new Shape.Pair(items.get(0), items.get(1));
  }

  private Shape.Pair pair(int node, Shape key) {
    return new Shape.Pair(key, compile(tree.child(node, 1)));
  }

  private Shape call(int node) {
    String name = tree.text(node);
    return switch (name) {
      case "..." -> tree.hasChildren(node) ? plainCall(node, NONE) : new Shape.Any();
      case "__aliases__" -> module(node);
      case "|>" -> pipe(node);
      case "@" -> attribute(node);
      case "%{}" -> map(node);
      case "{}" -> {
        List<Shape> items = items(node);
        yield hasRest(items)
            ? new Shape.Tuple(items)
            : new Shape.Call(constants.require("{}"), items);
      }
      case "__block__" ->
          tree.hasChildren(node) ? new Shape.Block(items(node)) : plainCall(node, NONE);
      default -> {
        Shape definition = DEFINITIONS.contains(name) ? definition(node, name) : null;
        yield definition != null ? definition : plainCall(node, NONE);
      }
    };
  }

  private Shape plainCall(int node, int piped) {
    String name = tree.text(node);
    List<Shape> items = items(node, 0, piped);
    if (name.equals("_")) {
      return new Shape.LocalCall(items, piped >= 0);
    }
    if (name.startsWith("_") && !name.startsWith("__")) {
      return new Shape.AnyCall(items, piped >= 0);
    }
    hintAtExactBlocks(node, name);
    return new Shape.Call(constants.require(name), items, piped >= 0);
  }

  private void hintAtExactBlocks(int node, String name) {
    if (Set.of("if", "unless").contains(name) && tree.childCount(node) == 2) {
      int block = tree.child(node, 1);
      if (tree.is(block, Form.LIST)
          && tree.childCount(block) == 1
          && tree.is(block + 1, Form.PAIR)
          && tree.is(block + 2, Form.ATOM, "do")) {
        hints.add(
            "`%s _ do ... end` does not find one with `else`: add `else ... end`, or write `%s(_, ...)`"
                .formatted(name, name));
      }
    }
  }

  private Shape apply(int node, int piped) {
    int form = node + 1;
    List<Shape> items = items(node, 1, piped);
    if (tree.is(form, Form.CALL, ".") && tree.childCount(form) == 2) {
      int function = tree.child(form, 1);
      if (tree.is(function, Form.ATOM)) {
        Shape target = compile(tree.child(form, 0));
        boolean any = tree.text(function).equals("_");
        int called = any ? NONE : constants.require(tree.text(function));
        return new Shape.Remote(target, called, items, piped >= 0);
      }
    }
    return new Shape.Apply(compile(form), items, piped >= 0);
  }

  private Shape module(int node) {
    List<Integer> segments = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
      if (!tree.is(child, Form.ATOM)) {
        return plainCall(node, NONE);
      }
      segments.add(constants.segment(tree.text(child)));
      name.append(name.isEmpty() ? "" : ".").append(tree.text(child));
    }
    return new Shape.Module(List.copyOf(segments), name.toString());
  }

  private Shape pipe(int node) {
    int left = tree.child(node, 0);
    int right = tree.child(node, 1);
    if (isEllipsis(right) || tree.is(right, Form.VARIABLE)) {
      constants.require("|>");
      return new Shape.Pipe(compile(left), compile(right));
    }
    return switch (tree.form(right)) {
      case CALL -> plainCall(right, left);
      case APPLY -> apply(right, left);
      default -> plainCall(node, NONE);
    };
  }

  private Shape attribute(int node) {
    int name = node + 1;
    if (!tree.hasChildren(node)) {
      return plainCall(node, NONE);
    }
    boolean read = tree.is(name, Form.VARIABLE);
    boolean written = tree.is(name, Form.CALL) && tree.childCount(name) == 1;
    if (!read && !written) {
      return plainCall(node, NONE);
    }
    constants.require("@");
    Shape value = written ? compile(tree.child(name, 0)) : null;
    String text = tree.text(name);
    if (text.startsWith("_")) {
      return new Shape.Attribute(NONE, NONE, value);
    }
    boolean literal = RESERVED_ATTRIBUTES.contains(text);
    return new Shape.Attribute(literal ? constants.require(text) : NONE, slot(text), value);
  }

  private Shape map(int node) {
    constants.require("%{}");
    int first = tree.child(node, 0);
    if (first >= 0 && tree.is(first, Form.CALL, "|") && tree.childCount(first) == 2) {
      return new Shape.MapOf(entries(tree.child(first, 1)), compile(tree.child(first, 0)));
    }
    return new Shape.MapOf(entries(node), null);
  }

  private List<Shape.Pair> entries(int parent) {
    List<Shape.Pair> entries = new ArrayList<>();
    for (int child = parent + 1; child < tree.next(parent); child = tree.next(child)) {
      if (tree.is(child, Form.PAIR) || tree.is(child, Form.TUPLE)) {
        entries.add(pair(child, exactly(tree.child(child, 0))));
      } else if (!isEllipsis(child)) {
        throw failure(child, "a map in a pattern holds `key => value` pairs and `...` only");
      }
    }
    return List.copyOf(entries);
  }

  /** A map's key: it has no holes. */
  private Shape exactly(int node) {
    return switch (tree.form(node)) {
      case VARIABLE -> new Shape.Literal(Form.VARIABLE, constants.require(bytes(node)));
      case LIST -> new Shape.ListOf(exactItems(node, 0));
      case TUPLE, PAIR ->
          new Shape.Pair(exactly(tree.child(node, 0)), exactly(tree.child(node, 1)));
      case CALL -> {
        if (tree.text(node).equals("__aliases__")) {
          yield compile(node);
        }
        yield new Shape.Call(constants.require(bytes(node)), exactItems(node, 0));
      }
      case APPLY -> new Shape.Apply(exactly(node + 1), exactItems(node, 1));
      case ATOM, INTEGER, FLOAT, STRING, BYTES, DIGEST, ERROR, TEMPLATE -> compile(node);
    };
  }

  private List<Shape> exactItems(int parent, int from) {
    List<Shape> items = new ArrayList<>();
    int position = 0;
    for (int child = parent + 1; child < tree.next(parent); child = tree.next(child)) {
      if (position++ >= from) {
        items.add(exactly(child));
      }
    }
    return List.copyOf(items);
  }

  // Definitions.

  private @Nullable Shape definition(int node, String keyword) {
    if (!tree.hasChildren(node)) {
      return null;
    }
    int head = tree.child(node, 0);
    if (tree.is(head, Form.CALL, "/") && tree.childCount(head) == 2) {
      return byName(node, keyword, head);
    }
    hintAtHead(node, keyword, head);
    if (!isEmptyHead(head)) {
      return null;
    }
    List<Shape> items = new ArrayList<>(items(node, 1, NONE));
    items.addFirst(new Shape.Head(constants.require(tree.text(head))));
    return new Shape.Call(constants.require(keyword), List.copyOf(items));
  }

  private boolean isEmptyHead(int head) {
    return tree.is(head, Form.CALL)
        && !tree.hasChildren(head)
        && !isEllipsis(head)
        && !tree.text(head).startsWith("_");
  }

  /** {@code def name/2}: a name with an arity, in place of a head. */
  private @Nullable Shape byName(int node, String keyword, int head) {
    int name = tree.child(head, 0);
    int arity = tree.child(head, 1);
    boolean named = tree.is(name, Form.VARIABLE) || tree.is(name, Form.ATOM);
    boolean any = tree.is(arity, Form.VARIABLE, "_");
    if (!named || !(any || tree.is(arity, Form.INTEGER))) {
      return null;
    }
    int wanted = any ? NONE : arity(arity);
    boolean anyName = tree.text(name).equals("_");
    return new Shape.Definition(
        constants.require(keyword),
        anyName ? NONE : constants.require(tree.text(name)),
        wanted,
        items(node, 1, NONE));
  }

  private int arity(int node) {
    try {
      return Integer.parseInt(tree.text(node));
    } catch (NumberFormatException e) {
      throw failure(node, "an arity is a number from 0 to 255");
    }
  }

  private void hintAtHead(int node, String keyword, int head) {
    String body = tree.childCount(node) > 1 ? " do ... end" : "";
    if (tree.is(head, Form.VARIABLE) && !tree.text(head).startsWith("_")) {
      hints.add(
          "`%s %s%s` finds every `%s`, for a bare word is a capture: write `%s %s/0%s`"
              .formatted(keyword, tree.text(head), body, keyword, keyword, tree.text(head), body));
    } else if (tree.is(head, Form.CALL)
        && tree.hasChildren(head)
        && !tree.text(head).startsWith("_")
        && Character.isLetter(tree.text(head).charAt(0))
        && !tree.text(head).equals("when")) {
      hints.add(
          "a head without a guard does not find a guarded one: `%s %s/%d%s` finds both"
              .formatted(keyword, tree.text(head), tree.childCount(head), body));
    }
  }
}
