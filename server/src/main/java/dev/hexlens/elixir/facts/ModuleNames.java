package dev.hexlens.elixir.facts;

import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.elixir.syntax.NamePool;
import dev.hexlens.elixir.syntax.QuotedTree;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Full names of modules, given the aliases that hold and the module around them. */
final class ModuleNames {
  final AliasChain chain = new AliasChain();

  private final QuotedTree tree;
  private final NamePool names;
  private final int wordAliases;
  private final int wordModule;
  private final int wordElixir;
  private final int wordAt;
  private @Nullable String[] modules = new String[8];
  private int count;

  /** What the attributes hold whose values are module names, by {@code Module.@name}. */
  private final Map<String, String> attributes = new HashMap<>();

  ModuleNames(QuotedTree tree) {
    this.tree = tree;
    this.names = tree.names();
    this.wordAliases = Word.ALIASES.in(names);
    this.wordModule = Word.MODULE.in(names);
    this.wordElixir = names.find(new byte[] {'E', 'l', 'i', 'x', 'i', 'r'});
    this.wordAt = Word.AT.in(names);
  }

  /** Adds a module; its name is null where it is not a literal. Returns its index. */
  int add(@Nullable String name) {
    if (count == modules.length) {
      modules = Arrays.copyOf(modules, count * 2);
    }
    modules[count] = name;
    return count++;
  }

  int count() {
    return count;
  }

  @Nullable String module(int index) {
    return index < 0 ? null : modules[index];
  }

  boolean isAliases(int node) {
    return tree.is(node, Form.CALL) && tree.value(node) == wordAliases;
  }

  boolean isModule(int node) {
    return tree.is(node, Form.VARIABLE) && tree.value(node) == wordModule;
  }

  /** Whether an alias begins with {@code Elixir}, so that no other alias is part of it. */
  boolean isAbsolute(int aliases) {
    return tree.is(aliases + 1, Form.ATOM) && tree.value(aliases + 1) == wordElixir;
  }

  /** Says that an attribute of a module holds a module, or no longer does. */
  void attribute(int module, String name, @Nullable String target) {
    String key = module(module) + ".@" + name;
    if (target == null) {
      attributes.remove(key);
    } else {
      attributes.put(key, target);
    }
  }

  /** The module that an expression stands for, null where it is not a literal one. */
  @Nullable String resolve(int node, int aliases, int module) {
    if (node < 0) {
      return null;
    }
    return switch (tree.form(node)) {
      case ATOM -> ofAtom(tree.text(node));
      case VARIABLE -> tree.value(node) == wordModule ? module(module) : null;
      case CALL -> {
        int name = tree.value(node);
        if (name == wordAliases) {
          yield expand(node, aliases, module);
        }
        yield name == wordAt && tree.hasChildren(node) && tree.is(node + 1, Form.VARIABLE)
            ? attributes.get(module(module) + ".@" + tree.text(node + 1))
            : null;
      }
      default -> null;
    };
  }

  private static @Nullable String ofAtom(String atom) {
    if (atom.startsWith("Elixir.")) {
      return atom.substring("Elixir.".length());
    }
    return switch (atom) {
      case "nil", "true", "false", "" -> null;
      default -> ":" + atom;
    };
  }

  private @Nullable String expand(int node, int aliases, int module) {
    int first = node + 1;
    int end = tree.next(node);
    if (first >= end) {
      return null;
    }
    if (!tree.is(first, Form.ATOM)) {
      String base = resolve(first, aliases, module);
      return base == null ? null : join(base, tree.next(first), end);
    }
    int name = tree.value(first);
    if (name == wordElixir) {
      int second = tree.next(first);
      return second >= end ? "Elixir" : join(tree.text(second), tree.next(second), end);
    }
    int alias = chain.find(aliases, name);
    String base = alias < 0 ? names.text(name) : chain.target(alias);
    return base == null ? null : join(base, tree.next(first), end);
  }

  /** The segments from one node to another behind a base; null where one is computed. */
  @Nullable String join(String base, int from, int end) {
    if (from >= end) {
      return base;
    }
    StringBuilder full = new StringBuilder(base);
    for (int segment = from; segment < end; segment = tree.next(segment)) {
      if (!tree.is(segment, Form.ATOM)) {
        return null;
      }
      full.append('.').append(tree.text(segment));
    }
    return full.toString();
  }
}
