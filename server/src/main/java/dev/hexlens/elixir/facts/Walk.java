package dev.hexlens.elixir.facts;

import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.elixir.syntax.QuotedTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a walk over a file's tree stands: the lexical state, what outer nodes said about inner
 * ones, and what was found. The readers of the various constructs share it.
 */
final class Walk {
  // What an outer node says about one further in, which is reached later.
  /** The node itself is no reference; its children are looked at. */
  static final byte DONE = 1;

  /** The call takes one more argument, from a pipe. */
  static final byte PIPED = 2;

  /** Variables from here on in are bound, not read. */
  static final byte PATTERN = 4;

  /** The opposite inside of a pattern. */
  static final byte EXPRESSION = 8;

  /** Code that is data. */
  static final byte QUOTE = 16;

  /** Names from here on in are types. */
  static final byte TYPE = 32;

  /** The size and type of a bitstring's segment. */
  static final byte SEGMENT = 64;

  // The flags of the state.
  static final int IN_PATTERN = 1;
  static final int IN_QUOTE = 2;
  static final int IN_TYPE = 4;
  static final int IN_SEGMENT = 8;
  static final int IN_UNQUOTE = 16;

  /** In a block of quoted code. */
  static final int IN_QUOTED_BLOCK = 32;

  /** In a template in a sigil. */
  static final int IN_TEMPLATE = 64;

  final QuotedTree tree;
  final byte[] source;
  final @Nullable Word[] words;
  final AliasScopes scopes;
  final NameRanges ranges;
  final byte[] marks;
  final Definitions definitions;
  final References references;
  final Recipes recipes = new Recipes();
  final Generators generators;
  final List<Environment> environments = new ArrayList<>();
  final List<UsedBy> uses = new ArrayList<>();

  /** A {@code use} in a module's body. */
  record UsedBy(int module, Directive.Use use) {}

  /** An index into {@link #environments}, or -1. */
  int environment = -1;

  /** An index into {@link #definitions}, -1 outside of functions. */
  int function = -1;

  /** The number of the function clause, or of the module body, in which variables live. */
  int clause;

  int flags;

  /** The number of the function clause whose code puts something into its caller's. */
  int recipeClause = -1;

  private int clauses;
  private final int[] boundIn;
  private int[] frames = new int[64 * FRAME];
  private int depth;
  private static final int FRAME = 6;

  // Which environment held from which node on.
  private final Changes environmentAt = new Changes();

  Walk(QuotedTree tree, byte[] source) {
    this.tree = tree;
    this.source = source;
    this.words = Word.of(tree.names());
    this.scopes = new AliasScopes(tree);
    this.ranges = new NameRanges(tree, source);
    this.marks = new byte[tree.size()];
    this.definitions = new Definitions();
    this.references = new References(this);
    this.generators = new Generators(this);
    this.boundIn = new int[tree.names().size()];
    Arrays.fill(boundIn, -1);
  }

  /** Moves on to the next node: closes the scopes that ended before it. */
  void enter(int node) {
    scopes.enter(node);
    int before = environment;
    while (depth > 0 && frames[(depth - 1) * FRAME] <= node) {
      depth--;
      int at = depth * FRAME;
      environment = frames[at + 1];
      function = frames[at + 2];
      clause = frames[at + 3];
      flags = frames[at + 4];
      recipeClause = frames[at + 5];
    }
    if (before != environment) {
      environmentAt.put(node, environment);
    }
    byte mark = marks[node];
    if ((mark & ~(DONE | PIPED)) != 0) {
      open(node);
      if ((mark & PATTERN) != 0) {
        flags |= IN_PATTERN;
      }
      if ((mark & EXPRESSION) != 0) {
        flags &= ~(IN_PATTERN | IN_SEGMENT);
      }
      if ((mark & QUOTE) != 0) {
        flags |= IN_QUOTE;
        flags &= ~(IN_UNQUOTE | IN_QUOTED_BLOCK);
      }
      if ((mark & TYPE) != 0) {
        flags |= IN_TYPE;
      }
      if ((mark & SEGMENT) != 0) {
        flags |= IN_SEGMENT;
      }
    }
  }

  /** What changes from now on holds until the end of this node only. */
  void open(int node) {
    int at = depth * FRAME;
    if (at == frames.length) {
      frames = Arrays.copyOf(frames, at * 2);
    }
    frames[at] = tree.next(node);
    frames[at + 1] = environment;
    frames[at + 2] = function;
    frames[at + 3] = clause;
    frames[at + 4] = flags;
    frames[at + 5] = recipeClause;
    depth++;
  }

  /** A section or clause begins: aliases and imports in it end with it. */
  void openBlock(int node) {
    open(node);
    if (is(IN_QUOTE)) {
      flags |= IN_QUOTED_BLOCK;
    }
  }

  void mark(int node, int mark) {
    if (node >= 0) {
      marks[node] |= (byte) mark;
    }
  }

  boolean isMarked(int node, int mark) {
    return (marks[node] & mark) != 0;
  }

  boolean is(int flag) {
    return (flags & flag) != 0;
  }

  /** Variables live in a new place until the present scope ends. */
  int newClause() {
    clause = ++clauses;
    return clause;
  }

  /** A number for a clause that stands nowhere. */
  int detachedClause() {
    return ++clauses;
  }

  void bind(int variable) {
    boundIn[variable] = clause;
  }

  boolean isBound(int variable) {
    return boundIn[variable] == clause;
  }

  /** The word that a call, variable or atom is, null for any other. */
  @Nullable Word word(int node) {
    int value = node < 0 ? -1 : tree.value(node);
    return value < 0 || !isNamed(node) ? null : words[value];
  }

  private boolean isNamed(int node) {
    Form form = tree.form(node);
    return form == Form.CALL || form == Form.VARIABLE || form == Form.ATOM;
  }

  boolean isCall(int node, Word word) {
    return tree.is(node, Form.CALL) && words[tree.value(node)] == word;
  }

  void take(int node, Directive directive) {
    environments.add(new Environment(environment, directive));
    environment = environments.size() - 1;
    environmentAt.put(node, environment);
  }

  /** The environment around a node that was walked already. */
  int environmentAt(int node) {
    return environmentAt.at(node);
  }

  /** The function that we are in, else the module, else null. */
  @Nullable Symbol enclosing() {
    if (function >= 0) {
      return definitions.symbol(function);
    }
    String module = scopes.moduleName();
    return module == null ? null : Symbol.module(module);
  }
}
