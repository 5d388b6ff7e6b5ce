package dev.hexlens.store;

import dev.hexlens.elixir.facts.Certainty;
import dev.hexlens.elixir.facts.Definition;
import dev.hexlens.elixir.facts.Reference;
import dev.hexlens.elixir.facts.Symbol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a file's definitions and references: symbols and byte ranges.
 *
 * @param definitions in order of their first clause
 * @param references by place
 * @param imports what other files say of names without a module in front, each once
 */
public record FileFacts(
    List<Defined> definitions, List<Referred> references, List<Imported> imports) {
  public FileFacts {
    definitions = List.copyOf(definitions);
    references = List.copyOf(references);
    imports = List.copyOf(imports);
  }

  /**
   * The references to any of these symbols, by place; where a name is an alias and also a struct or
   * a behaviour, only what says more.
   */
  public List<Referred> uses(Collection<Symbol> wanted) {
    List<Referred> uses = new ArrayList<>();
    for (Referred reference : references) {
      if (wanted.contains(reference.symbol())) {
        boolean again = !uses.isEmpty() && uses.getLast().start() == reference.start();
        if (!again) {
          uses.add(reference);
        } else if (uses.getLast().kind() == Reference.Kind.ALIAS) {
          uses.set(uses.size() - 1, reference);
        }
      }
    }
    return uses;
  }

  /** Every symbol that is named, some more than once. */
  List<Symbol> symbols() {
    List<Symbol> symbols = new ArrayList<>();
    definitions.forEach(defined -> symbols.add(defined.symbol()));
    for (Referred reference : references) {
      symbols.add(reference.symbol());
      if (reference.in() != null) {
        symbols.add(reference.in());
      }
    }
    imports.forEach(imported -> symbols.add(imported.symbol()));
    return symbols;
  }

  /**
   * A definition.
   *
   * @param minArity below the symbol's arity where arguments have defaults
   */
  public record Defined(
      Definition.Kind kind, Symbol symbol, int minArity, List<Definition.Clause> clauses) {
    /** Whether this, with the arities that its defaults make, is the definition of a symbol. */
    public boolean defines(Symbol wanted) {
      return symbol.namespace() == wanted.namespace()
          && Objects.equals(symbol.module(), wanted.module())
          && Objects.equals(symbol.name(), wanted.name())
          && wanted.arity() >= minArity
          && wanted.arity() <= symbol.arity();
    }
  }

  /**
   * A reference.
   *
   * @param symbol its module is empty where it is not known
   * @param in the enclosing function or module; null outside of modules
   */
  public record Referred(
      Reference.Kind kind,
      int start,
      int end,
      Symbol symbol,
      Certainty certainty,
      @Nullable Symbol in) {}

  /**
   * Where a name comes from, which the file alone does not tell, or tells otherwise. Unlike
   * references these are the operators and sigils as well.
   *
   * @param environment the number of the file's environment in which it is so; -1 outside of all
   * @param symbol its module is null where the name is not imported
   */
  public record Imported(int environment, Symbol symbol) {
    /** That a module's name, as the file alone tells it, is another's there: a use brings it. */
    public static Imported alias(int environment, String written, @Nullable String module) {
      return new Imported(
          environment, new Symbol(Symbol.Namespace.MODULE, module, written, NO_ARITY));
    }

    private static final int NO_ARITY = -1;
  }
}
