package dev.hexlens.elixir.erlang;

import dev.hexlens.elixir.facts.Arities;
import dev.hexlens.elixir.facts.Certainty;
import dev.hexlens.elixir.facts.Definition;
import dev.hexlens.elixir.facts.Facts;
import dev.hexlens.elixir.facts.ModuleExports;
import dev.hexlens.elixir.facts.Reference;
import dev.hexlens.elixir.facts.Reference.Dependence;
import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.elixir.facts.Symbol.Namespace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an Erlang source defines and refers to: modules, functions, types and callbacks; remote and
 * local calls, funs and types. A form that is no Erlang gives what can be made of it; macros are
 * not expanded.
 */
public final class ErlangFacts {
  /** Words that may stand before a parenthesis and call nothing. */
  private static final Set<String> WORDS =
      Set.of(
          "after", "and", "andalso", "band", "begin", "bnot", "bor", "bsl", "bsr", "bxor", "case",
          "catch", "div", "else", "end", "fun", "if", "maybe", "not", "of", "or", "orelse",
          "receive", "rem", "try", "when", "xor");

  private final ErlangTokens tokens;
  private final Map<Symbol, Defined> definitions = new LinkedHashMap<>();
  private final List<Named> names = new ArrayList<>();
  private final Map<String, String> imports = new HashMap<>();
  private final Map<String, Long> exported = new HashMap<>();
  private final Map<String, Long> exportedTypes = new HashMap<>();
  private boolean exportsAll;
  private @Nullable String module;
  private @Nullable Symbol in;

  /** A definition, its clauses so far. */
  private record Defined(Definition.Kind kind, List<Definition.Clause> clauses) {}

  /** A name that is used; of a local one the meaning is known when the file has been read. */
  private record Named(Reference.Kind kind, int token, Symbol symbol, @Nullable Symbol in) {}

  private ErlangFacts(byte[] source) {
    this.tokens = new ErlangTokens(source);
  }

  /** Reads a source; linear in its size, never fails. */
  public static Facts of(byte[] source) {
    ErlangFacts facts = new ErlangFacts(source);
    facts.read();
    return facts.finished();
  }

  private void read() {
    int form = 0;
    while (form < tokens.size()) {
      int end = form;
      while (end < tokens.size() && tokens.kind(end) != ErlangTokens.Kind.DOT) {
        end++;
      }
      in = module == null ? null : Symbol.module(module);
      if (tokens.is(form, "-")) {
        attribute(form + 1, end);
      } else if (tokens.isAtom(form) && tokens.is(form + 1, "(")) {
        function(form, end);
      } else {
        expressions(form, end);
      }
      form = end + 1;
    }
  }

  // Attributes.

  private void attribute(int name, int end) {
    if (!tokens.isAtom(name)) {
      return;
    }
    int first = tokens.is(name + 1, "(") ? name + 2 : name + 1;
    switch (tokens.name(name)) {
      case "module" -> module(first, name - 1, end);
      case "export" -> exports(first, end, exported);
      case "export_type" -> exports(first, end, exportedTypes);
      case "compile" -> {
        for (int token = first; token < end; token++) {
          exportsAll |= tokens.is(token, "export_all");
        }
      }
      case "import" -> imports(first, end);
      case "behaviour", "behavior" -> {
        if (tokens.isAtom(first)) {
          names.add(
              new Named(Reference.Kind.BEHAVIOUR, first, Symbol.module(moduleName(first)), in));
        }
      }
      case "type", "nominal" -> type(Definition.Kind.TYPE, first, end);
      case "opaque" -> type(Definition.Kind.OPAQUE, first, end);
      case "callback" -> callback(first, end);
      case "spec", "record" -> types(first + 1, end);
      case "define" -> {
        int body = first + 1;
        if (tokens.is(body, "(")) {
          int depth = tokens.depth(body);
          while (body < end && !(tokens.is(body, ")") && tokens.depth(body) == depth)) {
            body++;
          }
        }
        expressions(body + 1, end);
      }
      default -> {}
    }
  }

  private void module(int name, int start, int end) {
    if (tokens.isAtom(name) && module == null) {
      module = moduleName(name);
      in = Symbol.module(module);
      define(Definition.Kind.MODULE, Symbol.module(module), name, start, end);
    }
  }

  private void exports(int first, int end, Map<String, Long> into) {
    for (int token = first; token + 2 < end; token++) {
      int arity = tokens.number(token + 2);
      if (tokens.isAtom(token) && tokens.is(token + 1, "/") && arity >= 0) {
        Arities.add(into, tokens.name(token), arity, arity);
      }
    }
  }

  private void imports(int first, int end) {
    if (!tokens.isAtom(first)) {
      return;
    }
    String from = moduleName(first);
    names.add(new Named(Reference.Kind.IMPORT, first, Symbol.module(from), in));
    for (int token = first + 1; token + 2 < end; token++) {
      int arity = tokens.number(token + 2);
      if (tokens.isAtom(token) && tokens.is(token + 1, "/") && arity >= 0) {
        imports.put(tokens.name(token) + "/" + arity, from);
      }
    }
  }

  private void type(Definition.Kind kind, int name, int end) {
    if (tokens.isAtom(name) && tokens.is(name + 1, "(")) {
      if (module != null) {
        Symbol symbol =
            new Symbol(Namespace.TYPE, module, tokens.name(name), tokens.count(name + 1));
        define(kind, symbol, name, name, end);
        in = symbol;
      }
      types(name + 2, end);
    }
  }

  private void callback(int name, int end) {
    if (tokens.isAtom(name) && tokens.is(name + 1, "(")) {
      if (module != null) {
        Symbol symbol =
            new Symbol(Namespace.CALLBACK, module, tokens.name(name), tokens.count(name + 1));
        define(Definition.Kind.CALLBACK, symbol, name, name, end);
        in = symbol;
      }
      types(name + 2, end);
    }
  }

  private void define(Definition.Kind kind, Symbol symbol, int name, int first, int end) {
    int last = Math.max(name, Math.min(end, tokens.size()) - 1);
    definitions
        .computeIfAbsent(symbol, s -> new Defined(kind, new ArrayList<>()))
        .clauses
        .add(
            new Definition.Clause(
                tokens.start(name), tokens.end(name), tokens.start(first), tokens.end(last)));
  }

  // Functions.

  private void function(int form, int end) {
    String name = tokens.name(form);
    int arity = tokens.count(form + 1);
    in = module == null ? null : Symbol.function(module, name, arity);
    int clause = form;
    for (int token = form + 1; token <= end; token++) {
      boolean ends =
          token == end
              || (tokens.is(token, ";")
                  && tokens.depth(token) == 0
                  && tokens.isAtom(token + 1)
                  && tokens.is(token + 2, "("));
      if (ends) {
        if (module != null) {
          Symbol symbol = Symbol.function(module, name, arity);
          define(Definition.Kind.FUNCTION, symbol, clause, clause, token);
        }
        expressions(clause + 1, token);
        clause = token + 1;
      }
    }
  }

  private void expressions(int first, int end) {
    for (int token = first; token < end; token++) {
      if (tokens.is(token, "fun")) {
        fun(token + 1);
      } else if (tokens.is(token, "(") && token > first) {
        call(token - 1, token);
      }
    }
  }

  /** {@code fun m:f/1} and {@code fun f/1}. */
  private void fun(int token) {
    int name = tokens.is(token + 1, ":") ? token + 2 : token;
    if (tokens.is(token, "?")) {
      name = tokens.is(token + 2, ":") ? token + 3 : token;
    }
    int arity = tokens.number(name + 2);
    if (tokens.isAtom(name) && tokens.is(name + 1, "/") && arity >= 0) {
      used(Reference.Kind.CAPTURE, Namespace.FUNCTION, name, arity);
    }
  }

  private void call(int name, int opening) {
    boolean named =
        tokens.isAtom(name)
            && !tokens.is(name - 1, "?")
            && !tokens.is(name - 1, "#")
            && !WORDS.contains(tokens.name(name));
    if (named) {
      used(Reference.Kind.CALL, Namespace.FUNCTION, name, tokens.count(opening));
    }
  }

  private void types(int first, int end) {
    for (int token = first; token < end; token++) {
      boolean type =
          tokens.isAtom(token)
              && tokens.is(token + 1, "(")
              && !tokens.is(token, "fun")
              && !tokens.is(token - 1, "?")
              && !tokens.is(token - 1, "#");
      if (type) {
        used(Reference.Kind.TYPE, Namespace.TYPE, token, tokens.count(token + 1));
      }
    }
  }

  /** A name, with its module in front or without. */
  private void used(Reference.Kind kind, Namespace namespace, int name, int arity) {
    String written = tokens.name(name);
    if (!tokens.is(name - 1, ":")) {
      names.add(new Named(kind, name, new Symbol(namespace, null, written, arity), in));
    } else if (tokens.isAtom(name - 2) && !tokens.is(name - 3, "?")) {
      Symbol symbol = new Symbol(namespace, moduleName(name - 2), written, arity);
      names.add(new Named(kind, name, symbol, in));
    } else if (tokens.is(name - 2, "MODULE") && tokens.is(name - 3, "?")) {
      names.add(new Named(kind, name, new Symbol(namespace, module, written, arity), in));
    }
  }

  /** An Erlang module with its colon; Elixir's own names are atoms here. */
  private String moduleName(int token) {
    String name = tokens.name(token);
    return name.startsWith("Elixir.") ? name.substring("Elixir.".length()) : ":" + name;
  }

  // The end.

  private Facts finished() {
    List<Definition> found = new ArrayList<>();
    definitions.forEach((symbol, defined) -> found.add(definition(symbol, defined)));
    found.sort(Comparator.comparingInt(Definition::nameStart));
    List<Reference> references = new ArrayList<>();
    for (Named named : names) {
      Reference reference = reference(named);
      if (reference != null) {
        references.add(reference);
      }
    }
    return Facts.known(found, references, module == null ? List.of() : List.of(exports(module)));
  }

  private Definition definition(Symbol symbol, Defined defined) {
    boolean hidden =
        symbol.namespace() == Namespace.FUNCTION
            && !exportsAll
            && !Arities.has(exported, String.valueOf(symbol.name()), symbol.arity());
    return new Definition(
        hidden ? Definition.Kind.PRIVATE_FUNCTION : defined.kind,
        String.valueOf(symbol.module()),
        symbol.name(),
        symbol.arity(),
        symbol.arity(),
        List.copyOf(defined.clauses),
        false);
  }

  private @Nullable Reference reference(Named named) {
    Symbol symbol = named.symbol;
    Certainty certainty = Certainty.RESOLVED;
    if (symbol.module() == null && symbol.name() != null) {
      String name = symbol.name() + "/" + symbol.arity();
      if (definitions.containsKey(symbol.in(module))) {
        symbol = symbol.in(module);
      } else if (symbol.namespace() == Namespace.TYPE) {
        return null; // built in, or from a header
      } else if (imports.containsKey(name)) {
        symbol = symbol.in(imports.get(name));
      } else if (ErlangBuiltIns.has(symbol.name())) {
        symbol = symbol.in(":erlang");
      } else {
        certainty = Certainty.WRITTEN; // from a header, a macro or a parse transform
      }
    }
    return new Reference(
        named.kind,
        tokens.start(named.token),
        tokens.end(named.token),
        symbol,
        certainty,
        named.in,
        -1,
        Dependence.NONE,
        false);
  }

  private ModuleExports exports(String name) {
    Map<String, Long> functions = new HashMap<>(exported);
    Map<String, Long> callbacks = new HashMap<>();
    for (Symbol symbol : definitions.keySet()) {
      String own = String.valueOf(symbol.name());
      if (symbol.namespace() == Namespace.CALLBACK) {
        Arities.add(callbacks, own, symbol.arity(), symbol.arity());
      } else if (symbol.namespace() == Namespace.FUNCTION && exportsAll) {
        Arities.add(functions, own, symbol.arity(), symbol.arity());
      }
    }
    return new ModuleExports(
        name, functions, Map.of(), exportedTypes, callbacks, false, List.of(), Map.of(), null);
  }
}
