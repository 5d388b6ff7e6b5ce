package dev.hexlens.store;

import dev.hexlens.elixir.facts.Certainty;
import dev.hexlens.elixir.facts.Definition;
import dev.hexlens.elixir.facts.Reference;
import dev.hexlens.elixir.facts.Symbol;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a file's definitions and references: symbols and byte ranges.
 *
 * @param definitions in order of their first clause
 * @param references by place
 */
public record FileFacts(List<Defined> definitions, List<Referred> references) {
  public FileFacts {
    definitions = List.copyOf(definitions);
    references = List.copyOf(references);
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
    return symbols;
  }

  /**
   * A definition.
   *
   * @param minArity below the symbol's arity where arguments have defaults
   */
  public record Defined(
      Definition.Kind kind, Symbol symbol, int minArity, List<Definition.Clause> clauses) {}

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
}
