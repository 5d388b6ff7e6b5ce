package dev.hexlens.elixir.facts;

import dev.hexlens.elixir.facts.Definition.Clause;
import dev.hexlens.elixir.facts.Definition.Kind;
import dev.hexlens.elixir.facts.Symbol.Namespace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The definitions of a file while it is walked: clauses of one function come together. */
final class Definitions {
  private record Key(
      int module, Namespace namespace, @Nullable String name, int arity, boolean quoted) {}

  private static final class Open {
    final Kind kind;
    final int module;
    final String moduleName;
    final @Nullable String name;
    final int maxArity;
    final boolean quoted;
    final List<Clause> clauses = new ArrayList<>(2);
    int minArity;
    @Nullable Symbol symbol;

    Open(
        Kind kind,
        int module,
        String moduleName,
        @Nullable String name,
        int minArity,
        int maxArity,
        boolean quoted) {
      this.kind = kind;
      this.module = module;
      this.moduleName = moduleName;
      this.name = name;
      this.minArity = minArity;
      this.maxArity = maxArity;
      this.quoted = quoted;
    }
  }

  private final List<Open> all = new ArrayList<>();
  private final Map<Key, Integer> index = new HashMap<>();

  /**
   * The other names of a module that is written once and defined several times, by {@code defimpl …
   * for: [A, B]}.
   */
  private final Map<Integer, List<String>> twins = new HashMap<>();

  /** Functions and types with every arity that they have, as they are looked up. */
  private final Map<Key, Integer> byArity = new HashMap<>();

  /** Adds a clause and returns the number of its definition. */
  int add(
      Kind kind,
      int module,
      String moduleName,
      @Nullable String name,
      int minArity,
      int maxArity,
      boolean quoted,
      Clause clause) {
    Key key =
        new Key(
            kind.namespace() == Namespace.MODULE ? -2 - kind.ordinal() : module,
            kind.namespace(),
            name == null ? moduleName : name,
            maxArity,
            quoted);
    Integer known = index.get(key);
    if (known == null) {
      known = all.size();
      index.put(key, known);
      all.add(new Open(kind, module, moduleName, name, minArity, maxArity, quoted));
    }
    Open open = all.get(known);
    open.clauses.add(clause);
    open.minArity = Math.min(open.minArity, minArity);
    return known;
  }

  void twins(int module, List<String> names) {
    twins.put(module, names);
  }

  Symbol symbol(int definition) {
    Open open = all.get(definition);
    if (open.symbol == null) {
      open.symbol = new Symbol(open.kind.namespace(), open.moduleName, open.name, open.maxArity);
    }
    return open.symbol;
  }

  Kind kind(int definition) {
    return all.get(definition).kind;
  }

  /** To be called once all definitions are there. */
  void close() {
    for (int i = 0; i < all.size(); i++) {
      Open open = all.get(i);
      Namespace namespace = open.kind.namespace();
      if ((namespace == Namespace.FUNCTION || namespace == Namespace.TYPE) && !open.quoted) {
        for (int arity = open.minArity; arity <= open.maxArity; arity++) {
          byArity.putIfAbsent(new Key(open.module, namespace, open.name, arity, false), i);
        }
      }
    }
  }

  /** The definition of a function or type with this arity in a module, -1 when it has none. */
  int find(int module, Namespace namespace, String name, int arity) {
    return byArity.getOrDefault(new Key(module, namespace, name, arity, false), -1);
  }

  List<Definition> finished() {
    List<Definition> finished = new ArrayList<>(all.size());
    for (Open open : all) {
      finished.add(finished(open, open.moduleName));
      for (String twin : twins.getOrDefault(open.module, List.of())) {
        finished.add(finished(open, twin));
      }
    }
    return finished;
  }

  private static Definition finished(Open open, String module) {
    return new Definition(
        open.kind,
        module,
        open.name,
        open.minArity,
        open.maxArity,
        List.copyOf(open.clauses),
        open.quoted);
  }

  /** What a module exports, as far as its own text says. */
  ModuleExports exports(
      int module,
      String name,
      List<Directive.Use> uses,
      Map<String, List<Recipe>> recipes,
      @Nullable TemplateScope templates) {
    Map<String, Long> functions = new HashMap<>();
    Map<String, Long> macros = new HashMap<>();
    Map<String, Long> types = new HashMap<>();
    Map<String, Long> callbacks = new HashMap<>();
    boolean struct = false;
    for (Open open : all) {
      if (open.module != module || open.quoted) {
        continue;
      }
      String own = open.name == null ? "" : open.name;
      switch (open.kind) {
        case FUNCTION, DELEGATE -> Arities.add(functions, own, open.minArity, open.maxArity);
        case MACRO, GUARD -> Arities.add(macros, own, open.minArity, open.maxArity);
        case TYPE, OPAQUE -> Arities.add(types, own, open.minArity, open.maxArity);
        case CALLBACK -> Arities.add(callbacks, own, open.minArity, open.maxArity);
        case STRUCT, EXCEPTION -> {
          struct = true;
          Arities.add(functions, "__struct__", 0, 1);
          if (open.kind == Kind.EXCEPTION) {
            Arities.add(functions, "exception", 1, 1);
            Arities.add(functions, "message", 1, 1);
          }
        }
        case PROTOCOL -> {
          Arities.add(functions, "impl_for", 1, 1);
          Arities.add(functions, "impl_for!", 1, 1);
          Arities.add(types, "t", 0, 0);
        }
        case PRIVATE_FUNCTION, PRIVATE_MACRO, MODULE, IMPLEMENTATION, ATTRIBUTE -> {}
      }
    }
    return new ModuleExports(
        name, functions, macros, types, callbacks, struct, uses, recipes, templates);
  }
}
