package dev.hexlens.search;

import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.store.Symbols;
import dev.hexlens.store.Symbols.Known;
import dev.hexlens.store.postgres.Cancellation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds indexed symbols as somebody types: by the beginnings of their last part and of their words.
 * Both come from an index in time that does not depend on how much is stored; what stands in the
 * middle of a word is not found.
 */
public final class SymbolSearch {
  /** The index gives so many times what is asked for, to be put in their true order. */
  private static final int MORE = 4;

  private final Symbols symbols;

  public SymbolSearch(Symbols symbols) {
    this.symbols = symbols;
  }

  private record Ranked(Known known, SymbolMatcher.Match match) {}

  /**
   * The best answers: exact, prefix, word start, then by rank of their packages, the short ones
   * first.
   *
   * @param typed an empty one finds nothing
   * @param limit at most so many
   */
  public List<Known> search(String typed, int limit, Cancellation cancellation) {
    SymbolMatcher matcher = new SymbolMatcher(typed);
    String lower = matcher.text();
    if (lower.isEmpty()) {
      return List.of();
    }
    int wanted = (int) Math.min(Integer.MAX_VALUE, (long) limit * MORE);
    int dot = lower.lastIndexOf('.');
    String last = lower.substring(dot + 1);
    List<String> words =
        Stream.of(lower.split("[._@:?! ]+")).filter(word -> !word.isEmpty()).toList();
    Set<Known> candidates = new LinkedHashSet<>();
    if (!last.isEmpty()) {
      candidates.addAll(symbols.beginning(last, dot < 0 ? List.of() : words, wanted, cancellation));
    }
    // Better answers than beginnings of the last part there are none.
    if (candidates.size() < wanted && !words.isEmpty()) {
      candidates.addAll(symbols.withWords(words, wanted, cancellation));
    }
    return ranked(candidates, matcher).stream().limit(limit).toList();
  }

  private static List<Known> ranked(Set<Known> candidates, SymbolMatcher matcher) {
    List<Ranked> ranked = new ArrayList<>();
    for (Known known : candidates) {
      matcher
          .match(qualified(known.symbol()))
          .ifPresent(match -> ranked.add(new Ranked(known, match)));
    }
    ranked.sort(
        Comparator.comparing((Ranked each) -> each.match().tier())
            .thenComparingInt(each -> each.known().rank())
            .thenComparing(Ranked::match)
            .thenComparingInt(each -> qualified(each.known().symbol()).length())
            .thenComparing(each -> each.known().symbol().printed())
            .thenComparing(each -> each.known().symbol().namespace()));
    return ranked.stream().map(Ranked::known).toList();
  }

  /** A symbol as it prints, without the arity. */
  public static String qualified(Symbol symbol) {
    String printed = symbol.printed();
    int arity = symbol.arity() < 0 ? -1 : printed.lastIndexOf('/');
    return arity < 0 ? printed : printed.substring(0, arity);
  }
}
