package dev.hexlens.search;

import dev.hexlens.elixir.facts.Definition;
import dev.hexlens.elixir.facts.Definition.Kind;
import dev.hexlens.elixir.facts.Facts;
import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.pattern.Term;
import dev.hexlens.store.FileFacts;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What must stand around an answer.
 *
 * @param module the innermost module around it; null for any
 * @param kinds of these must the innermost definition around it be, be it itself; none: any
 */
public record Around(@Nullable String module, Set<Kind> kinds) {
  public static final Around ANYTHING = new Around(null, Set.of());

  private static final Set<Kind> MODULES =
      EnumSet.of(Kind.MODULE, Kind.PROTOCOL, Kind.IMPLEMENTATION);

  private static final Set<Kind> ANY = EnumSet.allOf(Kind.class);

  public Around {
    kinds = Set.copyOf(kinds);
  }

  /**
   * What somebody wants to stand around an answer.
   *
   * @param kinds as definitions print them, with hyphens or without
   * @throws IllegalArgumentException with a sentence when one of them is none
   */
  public static Around of(@Nullable String module, Collection<String> kinds) {
    Set<Kind> wanted = EnumSet.noneOf(Kind.class);
    kinds.forEach(kind -> wanted.add(kind(kind)));
    return new Around(module, wanted);
  }

  private static Kind kind(String text) {
    return Stream.of(Kind.values())
        .filter(kind -> kind.printed().equals(text.replace('-', ' ').replace('_', ' ')))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "`%s` is no kind of definition: there are %s"
                    .formatted(
                        text,
                        Stream.of(Kind.values())
                            .map(kind -> kind.printed().replace(' ', '-'))
                            .collect(Collectors.joining(", ")))));
  }

  /** What a file must have for it, as the index knows it. */
  public Set<Integer> terms() {
    return module == null ? Set.of() : Set.of(Term.defines(Symbol.Namespace.MODULE.name(), module));
  }

  /** A definition, wherever it was read. */
  private record Spot(Kind kind, @Nullable String module, List<Definition.Clause> clauses) {
    static List<Spot> of(FileFacts facts) {
      return facts.definitions().stream()
          .map(each -> new Spot(each.kind(), each.symbol().module(), each.clauses()))
          .toList();
    }

    static List<Spot> of(Facts facts) {
      return facts.definitions().stream()
          .map(each -> new Spot(each.kind(), each.module(), each.clauses()))
          .toList();
    }
  }

  /** The innermost module around a range of a stored file; null outside of modules. */
  public static @Nullable String moduleAt(FileFacts facts, int start, int end) {
    Spot module = innermost(Spot.of(facts), MODULES, start, end);
    return module == null ? null : module.module();
  }

  /** The innermost module around a range of a file; null outside of modules. */
  public static @Nullable String moduleAt(Facts facts, int start, int end) {
    Spot module = innermost(Spot.of(facts), MODULES, start, end);
    return module == null ? null : module.module();
  }

  /** Whether it narrows nothing. */
  public boolean isAnything() {
    return module == null && kinds.isEmpty();
  }

  /** Whether a definition itself is so: of the module, and of one of the kinds. */
  public boolean admits(Symbol symbol, String kind) {
    return (module == null || module.equals(symbol.module()))
        && (kinds.isEmpty() || kinds.stream().anyMatch(each -> each.printed().equals(kind)));
  }

  /** Whether it is so at a range of a stored file. */
  public boolean admits(FileFacts facts, int start, int end) {
    return isAnything() || admits(Spot.of(facts), start, end);
  }

  /** Whether it is so at a range of a file. */
  public boolean admits(Facts facts, int start, int end) {
    return isAnything() || admits(Spot.of(facts), start, end);
  }

  private boolean admits(List<Spot> spots, int start, int end) {
    if (module != null) {
      Spot around = innermost(spots, MODULES, start, end);
      if (around == null || !module.equals(around.module())) {
        return false;
      }
    }
    Spot around = innermost(spots, ANY, start, end);
    return kinds.isEmpty() || (around != null && kinds.contains(around.kind()));
  }

  private static @Nullable Spot innermost(List<Spot> spots, Set<Kind> wanted, int start, int end) {
    Spot innermost = null;
    int length = Integer.MAX_VALUE;
    for (Spot spot : spots) {
      for (Definition.Clause clause : spot.clauses()) {
        int itsLength = clause.end() - clause.start();
        if (wanted.contains(spot.kind())
            && clause.start() <= start
            && end <= clause.end()
            && itsLength < length) {
          innermost = spot;
          length = itsLength;
        }
      }
    }
    return innermost;
  }
}
