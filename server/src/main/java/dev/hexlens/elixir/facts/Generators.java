package dev.hexlens.elixir.facts;

import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.elixir.syntax.QuotedTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Variables that run over literal lists, as in {@code for verb <- [:get, :post] do def
 * unquote(verb)(…)}: such loops define functions whose names can be read.
 */
final class Generators {
  /** A loop over more names than this defines nothing that anyone calls by name. */
  private static final int MOST = 500;

  private final Walk walk;
  private final QuotedTree tree;
  private final Map<Integer, List<String>> variables = new HashMap<>();
  private final Map<String, Integer> attributes = new HashMap<>();

  Generators(Walk walk) {
    this.walk = walk;
    this.tree = walk.tree;
  }

  /** Says that an attribute of the present module has this value. */
  void attribute(String name, int value) {
    attributes.put(walk.scopes.module() + "@" + name, value);
  }

  /** Says that a pattern runs over a list. */
  void bind(int pattern, int list) {
    int source = literal(list);
    if (tree.is(pattern, Form.VARIABLE)) {
      bind(pattern, source, 0);
    } else if (tree.is(pattern, Form.TUPLE)
        || tree.is(pattern, Form.PAIR)
        || walk.isCall(pattern, Word.TUPLE)) {
      int position = 0;
      for (int part = pattern + 1; part < tree.next(pattern); part = tree.next(part)) {
        if (tree.is(part, Form.VARIABLE)) {
          bind(part, source, position);
        }
        position++;
      }
    }
  }

  private void bind(int variable, int list, int position) {
    List<String> names = list < 0 ? List.of() : names(list, position);
    if (names.isEmpty()) {
      variables.remove(tree.value(variable));
    } else {
      variables.put(tree.value(variable), names);
    }
  }

  /**
   * The names that {@code unquote(variable)} stands for in turn; empty when they are not literal.
   */
  List<String> names(int unquote) {
    int variable = tree.child(unquote, 0);
    if (!tree.is(variable, Form.VARIABLE)) {
      return List.of();
    }
    return variables.getOrDefault(tree.value(variable), List.of());
  }

  /** The list itself, or the one that an attribute holds; -1 for anything else. */
  private int literal(int list) {
    if (walk.isCall(list, Word.AT)) {
      return attributes.getOrDefault(walk.scopes.module() + "@" + tree.text(list + 1), -1);
    }
    return list;
  }

  private List<String> names(int list, int position) {
    if (tree.is(list, Form.CALL) && tree.text(list).startsWith("sigil_w")) {
      return position == 0 ? words(list) : List.of();
    }
    if (!tree.is(list, Form.LIST)) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    for (int item = list + 1; item < tree.next(list); item = tree.next(item)) {
      String name = name(item, position);
      if (name == null || names.size() == MOST) {
        return List.of();
      }
      names.add(name);
    }
    return names;
  }

  private @Nullable String name(int item, int position) {
    boolean tuple =
        tree.is(item, Form.TUPLE) || tree.is(item, Form.PAIR) || walk.isCall(item, Word.TUPLE);
    int part = tuple ? tree.child(item, position) : position == 0 ? item : -1;
    return tree.is(part, Form.ATOM) ? tree.text(part) : null;
  }

  /** The words of {@code ~w(a b)a}, from the text, as a stored tree does not keep long ones. */
  private List<String> words(int sigil) {
    int modifiers = tree.lastChild(sigil);
    boolean atoms =
        tree.is(modifiers, Form.LIST)
            && tree.is(modifiers + 1, Form.INTEGER, "97")
            && tree.hasChildren(modifiers);
    String text = QuotedTree.slice(walk.source, tree.start(sigil), tree.end(sigil));
    if (!atoms || text.length() < 6 || text.charAt(0) != '~' || text.startsWith("\"\"\"", 2)) {
      return List.of();
    }
    String[] words = text.substring(3, text.length() - 2).strip().split("\\s+", MOST + 1);
    return words.length > MOST || words[0].isEmpty() ? List.of() : List.of(words);
  }
}
