package dev.hexlens.pattern;

import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.pattern.Term.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The terms that every file with an answer must have, each with what it says; empty when any file
 * may have one. Mirrors {@link TermCollector}.
 */
public final class RequiredTerms {
  private final Constants constants;
  private final Map<Integer, String> terms;

  private RequiredTerms(Constants constants, Map<Integer, String> terms) {
    this.constants = constants;
    this.terms = terms;
  }

  /** The required terms of a query, and a description of each for those who ask why. */
  public static Map<Integer, String> of(Query query) {
    Map<Integer, String> terms = new LinkedHashMap<>();
    pattern(query.pattern(), terms);
    query.filters().forEach(filter -> filter(filter, terms));
    query.steps().forEach(step -> pattern(step.pattern(), terms));
    return terms;
  }

  private static void pattern(Pattern pattern, Map<Integer, String> terms) {
    RequiredTerms required = new RequiredTerms(pattern.constants(), terms);
    pattern.statements().forEach(required::shape);
  }

  private static void filter(Filter filter, Map<Integer, String> terms) {
    switch (filter) {
      case Filter.Inside f -> pattern(f.pattern(), terms);
      case Filter.Contains f -> pattern(f.pattern(), terms);
      case Filter.Parent f -> pattern(f.pattern(), terms);
      case Filter.HasChild f -> pattern(f.pattern(), terms);
      case Filter.Follows f -> pattern(f.pattern(), terms);
      case Filter.Precedes f -> pattern(f.pattern(), terms);
      case Filter.AllOf f -> f.filters().forEach(each -> filter(each, terms));
      case Filter.Piped f -> terms.put(Term.of(Kind.CALL, "|>", 2), "call |>/2");
      case Filter.Where f -> {}
      case Filter.HasComment f -> {}
      case Filter.Nth f -> {}
      case Filter.Last f -> {}
      case Filter.AnyOf f -> {}
      case Filter.Not f -> {}
    }
  }

  private void require(Kind kind, long hash, int arity, String name) {
    String said = kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + " " + name;
    terms.put(Term.of(kind, hash, arity), arity == Term.ANY ? said : said + "/" + arity);
  }

  private void require(Kind kind, String name, int arity) {
    require(kind, Term.hash(name), arity, name);
  }

  private static int arity(List<Shape> items) {
    return items.stream().anyMatch(i -> i instanceof Shape.Rest) ? Term.ANY : items.size();
  }

  private void all(List<? extends Shape> shapes) {
    shapes.forEach(this::shape);
  }

  private void shape(Shape shape) {
    switch (shape) {
      case Shape.Any any -> {}
      case Shape.Capture capture -> {}
      case Shape.Rest rest -> {}
      case Shape.Literal literal -> literal(literal);
      case Shape.LongText text -> {
        require(Kind.STRING, Term.hash(constants.bytes(text.digest())), Term.ANY, "long text");
      }
      case Shape.ListOf list -> all(list.items());
      case Shape.Pair pair -> {
        if (pair.left() instanceof Shape.Literal left
            && left.form() == Form.ATOM
            && pair.right() instanceof Shape.Literal right
            && (right.form() == Form.ATOM || right.form() == Form.INTEGER)) {
          require(
              Kind.PAIR,
              Term.pairHash(constants.bytes(left.constant()), constants.bytes(right.constant())),
              Term.ANY,
              constants.text(left.constant()) + ": " + constants.text(right.constant()));
        }
        shape(pair.left());
        shape(pair.right());
      }
      case Shape.Tuple tuple -> all(tuple.items());
      case Shape.Call call -> {
        String name = constants.text(call.name());
        if (!name.equals("__aliases__")) { // a module's name with a hole in it
          require(Kind.CALL, name, arity(call.items()));
        }
        nested(call.name(), call.items());
        boolean inClause =
            call.items().stream()
                .anyMatch(item ->
                    item instanceof Shape.Call clause
                        && constants.text(clause.name()).equals(Repeats.CLAUSE)
                        && Repeats.areAskedFor(clause.items()));
        boolean repeats = Repeats.areAskedFor(call.items()) || (name.equals("fn") && inClause);
        if (repeats && !name.equals("|>") && !name.equals("__aliases__")) {
          require(Kind.REPEATS, name, Term.ANY);
        }
        all(call.items());
      }
      case Shape.LocalCall call -> all(call.items());
      case Shape.AnyCall call -> all(call.items());
      case Shape.Remote remote -> remote(remote);
      case Shape.Apply apply -> {
        shape(apply.form());
        all(apply.items());
      }
      case Shape.Module module -> require(Kind.MODULE, module.name(), Term.ANY);
      case Shape.MapOf map -> {
        require(Kind.CALL, "%{}", Term.ANY);
        all(map.entries());
        if (map.updated() != null) {
          shape(map.updated());
        }
      }
      case Shape.Attribute attribute -> {
        if (attribute.name() != Shape.NONE) {
          require(Kind.ATTRIBUTE, constants.text(attribute.name()), Term.ANY);
        } else {
          require(Kind.CALL, "@", 1);
        }
        if (attribute.value() != null) {
          shape(attribute.value());
        }
      }
      case Shape.Block block -> all(block.items());
      case Shape.Pipe pipe -> {
        require(Kind.CALL, "|>", 2);
        shape(pipe.left());
        shape(pipe.right());
      }
      case Shape.Head head -> require(Kind.DEFINED_NAME, constants.text(head.name()), Term.ANY);
      case Shape.Definition definition -> {
        String name = definition.name() == Shape.NONE ? "" : constants.text(definition.name());
        require(
            Kind.DEFINITION,
            constants.text(definition.keyword()) + " " + name,
            definition.arity() == Shape.NONE ? Term.ANY : definition.arity());
        all(definition.rest());
      }
    }
  }

  private void literal(Shape.Literal literal) {
    Kind kind =
        switch (literal.form()) {
          case ATOM -> Kind.ATOM;
          case INTEGER -> Kind.INTEGER;
          case FLOAT -> Kind.FLOAT;
          case STRING, DIGEST -> Kind.STRING;
          case BYTES -> Kind.BYTES;
          case VARIABLE -> Kind.VARIABLE;
          case LIST, TUPLE, PAIR, CALL, APPLY, ERROR, TEMPLATE ->
              throw new IllegalStateException("a literal is a leaf: " + literal.form());
        };
    if (literal.form() != Form.VARIABLE || constants.text(literal.constant()).startsWith("__")) {
      require(
          kind,
          Term.hash(constants.bytes(literal.constant())),
          Term.ANY,
          constants.text(literal.constant()));
    }
  }

  /** A call whose first argument is to be another call. */
  private void nested(int name, List<Shape> items) {
    int inner =
        items.isEmpty()
            ? Shape.NONE
            : switch (items.getFirst()) {
              case Shape.Call call -> call.name();
              case Shape.Remote remote -> remote.function();
              default -> Shape.NONE;
            };
    if (name != Shape.NONE && inner != Shape.NONE) {
      long hash = Term.nestedHash(constants.bytes(name), constants.bytes(inner));
      if (hash != 0) {
        String said = constants.text(name) + "(" + constants.text(inner) + ")";
        require(Kind.NESTED, hash, Term.ANY, said);
      }
    }
  }

  private void remote(Shape.Remote remote) {
    nested(remote.function(), remote.items());
    int arity = arity(remote.items());
    String module =
        switch (remote.target()) {
          case Shape.Module m -> m.name();
          case Shape.Literal atom when atom.form() == Form.ATOM ->
              ":" + constants.text(atom.constant());
          default -> "";
        };
    if (module.isEmpty()) {
      shape(remote.target());
      if (remote.function() != Shape.NONE) {
        require(Kind.REMOTE_CALL, constants.text(remote.function()), arity);
      }
    } else if (remote.function() == Shape.NONE) {
      if (!module.startsWith(":")) {
        require(Kind.MODULE, module, Term.ANY);
      }
    } else {
      String function = constants.text(remote.function());
      long hash = TermCollector.functionHash(Term.hash(module), constants.bytes(remote.function()));
      require(Kind.FUNCTION, hash, arity, module + "." + function);
    }
    all(remote.items());
  }
}
