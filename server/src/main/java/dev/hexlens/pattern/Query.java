package dev.hexlens.pattern;

import dev.hexlens.elixir.syntax.NamePool;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a search asks of each file: a pattern, the filters that its matches must all meet, and the
 * steps that lead from them to the answers.
 *
 * <p>Making one throws a {@link PatternException} when a condition names no capture of the pattern.
 */
public record Query(Pattern pattern, List<Filter> filters, List<Step> steps) {
  public Query {
    filters = List.copyOf(filters);
    steps = List.copyOf(steps);
    filters.forEach(filter -> check(filter, pattern));
  }

  private static void check(Filter filter, Pattern pattern) {
    switch (filter) {
      case Filter.Where f -> f.guard().check(pattern.captures());
      case Filter.Not f -> check(f.filter(), pattern);
      case Filter.AnyOf f -> f.filters().forEach(each -> check(each, pattern));
      case Filter.AllOf f -> f.filters().forEach(each -> check(each, pattern));
      default -> {}
    }
  }

  public static Query of(Pattern pattern) {
    return new Query(pattern, List.of(), List.of());
  }

  /** Whether a file with these names can hold an answer; false is certain, true is not. */
  public boolean possibleIn(NamePool names) {
    return pattern.possibleIn(names)
        && filters.stream().allMatch(filter -> possible(filter, p -> p.possibleIn(names)))
        && steps.stream().allMatch(step -> step.pattern().possibleIn(names));
  }

  /**
   * Whether a source can hold an answer, judged by its bytes alone, before it is parsed; false is
   * certain, true is not.
   */
  public boolean possibleIn(byte[] source) {
    return pattern.possibleIn(source)
        && filters.stream().allMatch(filter -> possible(filter, p -> p.possibleIn(source)))
        && steps.stream().allMatch(step -> step.pattern().possibleIn(source));
  }

  private static boolean possible(Filter filter, Predicate<Pattern> matchable) {
    return switch (filter) {
      case Filter.Inside f -> matchable.test(f.pattern());
      case Filter.Contains f -> matchable.test(f.pattern());
      case Filter.Parent f -> matchable.test(f.pattern());
      case Filter.HasChild f -> matchable.test(f.pattern());
      case Filter.Follows f -> matchable.test(f.pattern());
      case Filter.Precedes f -> matchable.test(f.pattern());
      case Filter.AllOf f -> f.filters().stream().allMatch(each -> possible(each, matchable));
      case Filter.AnyOf f -> f.filters().stream().anyMatch(each -> possible(each, matchable));
      case Filter.HasComment f -> true;
      case Filter.Where f -> true;
      case Filter.Piped f -> true;
      case Filter.Nth f -> true;
      case Filter.Last f -> true;
      case Filter.Not f -> true;
    };
  }

  /** From a match on to the nodes below it that match in their turn. */
  public sealed interface Step {
    Pattern pattern();

    /** To its statements or arguments. */
    record Child(Pattern pattern) implements Step {}

    /** To everything below it. */
    record Descendant(Pattern pattern) implements Step {}
  }
}
