package dev.hexlens.pattern;

import dev.hexlens.elixir.facts.NameResolution;
import dev.hexlens.elixir.syntax.CompactTree;
import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.elixir.syntax.QuotedTree;
import dev.hexlens.pattern.Term.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the terms of a file: everything that {@link RequiredTerms} may ask for. Whatever a shape
 * matches, in whichever way, must be posted here under the term that the shape requires.
 */
public final class TermCollector {
  private static final Set<String> DEFINITIONS =
      Set.of("def", "defp", "defmacro", "defmacrop", "defguard", "defguardp", "defdelegate");

  private final QuotedTree tree;
  private final NameResolution names;
  private final FileView file;
  private final long[] hashes;
  private final Repeats repeats;
  private final Map<String, Long> moduleHashes = new HashMap<>();
  private int[] terms = new int[256];
  private int count;

  private TermCollector(QuotedTree tree, byte[] source, NameResolution names) {
    this.tree = tree;
    this.names = names;
    this.file = new FileView(tree, source, () -> names);
    this.hashes = new long[tree.names().size()];
    this.repeats = new Repeats(file);
  }

  /**
   * The terms of a file, sorted, each once, with others that the caller has.
   *
   * @param names what the matcher will be told about the file's names, or more
   */
  public static int[] collect(QuotedTree tree, byte[] source, NameResolution names, int[] others) {
    TermCollector collector = new TermCollector(tree, source, names);
    for (int other : others) {
      collector.add(other);
    }
    for (int node = 0; node < tree.size(); node++) {
      collector.node(node);
    }
    return collector.sorted();
  }

  private int[] sorted() {
    int[] sorted = Arrays.copyOf(terms, count);
    Arrays.sort(sorted);
    int distinct = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[distinct++] = sorted[i];
      }
    }
    return Arrays.copyOf(sorted, distinct);
  }

  private void add(int term) {
    if (count == terms.length) {
      terms = Arrays.copyOf(terms, count * 2);
    }
    terms[count++] = term;
  }

  private void add(Kind kind, long name, int arity) {
    add(Term.of(kind, name, arity));
    if (arity != Term.ANY) {
      add(Term.of(kind, name, Term.ANY));
    }
  }

  private long hash(int node) {
    int value = tree.value(node);
    if (hashes[value] == 0) {
      hashes[value] = Term.hash(tree.names().bytes(value));
    }
    return hashes[value];
  }

  private long moduleHash(String module) {
    return moduleHashes.computeIfAbsent(module, Term::hash);
  }

  private void node(int node) {
    switch (tree.form(node)) {
      case ATOM -> add(Kind.ATOM, hash(node), Term.ANY);
      case INTEGER -> add(Kind.INTEGER, hash(node), Term.ANY);
      case FLOAT -> add(Kind.FLOAT, hash(node), Term.ANY);
      case BYTES -> add(Kind.BYTES, hash(node), Term.ANY);
      case DIGEST, TEMPLATE -> add(Kind.STRING, hash(node), Term.ANY);
      case STRING -> string(node);
      case VARIABLE -> variable(node);
      case CALL -> {
        if (file.isAlias(node)) {
          String written = written(node);
          if (written == null) {
            local(node, arity(node));
          }
          module(written);
          module(names.module(node));
        } else if (file.isPipe(node)) {
          add(Kind.CALL, hash(node), 2);
          int right = tree.next(node + 1);
          call(right, tree.form(right) == Form.VARIABLE ? 1 : arity(right) + 1);
          repeats(right, node + 1);
          nested(right, node + 1);
        } else {
          call(node, arity(node));
          repeats(node, Shape.NONE);
          nested(node, node + 1);
        }
      }
      case APPLY -> {
        call(node, arity(node));
        repeats(node, Shape.NONE);
        nested(node, tree.next(node + 1));
      }
      case PAIR, TUPLE -> pair(node);
      case LIST, ERROR -> {}
    }
  }

  private void pair(int node) {
    int left = node + 1;
    int right = left < tree.next(node) ? tree.next(left) : left;
    if (right < tree.next(node)) {
      byte[] key = atom(left);
      byte[] value =
          tree.form(right) == Form.INTEGER
              ? tree.names().bytes(tree.value(right))
              : key == null ? null : atom(right);
      if (key != null && value != null) {
        add(Kind.PAIR, Term.pairHash(key, value), Term.ANY);
      }
    }
  }

  /** An atom's text, be it written as a module's short name; null for what is none. */
  private byte @Nullable [] atom(int node) {
    if (tree.form(node) == Form.ATOM) {
      return tree.names().bytes(tree.value(node));
    }
    String module = file.isAlias(node) ? names.module(node) : null;
    return module != null && module.startsWith(":")
        ? module.substring(1).getBytes(StandardCharsets.UTF_8)
        : null;
  }

  /** A call whose first argument, where it has one, is another. */
  private void nested(int call, int first) {
    int name = tree.form(call) == Form.VARIABLE ? call : calledName(call);
    boolean piped = first < call;
    if (name == Shape.NONE || (!piped && first >= tree.next(call))) {
      return;
    }
    int callee = file.isPipe(first) ? tree.next(first + 1) : first;
    int inner = callee != first && tree.form(callee) == Form.VARIABLE ? callee : calledName(callee);
    if (inner != Shape.NONE) {
      long hash =
          Term.nestedHash(
              tree.names().bytes(tree.value(name)), tree.names().bytes(tree.value(inner)));
      if (hash != 0) {
        add(Kind.NESTED, hash, Term.ANY);
      }
    }
  }

  private void repeats(int call, int lead) {
    int name = calledName(call);
    if (name != Shape.NONE && (repeats.areIn(call, lead) || repeats.areInClausesOf(call))) {
      add(Kind.REPEATS, hash(name), Term.ANY);
    }
  }

  /** The node with the name of what is called; NONE for what has none. */
  private int calledName(int call) {
    if (tree.form(call) == Form.CALL) {
      return call;
    }
    int dot = call + 1;
    if (tree.form(call) != Form.APPLY
        || !tree.is(dot, Form.CALL, ".")
        || tree.childCount(dot) != 2) {
      return Shape.NONE;
    }
    int function = tree.next(dot + 1);
    return tree.form(function) == Form.ATOM ? function : Shape.NONE;
  }

  private void string(int node) {
    byte[] text = tree.names().bytes(tree.value(node));
    long hash = CompactTree.isLong(text.length) ? Term.hash(CompactTree.digest(text)) : hash(node);
    add(Kind.STRING, hash, Term.ANY);
  }

  private void variable(int node) {
    if (tree.text(node).startsWith("__")) {
      add(Kind.VARIABLE, hash(node), Term.ANY);
      module(names.module(node));
    }
  }

  private void module(@Nullable String name) {
    if (name != null) {
      add(Kind.MODULE, moduleHash(name), Term.ANY);
      if (name.startsWith(":")) {
        add(Kind.ATOM, Term.hash(name.substring(1)), Term.ANY);
      }
    }
  }

  /** A module's name as it stands; null where not all of it does. */
  private @Nullable String written(int alias) {
    StringBuilder name = new StringBuilder();
    for (int child = alias + 1; child < tree.next(alias); child = tree.next(child)) {
      if (tree.form(child) != Form.ATOM) {
        return null;
      }
      name.append(name.isEmpty() ? "" : ".").append(tree.text(child));
    }
    return name.toString();
  }

  private int arity(int node) {
    return tree.childCount(node) - (tree.form(node) == Form.APPLY ? 1 : 0);
  }

  private void call(int callee, int arity) {
    switch (tree.form(callee)) {
      case CALL, VARIABLE -> local(callee, arity);
      case APPLY -> remote(callee, arity);
      default -> {}
    }
  }

  private void local(int callee, int arity) {
    add(Kind.CALL, hash(callee), arity);
    String imported = names.importedFrom(callee);
    if (imported != null) {
      function(imported, callee, arity);
      add(Kind.MODULE, moduleHash(imported), Term.ANY);
    }
    if (!tree.hasChildren(callee) || tree.form(callee) != Form.CALL) {
      return;
    }
    String name = tree.text(callee);
    if (name.equals("@")) {
      int attribute = callee + 1;
      if (tree.value(attribute) >= 0) {
        add(Kind.ATTRIBUTE, hash(attribute), Term.ANY);
      }
    } else if (DEFINITIONS.contains(name)) {
      definition(callee, name);
    }
  }

  private void remote(int callee, int arity) {
    int dot = callee + 1;
    if (!tree.is(dot, Form.CALL, ".") || tree.childCount(dot) != 2) {
      return;
    }
    int target = dot + 1;
    int function = tree.next(target);
    if (tree.form(function) != Form.ATOM) {
      return;
    }
    add(Kind.REMOTE_CALL, hash(function), arity);
    if (tree.form(target) == Form.ATOM) {
      function(":" + tree.text(target), function, arity);
    } else if (file.isAlias(target) || tree.is(target, Form.VARIABLE, "__MODULE__")) {
      String written = file.isAlias(target) ? written(target) : null;
      String resolved = names.module(target);
      if (written != null) {
        function(written, function, arity);
      }
      if (resolved != null && !resolved.equals(written)) {
        function(resolved, function, arity);
      }
    }
  }

  private void function(String module, int nameNode, int arity) {
    add(
        Kind.FUNCTION,
        functionHash(moduleHash(module), tree.names().bytes(tree.value(nameNode))),
        arity);
  }

  static long functionHash(long module, byte[] function) {
    return Term.hash((module ^ '.') * 31, function);
  }

  private void definition(int node, String keyword) {
    int head = node + 1;
    int clause = tree.is(head, Form.CALL, "when") && tree.hasChildren(head) ? head + 1 : head;
    Form form = tree.form(clause);
    if (form != Form.CALL && form != Form.VARIABLE && form != Form.APPLY) {
      return;
    }
    int first = form == Form.APPLY ? tree.next(clause + 1) : clause + 1;
    int most = 0;
    int defaults = 0;
    for (int child = first; child < tree.next(clause); child = tree.next(child)) {
      most++;
      defaults += tree.is(child, Form.CALL, "\\\\") ? 1 : 0;
    }
    String name = form == Form.APPLY ? "" : tree.text(clause);
    if (!name.isEmpty()) {
      add(Kind.DEFINED_NAME, hash(clause), Term.ANY);
    }
    for (int arity = most - defaults; arity <= most; arity++) {
      add(Kind.DEFINITION, Term.hash(keyword + " "), arity);
      if (!name.isEmpty()) {
        add(Kind.DEFINITION, Term.hash(keyword + " " + name), arity);
      }
    }
  }
}
