package dev.hexlens.elixir.facts;

import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.elixir.syntax.QuotedTree;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one file defines and what it refers to, as far as the file alone tells. Everything but
 * {@link #names} is independent of the tree.
 */
public final class Facts {
  private final List<Definition> definitions;
  private final List<Reference> references;
  private final List<Environment> environments;
  private final List<ModuleExports> exports;
  private final @Nullable LocalResolution names;

  private Facts(
      List<Definition> definitions,
      List<Reference> references,
      List<Environment> environments,
      List<ModuleExports> exports,
      @Nullable LocalResolution names) {
    this.definitions = definitions;
    this.references = references;
    this.environments = environments;
    this.exports = exports;
    this.names = names;
  }

  /**
   * Reads the facts of a file. Linear in its size, never fails: what did not parse defines and
   * refers to nothing.
   *
   * @param tree as lowered, or read back from its stored form: both give the same
   * @param source exactly the bytes that the tree was made of
   */
  public static Facts of(QuotedTree tree, byte[] source) {
    return of(new Walk(tree, source));
  }

  /**
   * The same of a template, whose names come from the module that it belongs to: see {@link #in}.
   */
  public static Facts ofTemplate(QuotedTree tree, byte[] source) {
    Walk walk = new Walk(tree, source);
    walk.take(0, new Directive.View(null));
    return of(walk);
  }

  private static Facts of(Walk walk) {
    new FactsWalk(walk).run();
    walk.definitions.close();
    include(walk);
    List<ModuleExports> exports = new ArrayList<>();
    for (int module = 0; module < walk.scopes.moduleCount(); module++) {
      String name = walk.scopes.moduleName(module);
      if (name != null) {
        int index = module;
        List<Directive.Use> uses =
            walk.uses.stream().filter(u -> u.module() == index).map(Walk.UsedBy::use).toList();
        exports.add(
            walk.definitions.exports(
                module, name, uses, walk.recipes.of(module), walk.recipes.templates(module)));
      }
    }
    LocalNames local = new LocalNames(walk.definitions, walk.scopes, walk.environments);
    return new Facts(
        walk.definitions.finished(),
        walk.references.finished(local),
        List.copyOf(walk.environments),
        exports,
        new LocalResolution(walk, local));
  }

  /** The facts of a source that is not Elixir: its names need no other files. */
  public static Facts known(
      List<Definition> definitions, List<Reference> references, List<ModuleExports> exports) {
    return new Facts(
        List.copyOf(definitions), List.copyOf(references), List.of(), List.copyOf(exports), null);
  }

  /** A macro does to its caller what the functions do that it calls. */
  private static void include(Walk walk) {
    for (References.Local local : walk.references.locals()) {
      boolean runs = (local.flags() & Walk.IN_QUOTE) == 0;
      if (runs && local.module() >= 0 && local.in() != null && walk.recipes.any(local.module())) {
        int definition =
            walk.definitions.find(
                local.module(), Symbol.Namespace.FUNCTION, local.name(), local.arity());
        if (definition >= 0) {
          Symbol included = walk.definitions.symbol(definition);
          walk.recipes.add(local.clause(), new Recipe.Include(local.name(), included.arity()));
        }
      }
    }
  }

  /** The facts of a template that becomes a function of this module; null for one of no module. */
  public Facts in(@Nullable String view) {
    if (view == null) {
      return this;
    }
    List<Environment> inside = new ArrayList<>(environments);
    inside.replaceAll(each ->
        each.directive() instanceof Directive.View
            ? new Environment(each.outer(), new Directive.View(view))
            : each);
    Symbol module = Symbol.module(view);
    List<Reference> within = new ArrayList<>(references);
    within.replaceAll(each -> each.in() == null ? each.within(module) : each);
    return new Facts(definitions, within, List.copyOf(inside), exports, names);
  }

  /** In order of their first clause. */
  public List<Definition> definitions() {
    return definitions;
  }

  /** In no particular order; several may stand at one place. */
  public List<Reference> references() {
    return references;
  }

  /** The scopes that references point into by index. */
  public List<Environment> environments() {
    return environments;
  }

  /** What each module of the file exports, as far as its own text says. */
  public List<ModuleExports> exports() {
    return exports;
  }

  /** The meaning of names by node; valid as long as the tree is. */
  public NameResolution names() {
    return names == null ? NameResolution.NONE : names;
  }

  /** The same facts without {@link #names}, so that the tree can go. */
  public Facts withoutNames() {
    return new Facts(definitions, references, environments, exports, null);
  }

  /** The local call at this node, for those who know more modules; null where there is none. */
  public @Nullable OpenCall openCall(int node) {
    return names == null ? null : names.openCall(node);
  }

  /** The environment around a node, for those who know more modules: an index, or -1. */
  public int environment(int node) {
    return names == null ? -1 : names.walk.environmentAt(node);
  }

  /**
   * A call without a module in front that the module around it does not define.
   *
   * @param module the module around it, null outside of modules
   */
  public record OpenCall(String name, int arity, @Nullable String module, int environment) {}

  /** Answers by node, from what the walk left. */
  private static final class LocalResolution implements NameResolution {
    private final Walk walk;
    private final LocalNames local;

    LocalResolution(Walk walk, LocalNames local) {
      this.walk = walk;
      this.local = local;
    }

    @Override
    public @Nullable String module(int node) {
      return walk.scopes.resolveLater(node);
    }

    @Override
    public @Nullable String importedFrom(int callNode) {
      OpenCall call = openCall(callNode);
      return call == null ? null : local.imported(call.name(), call.arity(), call.environment());
    }

    @Nullable OpenCall openCall(int node) {
      QuotedTree tree = walk.tree;
      boolean piped = walk.isMarked(node, Walk.PIPED);
      if (walk.isMarked(node, Walk.DONE)
          || !(tree.is(node, Form.CALL) || (piped && tree.is(node, Form.VARIABLE)))) {
        return null;
      }
      String name = tree.text(node);
      int arity = tree.childCount(node) + (piped ? 1 : 0);
      int module = walk.scopes.moduleAt(node);
      if (KernelNames.isSpecial(name, arity)
          || (module >= 0
              && walk.definitions.find(module, Symbol.Namespace.FUNCTION, name, arity) >= 0)) {
        return null;
      }
      return new OpenCall(name, arity, walk.scopes.moduleName(module), walk.environmentAt(node));
    }
  }
}
