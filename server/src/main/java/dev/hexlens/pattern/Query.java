package dev.hexlens.pattern;

import dev.hexlens.elixir.syntax.NamePool;
import java.util.List;

/**
 * What a search asks of each file: a pattern, the filters that its matches must all meet, and the
 * steps that lead from them to the answers.
 */
public record Query(Pattern pattern, List<Filter> filters, List<Step> steps) {
  private static final byte[] USE = {'u', 's', 'e', ' '};
  private static final byte[] HEX_ESCAPE = {'\\', 'x'};
  private static final byte[] UNICODE_ESCAPE = {'\\', 'u'};

  public Query {
    filters = List.copyOf(filters);
    steps = List.copyOf(steps);
  }

  public static Query of(Pattern pattern) {
    return new Query(pattern, List.of(), List.of());
  }

  /** Whether a file with these names can hold an answer; false is certain, true is not. */
  public boolean possibleIn(NamePool names) {
    return pattern.possibleIn(names)
        && filters.stream().allMatch(filter -> possible(filter, names))
        && steps.stream().allMatch(step -> step.pattern().possibleIn(names));
  }

  /**
   * Whether a source can hold an answer, judged by its bytes alone, before it is parsed; false is
   * certain, true is not. A source with {@code \\x} or {@code \\u} may spell any name, so it always
   * can.
   */
  public boolean possibleIn(byte[] source) {
    return (allIn(source, pattern.spelled())
            && (allIn(source, pattern.spelledSegments()) || Bytes.contain(source, USE)))
        || Bytes.contain(source, HEX_ESCAPE)
        || Bytes.contain(source, UNICODE_ESCAPE);
  }

  private static boolean allIn(byte[] source, List<byte[]> words) {
    return words.stream().allMatch(word -> Bytes.contain(source, word));
  }

  private static boolean possible(Filter filter, NamePool names) {
    return switch (filter) {
      case Filter.Inside f -> f.pattern().possibleIn(names);
      case Filter.Contains f -> f.pattern().possibleIn(names);
      case Filter.Parent f -> f.pattern().possibleIn(names);
      case Filter.HasChild f -> f.pattern().possibleIn(names);
      case Filter.Follows f -> f.pattern().possibleIn(names);
      case Filter.Precedes f -> f.pattern().possibleIn(names);
      case Filter.AllOf f -> f.filters().stream().allMatch(each -> possible(each, names));
      case Filter.AnyOf f -> f.filters().stream().anyMatch(each -> possible(each, names));
      case Filter.HasComment f -> true;
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
