package dev.hexlens.lsp;

import dev.hexlens.pattern.Filter;
import dev.hexlens.pattern.Filter.CommentPlace;
import dev.hexlens.pattern.Guard;
import dev.hexlens.pattern.Pattern;
import dev.hexlens.protocol.Filters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.jspecify.annotations.Nullable;

/** Reads the filters of a request. */
final class FilterFields {
  private FilterFields() {}

  /**
   * What must hold of a match.
   *
   * @throws dev.hexlens.pattern.PatternException when one of the patterns does not parse
   */
  static List<Filter> filters(Filters given) {
    List<Filter> filters = new ArrayList<>();
    patterns(filters, given.inside(), Filter.Inside::new);
    patterns(filters, given.notInside(), p -> new Filter.Not(new Filter.Inside(p)));
    patterns(filters, given.contains(), Filter.Contains::new);
    patterns(filters, given.notContains(), p -> new Filter.Not(new Filter.Contains(p)));
    patterns(filters, given.parent(), Filter.Parent::new);
    patterns(filters, given.child(), Filter.HasChild::new);
    patterns(filters, given.follows(), p -> new Filter.Follows(p, false));
    patterns(filters, given.immediatelyFollows(), p -> new Filter.Follows(p, true));
    patterns(filters, given.precedes(), p -> new Filter.Precedes(p, false));
    patterns(filters, given.immediatelyPrecedes(), p -> new Filter.Precedes(p, true));
    comments(filters, given.comment(), CommentPlace.ANYWHERE);
    comments(filters, given.commentBefore(), CommentPlace.BEFORE);
    comments(filters, given.commentAfter(), CommentPlace.AFTER);
    comments(filters, given.commentInside(), CommentPlace.INSIDE);
    comments(filters, given.commentInline(), CommentPlace.INLINE);
    texts(given.where()).forEach(text -> filters.add(new Filter.Where(Guard.parse(text))));
    if (Boolean.TRUE.equals(given.piped())) {
      filters.add(new Filter.Piped());
    }
    if (Boolean.TRUE.equals(given.first())) {
      filters.add(new Filter.Nth(1));
    }
    if (Boolean.TRUE.equals(given.last())) {
      filters.add(new Filter.Last());
    }
    if (given.nth() != null) {
      if (given.nth() < 1) {
        throw Failures.invalid("nth counts from 1, not from " + given.nth());
      }
      filters.add(new Filter.Nth(given.nth()));
    }
    if (given.any() != null) {
      filters.add(new Filter.AnyOf(each(given.any())));
    }
    if (given.all() != null) {
      filters.add(new Filter.AllOf(each(given.all())));
    }
    if (given.not() != null) {
      given.not().forEach(one -> filters.add(new Filter.Not(new Filter.AllOf(filters(one)))));
    }
    return filters;
  }

  private static List<Filter> each(List<Filters> given) {
    return given.stream().<Filter>map(one -> new Filter.AllOf(filters(one))).toList();
  }

  private static void patterns(
      List<Filter> filters,
      @Nullable Either<String, List<String>> given,
      Function<Pattern, Filter> filter) {
    texts(given).forEach(pattern -> filters.add(filter.apply(Pattern.parse(pattern))));
  }

  private static void comments(
      List<Filter> filters, @Nullable Either<String, List<String>> given, CommentPlace place) {
    texts(given).forEach(text -> filters.add(new Filter.HasComment(place, text)));
  }

  private static List<String> texts(@Nullable Either<String, List<String>> given) {
    if (given == null) {
      return List.of();
    }
    return given.isLeft() ? List.of(given.getLeft()) : given.getRight();
  }
}
