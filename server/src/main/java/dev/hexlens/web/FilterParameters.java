package dev.hexlens.web;

import dev.hexlens.pattern.Filter;
import dev.hexlens.pattern.Filter.CommentPlace;
import dev.hexlens.pattern.Guard;
import dev.hexlens.pattern.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The filters of a page's question, named as in the protocol; each once. */
final class FilterParameters {
  private FilterParameters() {}

  /** What makes a filter of a parameter's text. */
  private record Named(String name, Function<String, Filter> filter) {
    static Named pattern(String name, Function<Pattern, Filter> filter) {
      return new Named(name, text -> filter.apply(Pattern.parse(text)));
    }

    static Named comment(String name, CommentPlace place) {
      return new Named(name, text -> new Filter.HasComment(place, text));
    }

    static Named flag(String name, Filter filter) {
      return new Named(name, text -> filter);
    }
  }

  private static final List<Named> ALL =
      List.of(
          Named.pattern("inside", Filter.Inside::new),
          Named.pattern("notInside", p -> new Filter.Not(new Filter.Inside(p))),
          Named.pattern("contains", Filter.Contains::new),
          Named.pattern("notContains", p -> new Filter.Not(new Filter.Contains(p))),
          Named.pattern("parent", Filter.Parent::new),
          Named.pattern("child", Filter.HasChild::new),
          Named.pattern("follows", p -> new Filter.Follows(p, false)),
          Named.pattern("immediatelyFollows", p -> new Filter.Follows(p, true)),
          Named.pattern("precedes", p -> new Filter.Precedes(p, false)),
          Named.pattern("immediatelyPrecedes", p -> new Filter.Precedes(p, true)),
          Named.comment("comment", CommentPlace.ANYWHERE),
          Named.comment("commentBefore", CommentPlace.BEFORE),
          Named.comment("commentAfter", CommentPlace.AFTER),
          Named.comment("commentInside", CommentPlace.INSIDE),
          Named.comment("commentInline", CommentPlace.INLINE),
          new Named("where", text -> new Filter.Where(Guard.parse(text))),
          Named.flag("piped", new Filter.Piped()),
          Named.flag("first", new Filter.Nth(1)),
          Named.flag("last", new Filter.Last()));

  private static final int MOST = 100_000;

  /**
   * What must hold of a match.
   *
   * @throws dev.hexlens.pattern.PatternException when one of the patterns does not parse
   */
  static List<Filter> filters(Exchange exchange) {
    List<Filter> filters = new ArrayList<>();
    for (Named each : ALL) {
      String text = exchange.parameter(each.name());
      if (!text.isEmpty()) {
        filters.add(each.filter().apply(text));
      }
    }
    int nth = exchange.number("nth", 0, 1, MOST);
    if (nth > 0) {
      filters.add(new Filter.Nth(nth));
    }
    return filters;
  }
}
