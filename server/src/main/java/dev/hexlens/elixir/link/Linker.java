package dev.hexlens.elixir.link;

import dev.hexlens.elixir.facts.Arities;
import dev.hexlens.elixir.facts.Certainty;
import dev.hexlens.elixir.facts.Directive;
import dev.hexlens.elixir.facts.Directive.Import;
import dev.hexlens.elixir.facts.Directive.Use;
import dev.hexlens.elixir.facts.Environment;
import dev.hexlens.elixir.facts.Exports;
import dev.hexlens.elixir.facts.Facts;
import dev.hexlens.elixir.facts.ModuleExports;
import dev.hexlens.elixir.facts.NameResolution;
import dev.hexlens.elixir.facts.Reference;
import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.elixir.template.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the references of files whose names come from other files, given what those export. It
 * has no other input: the same facts and exports give the same links. For one thread at a time; it
 * remembers what it learnt of the exports, so one linker serves many files.
 */
public final class Linker {
  private final Exports exports;
  private final Uses uses;

  /** The file that was asked about last: first for its references, then for its names. */
  private @Nullable Scope last;

  /**
   * A linker over everything that is known, Elixir's own modules included where they are wanted:
   * see {@link ElixirExports}.
   */
  public Linker(Exports exports) {
    this.exports = exports;
    this.uses = new Uses(exports);
  }

  /**
   * The facts of a file where it stands: a template has its names from the module that it belongs
   * to, every other file is as it is.
   *
   * @param path inside of its package
   */
  public Facts placed(Facts facts, String path) {
    return Template.Language.of(path) == null ? facts : facts.in(exports.view(path));
  }

  /** All references of a file with their targets; those that turn out to be none are left out. */
  public List<Reference> link(Facts facts) {
    Scope scope = scope(facts);
    List<Reference> linked = new ArrayList<>(facts.references().size());
    for (Reference reference : facts.references()) {
      Reference found =
          switch (reference.dependence()) {
            case NONE -> reference;
            case UNLESS_ALIASED -> scope.aliased(reference);
            case UNLESS_OVERRIDDEN -> scope.overridden(reference);
            case OPEN, OPTIONAL -> scope.resolved(reference);
          };
      if (found != null) {
        linked.add(found);
      }
    }
    return linked;
  }

  /**
   * The meaning of names by node, with what other files say about them; valid as long as the facts'
   * tree is.
   */
  public NameResolution names(Facts facts) {
    Scope scope = scope(facts);
    return new NameResolution() {
      @Override
      public @Nullable String module(int node) {
        String module = facts.names().module(node);
        String injected = module == null ? null : scope.injected(module, facts.environment(node));
        return injected == null ? module : injected;
      }

      @Override
      public @Nullable String importedFrom(int callNode) {
        Facts.OpenCall call = facts.openCall(callNode);
        if (call == null) {
          return null;
        }
        Origin origin = scope.origin(call.name(), call.arity(), call.environment());
        return origin == null ? null : origin.module();
      }
    };
  }

  private Scope scope(Facts facts) {
    Scope scope = last;
    if (scope == null || scope.facts != facts) {
      scope = new Scope(facts);
      last = scope;
    }
    return scope;
  }

  /** Where a name comes from. */
  private record Origin(String module, Certainty certainty) {}

  /** A name at some place. */
  private record Name(String name, int arity, int environment) {}

  /** The scopes of one file. */
  private final class Scope {
    private final Facts facts;
    private final List<Environment> environments;
    private final Map<Integer, Map<String, String>> aliases = new HashMap<>();
    private final Map<Integer, Injection> blocks = new HashMap<>();

    /** Most names of a file come more than once, and each is asked for by several. */
    private final Map<Name, Optional<Origin>> origins = new HashMap<>();

    /** Blocks in work: what is found meanwhile leaves them out. */
    private int open;

    Scope(Facts facts) {
      this.facts = facts;
      this.environments = facts.environments();
    }

    // What a use changes though the file seems to tell.

    Reference overridden(Reference reference) {
      Symbol symbol = reference.symbol();
      String name = symbol.name();
      Origin origin = name == null ? null : origin(name, symbol.arity(), reference.environment());
      return origin == null || origin.module().equals(symbol.module())
          ? reference
          : reference.resolvedTo(symbol.in(origin.module()), origin.certainty());
    }

    Reference aliased(Reference reference) {
      Symbol symbol = reference.symbol();
      String module = symbol.module();
      String target = module == null ? null : injected(module, reference.environment());
      return target == null
          ? reference
          : reference.resolvedTo(symbol.in(target), Certainty.INFERRED);
    }

    /** The module that an alias from a {@code use} makes of a name; null when none does. */
    @Nullable String injected(String module, int environment) {
      int dot = module.indexOf('.');
      String target = aliases(environment).get(dot < 0 ? module : module.substring(0, dot));
      return target == null || dot < 0 ? target : target + module.substring(dot);
    }

    private Map<String, String> aliases(int environment) {
      if (environment < 0) {
        return Map.of();
      }
      Map<String, String> found = aliases.get(environment);
      if (found == null) {
        Environment here = environments.get(environment);
        found = aliases(here.outer());
        Map<String, String> brought =
            switch (here.directive()) {
              case Use use -> uses.of(use).aliases;
              case Directive.View view -> view(environment, view).aliases;
              case Import imports -> Map.of();
              case Directive.Block block -> Map.of();
            };
        if (!brought.isEmpty()) {
          found = new HashMap<>(found);
          found.putAll(brought);
        }
        aliases.put(environment, found);
      }
      return found;
    }

    // Names without a module in front.

    @Nullable Reference resolved(Reference reference) {
      Symbol symbol = reference.symbol();
      String name = symbol.name();
      if (name == null) {
        return reference;
      }
      boolean optional = reference.dependence() == Reference.Dependence.OPTIONAL;
      Origin origin = origin(name, symbol.arity(), reference.environment());
      if (origin == null) {
        origin = own(reference, name, symbol.arity(), optional);
      } else if (optional && origin.module().equals("Kernel")) {
        return null;
      }
      if (origin == null) {
        return optional ? null : reference;
      }
      return reference.resolvedTo(symbol.in(origin.module()), origin.certainty());
    }

    /** What the module around a name may have by other ways than writing it down. */
    private @Nullable Origin own(Reference reference, String name, int arity, boolean optional) {
      Symbol in = reference.in();
      String module = in == null ? null : in.module();
      if (module == null) {
        return null;
      }
      ModuleExports own = exports.module(module);
      if (reference.quoted()) {
        boolean exported = own != null && own.exports(name, arity);
        return exported ? new Origin(module, Certainty.INFERRED) : null;
      }
      boolean incomplete = false;
      for (int at = reference.environment(); at >= 0; at = environments.get(at).outer()) {
        switch (environments.get(at).directive()) {
          case Use use -> {
            if (uses.of(use).defines(name, arity)) {
              return new Origin(module, Certainty.INFERRED);
            }
            incomplete |= uses.of(use).incomplete;
          }
          case Directive.Block block -> incomplete |= block(at, block).incomplete;
          case Directive.View view -> incomplete |= view(at, view).incomplete;
          case Import imports ->
              incomplete |=
                  imports.only() == null
                      && (imports.module() == null || exports.module(imports.module()) == null);
        }
      }
      if (own != null && uses.of(own).defines(name, arity)) {
        return new Origin(module, Certainty.INFERRED);
      }
      // It compiles, so when nothing else can bring the name the module has it: a macro or a loop
      // made it.
      return incomplete || optional ? null : new Origin(module, Certainty.INFERRED);
    }

    /** The import that brings a name, or Kernel; null when none is known to. */
    @Nullable Origin origin(String name, int arity, int environment) {
      Name wanted = new Name(name, arity, environment);
      Optional<Origin> known = origins.get(wanted);
      if (known == null) {
        known = Optional.ofNullable(find(name, arity, environment));
        if (open == 0) {
          origins.put(wanted, known);
        }
      }
      return known.orElse(null);
    }

    private @Nullable Origin find(String name, int arity, int environment) {
      boolean kernel = isExported("Kernel", Directive.Filter.ALL, name, arity);
      for (int at = environment; at >= 0; at = environments.get(at).outer()) {
        switch (environments.get(at).directive()) {
          case Import imports -> {
            if ("Kernel".equals(imports.module())) {
              kernel &= imports.admits(name, arity);
            } else if (brings(imports, name, arity)) {
              return new Origin(String.valueOf(imports.module()), Certainty.RESOLVED);
            }
          }
          case Use use -> {
            Injection injection = uses.of(use);
            Origin injected = injected(injection, name, arity);
            if (injected != null) {
              return injected;
            }
            kernel &= !injection.takesFromKernel(name, arity);
          }
          case Directive.Block block -> {
            Injection injection = block(at, block);
            Origin injected = injected(injection, name, arity);
            if (injected != null) {
              return injected;
            }
            kernel &= !injection.takesFromKernel(name, arity);
          }
          case Directive.View view -> {
            Injection injection = view(at, view);
            Origin injected = embedding(view.module(), injection, name, arity);
            if (injected != null) {
              return injected;
            }
            kernel &= !injection.takesFromKernel(name, arity);
          }
        }
      }
      return kernel ? new Origin("Kernel", Certainty.RESOLVED) : null;
    }

    private @Nullable Origin injected(Injection injection, String name, int arity) {
      for (Import imports : injection.imports) {
        if (!"Kernel".equals(imports.module()) && brings(imports, name, arity)) {
          return new Origin(String.valueOf(imports.module()), Certainty.INFERRED);
        }
      }
      return null;
    }

    /** What a template's name is that its module defines or imports. */
    private @Nullable Origin embedding(
        @Nullable String view, Injection injection, String name, int arity) {
      ModuleExports own = view == null ? null : exports.module(view);
      boolean defined = (own != null && own.exports(name, arity)) || injection.defines(name, arity);
      return view != null && defined
          ? new Origin(view, Certainty.INFERRED)
          : injected(injection, name, arity);
    }

    private Injection view(int environment, Directive.View view) {
      return blocks.computeIfAbsent(environment, e -> uses.ofTemplates(view.module()));
    }

    /** What the macro whose block this is puts in front of it. */
    private Injection block(int environment, Directive.Block block) {
      Injection found = blocks.get(environment);
      if (found == null) {
        blocks.put(environment, new Injection()); // a macro in its own block
        String module = block.module();
        if (module == null) {
          open++;
          Origin origin =
              origin(block.name(), block.arity(), environments.get(environment).outer());
          open--;
          module = origin == null ? block.around() : origin.module();
        }
        found =
            module == null ? new Injection() : uses.ofBlock(module, block.name(), block.arity());
        blocks.put(environment, found);
      }
      return found;
    }

    private boolean brings(Import imports, String name, int arity) {
      String module = imports.module();
      if (module == null || name.startsWith("_") || !imports.admits(name, arity)) {
        return module != null && imports.only() != null && imports.admits(name, arity);
      }
      return imports.only() != null || isExported(module, imports.filter(), name, arity);
    }
  }

  private boolean isExported(String module, Directive.Filter filter, String name, int arity) {
    ModuleExports known = exports.module(module);
    if (known == null) {
      return false;
    }
    Injection injected = uses.of(known);
    boolean function =
        Arities.has(known.functions(), name, arity) || Arities.has(injected.functions, name, arity);
    boolean macro =
        Arities.has(known.macros(), name, arity) || Arities.has(injected.macros, name, arity);
    return switch (filter) {
      case ALL -> function || macro;
      case FUNCTIONS -> function;
      case MACROS -> macro;
      case SIGILS -> name.startsWith("sigil_") && (function || macro);
    };
  }
}
