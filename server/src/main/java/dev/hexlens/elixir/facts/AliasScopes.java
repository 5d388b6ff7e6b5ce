package dev.hexlens.elixir.facts;

import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.elixir.syntax.NamePool;
import dev.hexlens.elixir.syntax.QuotedTree;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lexical scope of module names while a tree is walked in pre-order: which aliases hold, and in
 * which module we are. An alias holds from the end of its directive to the end of the {@code do}
 * section, clause or keyword value around it, as in Elixir's own {@code elixir_env}.
 *
 * <p>What held where is kept as a list of changes by node, so that it can be asked afterwards for
 * any node in the time of a binary search.
 */
final class AliasScopes {
  /** In no module, or in one whose name is not a literal. */
  static final int NO_MODULE = -1;

  private static final int NOT_QUOTING = -2;

  private final QuotedTree tree;
  private final int wordAlias;
  private final int wordRequire;
  private final int wordImport;
  private final int wordUse;
  private final int wordDefmodule;
  private final int wordDefprotocol;
  private final int wordDefimpl;
  private final int wordQuote;
  private final int wordUnquote;
  private final int wordUnquoteSplicing;
  private final int wordArrow;
  private final int wordAs;
  private final int wordDo;
  private final int wordFor;
  private final int wordDot;

  private final ModuleNames modules;

  // Open scopes: where they end and what holds again after them.
  private int[] scopeEnd = new int[64];
  private int[] scopeAliases = new int[64];
  private int[] scopeModule = new int[64];
  private int[] scopeQuoting = new int[64];
  private int depth;

  // Where quoted code begins that is still ahead; the innermost last, as it comes first.
  private int[] quoteAt = new int[4];
  private int quoteCount;

  // The present state.
  private int aliases = -1;
  private int module = NO_MODULE;

  /** The module around the quoted code that we are in. */
  private int quoting = NOT_QUOTING;

  private int pendingAt = Integer.MAX_VALUE;
  private int pendingAliases = -1;
  private int pendingDepth;

  // What held from which node on.
  private final Changes aliasesAt = new Changes();
  private final Changes moduleAt = new Changes();

  /** Names inside a multi-alias' braces, by node. */
  private Map<Integer, String> braced = Map.of();

  /** The modules that directives import, null among them where one is not known. */
  private Set<@Nullable String> imported = Set.of();

  AliasScopes(QuotedTree tree) {
    this.tree = tree;
    this.modules = new ModuleNames(tree);
    NamePool names = tree.names();
    this.wordAlias = Word.ALIAS.in(names);
    this.wordRequire = Word.REQUIRE.in(names);
    this.wordImport = Word.IMPORT.in(names);
    this.wordUse = Word.USE.in(names);
    this.wordDefmodule = Word.DEFMODULE.in(names);
    this.wordDefprotocol = Word.DEFPROTOCOL.in(names);
    this.wordDefimpl = Word.DEFIMPL.in(names);
    this.wordQuote = Word.QUOTE.in(names);
    this.wordUnquote = Word.UNQUOTE.in(names);
    this.wordUnquoteSplicing = Word.UNQUOTE_SPLICING.in(names);
    this.wordArrow = Word.ARROW.in(names);
    this.wordAs = Word.AS.in(names);
    this.wordDo = Word.DO.in(names);
    this.wordFor = Word.FOR.in(names);
    this.wordDot = Word.DOT.in(names);
  }

  /**
   * Takes note of the node; to be called for every node in order, before anything is asked about
   * it.
   */
  void enter(int node) {
    while (depth > 0 && scopeEnd[depth - 1] <= node) {
      depth--;
      if (depth < pendingDepth) {
        pendingAt = Integer.MAX_VALUE; // the scope that the alias was to hold in ends with it
        pendingDepth = 0;
      }
      restore(node, depth);
    }
    if (pendingAt <= node) {
      pendingAt = Integer.MAX_VALUE;
      pendingDepth = 0;
      aliases = pendingAliases;
      changed(node);
    }
    if (quoteCount > 0 && quoteAt[quoteCount - 1] == node) {
      quoteCount--;
      open(node);
      quoting = quoting == NOT_QUOTING ? module : quoting;
      module = NO_MODULE;
      changed(node);
    }
    switch (tree.form(node)) {
      case PAIR -> open(node);
      case CALL -> call(node);
      case VARIABLE -> {
        if (tree.damaged() && tree.value(node) == wordDefmodule) {
          damagedModule(damagedHead(node));
        }
      }
      default -> {}
    }
  }

  /**
   * What error recovery left behind a word that begins a definition: its head, or -1. The head may
   * stand in an error of its own.
   */
  int damagedHead(int word) {
    int head = word + 1;
    if (head < tree.size() && tree.is(head, Form.ERROR) && tree.hasChildren(head)) {
      head++;
    }
    return head < tree.size() ? head : -1;
  }

  private void restore(int node, int scope) {
    quoting = scopeQuoting[scope];
    if (aliases != scopeAliases[scope] || module != scopeModule[scope]) {
      aliases = scopeAliases[scope];
      module = scopeModule[scope];
      changed(node);
    }
  }

  private void call(int node) {
    int name = tree.value(node);
    if (name == wordArrow) {
      open(node);
    } else if (name == wordAlias) {
      alias(node);
    } else if (name == wordRequire) {
      require(node);
    } else if (name == wordImport) {
      imports(node);
    } else if (name == wordUse) {
      braces(node);
    } else if (name == wordDefmodule || name == wordDefprotocol) {
      defmodule(node);
    } else if (name == wordDefimpl) {
      defimpl(node);
    } else if (name == wordQuote) {
      quotes(node);
    } else if ((name == wordUnquote || name == wordUnquoteSplicing) && quoting != NOT_QUOTING) {
      open(node);
      module = quoting;
      quoting = NOT_QUOTING;
      changed(node);
    }
  }

  /**
   * Notes where the quoted code of a {@code quote} begins; what stands before it is ordinary code.
   */
  private void quotes(int node) {
    int quoted = keywordValue(node, wordDo);
    int first = node + 1;
    if (quoted < 0 && first < tree.next(node) && !tree.is(first, Form.LIST)) {
      quoted = first;
    }
    if (quoted >= 0) {
      if (quoteCount == quoteAt.length) {
        quoteAt = Arrays.copyOf(quoteAt, quoteCount * 2);
      }
      quoteAt[quoteCount++] = quoted;
    }
  }

  private void open(int node) {
    if (depth == scopeEnd.length) {
      scopeEnd = Arrays.copyOf(scopeEnd, depth * 2);
      scopeAliases = Arrays.copyOf(scopeAliases, depth * 2);
      scopeModule = Arrays.copyOf(scopeModule, depth * 2);
      scopeQuoting = Arrays.copyOf(scopeQuoting, depth * 2);
    }
    scopeEnd[depth] = tree.next(node);
    scopeAliases[depth] = aliases;
    scopeModule[depth] = module;
    scopeQuoting[depth] = quoting;
    depth++;
  }

  private void changed(int node) {
    aliasesAt.put(node, aliases);
    moduleAt.put(node, module);
  }

  // Directives.

  private void alias(int node) {
    int first = tree.child(node, 0);
    if (first < 0) {
      return;
    }
    int as = keywordValue(node, wordAs);
    pendingAliases = aliases;
    if (isBraced(first)) {
      String base = resolve(tree.child(tree.child(first, 0), 0));
      for (int item = tree.next(first + 1); item < tree.next(first); item = tree.next(item)) {
        bracedAlias(base, item, node);
      }
    } else {
      String target = resolve(first);
      if (as >= 0) {
        define(lastSegment(as), target);
      } else {
        define(lastSegmentOrModule(first, target), target);
      }
    }
    holdFrom(tree.next(node));
  }

  /** The aliases defined last hold from this node on, where the present scope goes on as far. */
  private void holdFrom(int node) {
    pendingAt = node;
    pendingDepth = depth;
  }

  /** {@code alias Base.{A, B.C}} as one of the names in its braces. */
  private void bracedAlias(@Nullable String base, int item, int directive) {
    if (!isAliases(item)) {
      return;
    }
    String target = base == null ? null : modules.join(base, item + 1, tree.next(item));
    if (target != null) {
      if (braced.isEmpty()) {
        braced = new HashMap<>();
      }
      braced.put(item, target);
    }
    if (tree.value(directive) == wordAlias) {
      define(lastSegment(item), target);
    }
  }

  private void require(int node) {
    int first = tree.child(node, 0);
    if (first < 0) {
      return;
    }
    int as = keywordValue(node, wordAs);
    if (as >= 0) {
      pendingAliases = aliases;
      define(lastSegment(as), resolve(first));
      holdFrom(tree.next(node));
    }
    braces(node);
  }

  private void imports(int node) {
    int first = tree.child(node, 0);
    if (first < 0) {
      return;
    }
    if (imported.isEmpty()) {
      imported = new HashSet<>();
    }
    if (!isBraced(first)) {
      imported.add(resolve(first));
      return;
    }
    braces(node);
    for (int item = tree.next(first + 1); item < tree.next(first); item = tree.next(item)) {
      imported.add(braced.get(item));
    }
  }

  /** Notes what the names in the braces of {@code import Base.{A, B}} and its like stand for. */
  private void braces(int directive) {
    int first = tree.child(directive, 0);
    if (first >= 0 && isBraced(first)) {
      String base = resolve(tree.child(tree.child(first, 0), 0));
      for (int item = tree.next(first + 1); item < tree.next(first); item = tree.next(item)) {
        bracedAlias(base, item, directive);
      }
    }
  }

  /** Whether the node is {@code Base.{A, B}}. */
  boolean isBraced(int node) {
    if (!tree.is(node, Form.APPLY)) {
      return false;
    }
    int dot = node + 1;
    if (!tree.is(dot, Form.CALL) || tree.value(dot) != wordDot) {
      return false;
    }
    int right = tree.lastChild(dot);
    return tree.is(right, Form.ATOM, "{}");
  }

  private void define(int name, @Nullable String target) {
    if (name < 0) {
      return;
    }
    pendingAliases = modules.chain.add(pendingAliases, name, target);
  }

  private int lastSegmentOrModule(int node, @Nullable String target) {
    if (modules.isModule(node) && target != null) {
      return tree.names()
          .find(
              target
                  .substring(target.lastIndexOf('.') + 1)
                  .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    return lastSegment(node);
  }

  /** The name-pool index of the last segment of an alias, -1 where it has none. */
  private int lastSegment(int node) {
    if (!isAliases(node)) {
      return -1;
    }
    int last = tree.lastChild(node);
    return tree.is(last, Form.ATOM) ? tree.value(last) : -1;
  }

  // Modules.

  private void defmodule(int node) {
    int name = tree.child(node, 0);
    if (name < 0) {
      return;
    }
    if (tree.damaged() && tree.next(name) >= tree.next(node)) {
      damagedModule(name);
      return;
    }
    String outer = moduleName();
    String full;
    int first = isAliases(name) ? name + 1 : -1;
    if (quoting != NOT_QUOTING) {
      full = null;
    } else if (first >= 0 && first < tree.next(name) && tree.is(first, Form.ATOM)) {
      boolean absolute = modules.isAbsolute(name);
      if (outer == null && module == NO_MODULE) {
        full = resolve(name);
      } else if (absolute || outer == null) {
        full = absolute ? resolve(name) : null;
      } else {
        full = modules.join(outer, first, tree.next(name));
        pendingAliases = aliases;
        define(tree.value(first), modules.join(outer, first, tree.next(first)));
        aliases = pendingAliases;
      }
    } else {
      full = resolve(name);
    }
    enterModule(node, full);
  }

  private void defimpl(int node) {
    int protocol = tree.child(node, 0);
    if (protocol < 0) {
      return;
    }
    String protocolName = resolve(protocol);
    int target = keywordValue(node, wordFor);
    String type = target < 0 ? moduleName() : resolve(firstOf(target));
    enterModule(
        node,
        protocolName == null || type == null || quoting != NOT_QUOTING
            ? null
            : protocolName + "." + type);
  }

  /**
   * A module whose body the parser could not read as one: what follows is in it. A name of several
   * segments is not nested in a module of the same kind.
   */
  private void damagedModule(int name) {
    if (!isAliases(name) || quoting != NOT_QUOTING) {
      return;
    }
    String outer = moduleName();
    String full =
        outer != null && tree.childCount(name) == 1
            ? modules.join(outer, name + 1, tree.next(name))
            : resolve(name);
    addModule(name, full);
  }

  private void enterModule(int node, @Nullable String name) {
    open(node);
    addModule(node, name);
  }

  private void addModule(int node, @Nullable String name) {
    module = modules.add(name);
    quoting = NOT_QUOTING;
    changed(node);
  }

  private int firstOf(int node) {
    return tree.is(node, Form.LIST) && tree.hasChildren(node) ? node + 1 : node;
  }

  // Asking.

  /** The index of the module around the present node, {@link #NO_MODULE} outside and in quotes. */
  int module() {
    return module;
  }

  @Nullable String moduleName() {
    return modules.module(module);
  }

  @Nullable String moduleName(int index) {
    return modules.module(index);
  }

  int moduleCount() {
    return modules.count();
  }

  /** The value of a keyword among a call's arguments, -1 where it isn't there. */
  int keywordValue(int call, int key) {
    if (key < 0) {
      return -1;
    }
    for (int list = call + 1; list < tree.next(call); list = tree.next(list)) {
      if (!tree.is(list, Form.LIST)) {
        continue;
      }
      for (int pair = list + 1; pair < tree.next(list); pair = tree.next(pair)) {
        if (tree.is(pair, Form.PAIR)
            && tree.is(pair + 1, Form.ATOM)
            && tree.value(pair + 1) == key) {
          return tree.next(pair + 1);
        }
      }
    }
    return -1;
  }

  boolean isAliases(int node) {
    return modules.isAliases(node);
  }

  /** Says that an attribute of the present module holds a module. */
  void attribute(String name, @Nullable String target) {
    modules.attribute(module, name, target);
  }

  /** The module that an expression stands for here, null where it is not a literal one. */
  @Nullable String resolve(int node) {
    return modules.resolve(node, aliases, module);
  }

  /** The same for any node that was walked already. */
  @Nullable String resolveLater(int node) {
    String inBraces = braced.get(node);
    if (inBraces != null) {
      return inBraces;
    }
    return modules.resolve(node, aliasesAt.at(node), moduleAt.at(node));
  }

  /** Whether a directive, wherever it stands, may import this module. */
  boolean mayImport(String name) {
    return imported.contains(name) || (!imported.isEmpty() && imported.contains(null));
  }

  /** The module around a node that was walked already. */
  int moduleAt(int node) {
    return moduleAt.at(node);
  }

  @Nullable String bracedName(int node) {
    return braced.get(node);
  }

  /** Whether the first segment of this alias is one that a directive above it named. */
  boolean isAliased(int node) {
    return !modules.isAliases(node)
        || !tree.is(node + 1, Form.ATOM)
        || modules.isAbsolute(node)
        || modules.chain.find(aliases, tree.value(node + 1)) >= 0;
  }
}
