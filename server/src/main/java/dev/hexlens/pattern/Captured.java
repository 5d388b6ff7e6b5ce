package dev.hexlens.pattern;

import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.elixir.syntax.QuotedTree;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the captures of a match hold, as values that conditions compare.
 *
 * @param names of the captures
 * @param held by capture: a node, or -(name + 2) for the name of an attribute
 */
record Captured(FileView file, List<String> names, int[] held) {
  /** What stands for an expression: itself where it is a literal. */
  sealed interface Value {
    /** An integer or float; {@code -1} is one as well. */
    record Numeric(BigDecimal value, boolean isFloat) implements Value {}

    record Atom(String name) implements Value {}

    /** A string that is valid UTF-8. */
    record Text(String text) implements Value {}

    record Elements(List<Value> values) implements Value {}

    /** A module named in the condition. */
    record Module(String name) implements Value {}

    /** Any other code of the file. */
    record Code(int node) implements Value {}
  }

  /** The value of a capture that the pattern has. */
  Value value(String name) {
    int at = held[names.indexOf(name)];
    return at < 0
        ? new Value.Atom(file.tree.names().text(-at - 2))
        : literal(file.tree, at, file.source, this::code);
  }

  private Value code(int node) {
    return new Value.Code(node);
  }

  /** What makes a value of code that is no literal. */
  interface Other {
    Value of(int node);
  }

  static Value literal(QuotedTree tree, int node, byte[] source, Other other) {
    return switch (tree.form(node)) {
      case ATOM -> new Value.Atom(tree.text(node));
      case INTEGER -> new Value.Numeric(new BigDecimal(new BigInteger(tree.text(node))), false);
      case FLOAT -> {
        double value = Double.longBitsToDouble(Long.parseUnsignedLong(tree.text(node), 16));
        yield new Value.Numeric(BigDecimal.valueOf(value), true);
      }
      case STRING -> new Value.Text(tree.text(node));
      case DIGEST, TEMPLATE -> text(Arrays.copyOfRange(source, tree.start(node), tree.end(node)));
      case LIST -> {
        List<Value> values = new ArrayList<>();
        for (int child = node + 1; child < tree.next(node); child = tree.next(child)) {
          values.add(literal(tree, child, source, other));
        }
        yield new Value.Elements(List.copyOf(values));
      }
      case CALL -> {
        if (tree.is(node, Form.CALL, "-")
            && tree.childCount(node) == 1
            && literal(tree, node + 1, source, other) instanceof Value.Numeric number) {
          yield new Value.Numeric(number.value().negate(), number.isFloat());
        }
        yield other.of(node);
      }
      case BYTES, TUPLE, PAIR, VARIABLE, APPLY, ERROR -> other.of(node);
    };
  }

  /** A long string, of which the stored tree keeps the digest only, read from its source. */
  private static Value text(byte[] written) {
    return new Value.Text(Pattern.readPart(written).text(0));
  }

  /** Whether two values are the same; of numbers, whether they are of the same kind as well. */
  boolean same(Value left, Value right, boolean strictly) {
    return switch (left) {
      case Value.Numeric a ->
          right instanceof Value.Numeric b
              && a.value().compareTo(b.value()) == 0
              && (!strictly || a.isFloat() == b.isFloat());
      case Value.Elements a ->
          right instanceof Value.Elements b && sameAll(a.values(), b.values(), strictly);
      case Value.Code a ->
          switch (right) {
            case Value.Code b -> new Equality(file).equal(a.node(), b.node());
            case Value.Module b -> isModule(a.node(), b.name());
            default -> false;
          };
      case Value.Module a ->
          right instanceof Value.Code b ? isModule(b.node(), a.name()) : left.equals(right);
      case Value.Atom a -> left.equals(right);
      case Value.Text a -> left.equals(right);
    };
  }

  private boolean sameAll(List<Value> left, List<Value> right, boolean strictly) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!same(left.get(i), right.get(i), strictly)) {
        return false;
      }
    }
    return true;
  }

  /** As written or as resolved. */
  private boolean isModule(int node, String name) {
    return file.isAlias(node)
        && (name.equals(QuotedTree.slice(file.source, file.tree.start(node), file.tree.end(node)))
            || file.isModule(node, name));
  }

  /** Whether a pattern of its own matches what a capture holds. */
  boolean matches(Pattern pattern, String name) {
    int at = held[names.indexOf(name)];
    return at >= 0
        && pattern.possibleIn(file.tree.names())
        && new Matcher(pattern, file).matches(at);
  }
}
