package dev.hexlens.pattern;

import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.elixir.syntax.LineIndex;
import dev.hexlens.elixir.syntax.QuotedTree;
import dev.hexlens.pattern.Captured.Value;
import dev.hexlens.pattern.Guard.Condition;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Turns the syntax tree of a condition into what decides it. */
final class GuardCompiler {
  private static final String SUPPORTED =
      "conditions know ==, !=, ===, !==, <, >, <=, >=, in, and, or, not, +, -, *, length/1, match?/2,"
          + " is_atom/1, is_boolean/1, is_nil/1, is_integer/1, is_float/1, is_number/1, is_binary/1,"
          + " is_list/1";

  private static final Map<String, Predicate<Value>> KINDS =
      Map.of(
          "is_atom", value -> value instanceof Value.Atom,
          "is_boolean",
              value ->
                  value instanceof Value.Atom(String name)
                      && (name.equals("true") || name.equals("false")),
          "is_nil", value -> value instanceof Value.Atom(String name) && name.equals("nil"),
          "is_integer", value -> value instanceof Value.Numeric number && !number.isFloat(),
          "is_float", value -> value instanceof Value.Numeric number && number.isFloat(),
          "is_number", value -> value instanceof Value.Numeric,
          "is_binary", value -> value instanceof Value.Text,
          "is_list", value -> value instanceof Value.Elements);

  private static final Map<String, IntPredicate> ORDERS =
      Map.of("<", c -> c < 0, ">", c -> c > 0, "<=", c -> c <= 0, ">=", c -> c >= 0);

  private static final Map<String, BinaryOperator<BigDecimal>> ARITHMETIC =
      Map.of("+", BigDecimal::add, "-", BigDecimal::subtract, "*", BigDecimal::multiply);

  private final QuotedTree tree;
  private final byte[] source;
  private final Map<String, Integer> pins = new LinkedHashMap<>();

  GuardCompiler(QuotedTree tree, byte[] source) {
    this.tree = tree;
    this.source = source;
  }

  /** The captures that the condition names, each with where. */
  Map<String, Integer> pins() {
    return pins;
  }

  private interface Operand {
    Value of(Captured captured);
  }

  private boolean isCall(int node, String name, int arity) {
    return tree.is(node, Form.CALL, name) && tree.childCount(node) == arity;
  }

  Condition condition(int node) {
    if (tree.form(node) != Form.CALL || isCall(node, "^", 1)) {
      throw failure(node, "it is neither true nor false: " + SUPPORTED);
    }
    String name = tree.text(node);
    int arity = tree.childCount(node);
    int left = node + 1;
    int right = arity == 2 ? tree.next(left) : -1;
    if (arity == 2) {
      switch (name) {
        case "and", "&&" -> {
          Condition a = condition(left);
          Condition b = condition(right);
          return captured -> a.holds(captured) && b.holds(captured);
        }
        case "or", "||" -> {
          Condition a = condition(left);
          Condition b = condition(right);
          return captured -> a.holds(captured) || b.holds(captured);
        }
        case "==", "!=", "===", "!==" -> {
          Operand a = operand(left);
          Operand b = operand(right);
          boolean strictly = name.length() == 3;
          boolean wanted = name.charAt(0) == '=';
          return captured -> captured.same(a.of(captured), b.of(captured), strictly) == wanted;
        }
        case "<", ">", "<=", ">=" -> {
          return order(name, operand(left), operand(right));
        }
        case "in" -> {
          return isCall(right, "..", 2) ? within(left, right) : among(left, right);
        }
        case "match?" -> {
          return matches(left, right);
        }
        default -> {}
      }
    } else if (arity == 1 && (name.equals("not") || name.equals("!"))) {
      Condition a = condition(left);
      return captured -> !a.holds(captured);
    } else if (arity == 1 && KINDS.containsKey(name)) {
      Predicate<Value> kind = Objects.requireNonNull(KINDS.get(name));
      Operand a = operand(left);
      return captured -> kind.test(a.of(captured));
    }
    throw failure(node, "`%s` with %d arguments is unknown: %s".formatted(name, arity, SUPPORTED));
  }

  private static Condition order(String name, Operand left, Operand right) {
    IntPredicate wanted = ORDERS.getOrDefault(name, c -> false);
    return captured -> {
      Integer compared = compare(left.of(captured), right.of(captured));
      return compared != null && wanted.test(compared);
    };
  }

  /** Numbers with numbers and strings with strings; nothing else has an order. */
  private static @Nullable Integer compare(Value left, Value right) {
    if (left instanceof Value.Numeric a && right instanceof Value.Numeric b) {
      return a.value().compareTo(b.value());
    }
    return left instanceof Value.Text(String a) && right instanceof Value.Text(String b)
        ? Integer.valueOf(a.compareTo(b))
        : null;
  }

  private Condition within(int left, int range) {
    Condition from = order(">=", operand(left), operand(range + 1));
    Condition to = order("<=", operand(left), operand(tree.next(range + 1)));
    return captured -> from.holds(captured) && to.holds(captured);
  }

  private Condition among(int left, int right) {
    Operand a = operand(left);
    Operand b = operand(right);
    if (tree.form(right) != Form.LIST && !isCall(right, "^", 1)) {
      throw failure(right, "behind `in` stands a list, a range or a capture");
    }
    return captured ->
        b.of(captured) instanceof Value.Elements all
            && all.values().stream().anyMatch(each -> captured.same(a.of(captured), each, true));
  }

  private Condition matches(int left, int right) {
    if (!isCall(right, "^", 1)) {
      throw failure(right, "match? takes a pattern and a capture: match?({:ok, _}, ^x)");
    }
    Pattern pattern = Pattern.parse(QuotedTree.slice(source, tree.start(left), tree.end(left)));
    String name = pin(right);
    return captured -> captured.matches(pattern, name);
  }

  private String pin(int node) {
    int name = node + 1;
    if (!tree.is(name, Form.VARIABLE)) {
      throw failure(name, "behind `^` stands the name of a capture");
    }
    pins.putIfAbsent(tree.text(name), tree.start(node));
    return tree.text(name);
  }

  private Operand operand(int node) {
    if (isCall(node, "^", 1)) {
      String name = pin(node);
      return captured -> captured.value(name);
    }
    if (isCall(node, "length", 1)) {
      Operand list = operand(node + 1);
      return captured ->
          list.of(captured) instanceof Value.Elements all
              ? new Value.Numeric(BigDecimal.valueOf(all.values().size()), false)
              : new Value.Atom("nil");
    }
    BinaryOperator<BigDecimal> operator = ARITHMETIC.get(tree.text(node));
    if (operator != null && tree.is(node, Form.CALL) && tree.childCount(node) == 2) {
      return arithmetic(operator, operand(node + 1), operand(tree.next(node + 1)));
    }
    Value literal = Captured.literal(tree, node, source, this::module);
    return captured -> literal;
  }

  private Value module(int node) {
    if (tree.is(node, Form.CALL, "__aliases__")) {
      return new Value.Module(QuotedTree.slice(source, tree.start(node), tree.end(node)));
    }
    throw notSupported(node);
  }

  private PatternException notSupported(int node) {
    String written = QuotedTree.slice(source, tree.start(node), tree.end(node));
    return tree.is(node, Form.VARIABLE)
        ? failure(
            node, "`%s` is a bare word: a capture is written `^%s`".formatted(written, written))
        : failure(node, "`%s` is no value here: %s".formatted(written, SUPPORTED));
  }

  private static Operand arithmetic(
      BinaryOperator<BigDecimal> operator, Operand left, Operand right) {
    return captured ->
        left.of(captured) instanceof Value.Numeric a
                && right.of(captured) instanceof Value.Numeric b
            ? new Value.Numeric(operator.apply(a.value(), b.value()), a.isFloat() || b.isFloat())
            : new Value.Atom("nil");
  }

  private PatternException failure(int node, String reason) {
    LineIndex lines = LineIndex.of(source);
    int at = tree.start(node);
    return new PatternException("condition", lines.line(at), lines.column(at), reason);
  }
}
