package dev.hexlens.search;

import dev.hexlens.elixir.facts.Definition;
import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.store.FileFacts;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The name at a place of a file: what a cursor anywhere in it, or right behind it, points at.
 *
 * @param symbols what it means; several where a definition has several arities
 * @param start the first byte of the name
 * @param end the byte after the last
 */
public record NameAt(Set<Symbol> symbols, int start, int end) {
  /** The innermost name whose meaning is known; empty when there is none. */
  public static Optional<NameAt> find(FileFacts facts, int offset) {
    for (FileFacts.Defined defined : facts.definitions()) {
      for (Definition.Clause clause : defined.clauses()) {
        if (clause.nameStart() <= offset && offset <= clause.nameEnd()) {
          return Optional.of(new NameAt(arities(defined), clause.nameStart(), clause.nameEnd()));
        }
      }
    }
    List<FileFacts.Referred> around =
        facts.references().stream()
            .filter(reference ->
                reference.start() <= offset
                    && offset <= reference.end()
                    && reference.symbol().module() != null)
            .sorted(
                Comparator.comparingInt((FileFacts.Referred r) -> r.end() - r.start())
                    // right between two names the one that begins there is meant
                    .thenComparingInt(r -> r.start() == offset ? 0 : 1)
                    .thenComparingInt(r -> r.symbol().namespace().ordinal()))
            .toList();
    return around.stream().findFirst().map(r -> new NameAt(Set.of(r.symbol()), r.start(), r.end()));
  }

  /** Every symbol that a definition defines: one an arity. */
  public static Set<Symbol> arities(FileFacts.Defined defined) {
    Symbol symbol = defined.symbol();
    Set<Symbol> symbols = new LinkedHashSet<>();
    for (int arity = defined.minArity(); arity <= symbol.arity(); arity++) {
      symbols.add(new Symbol(symbol.namespace(), symbol.module(), symbol.name(), arity));
    }
    return symbols;
  }
}
