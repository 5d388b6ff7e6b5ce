package dev.hexlens.cli;

import dev.hexlens.pattern.Filter;
import dev.hexlens.pattern.Filter.CommentPlace;
import dev.hexlens.pattern.Guard;
import dev.hexlens.pattern.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The filters that every search by pattern takes; all must hold of a match. */
final class FilterOptions {
  @Option(names = "--inside", paramLabel = "P", description = "An ancestor matches.")
  private List<String> inside = List.of();

  @Option(names = "--not-inside", paramLabel = "P", description = "No ancestor matches.")
  private List<String> notInside = List.of();

  @Option(names = "--contains", paramLabel = "P", description = "A descendant matches.")
  private List<String> contains = List.of();

  @Option(names = "--not-contains", paramLabel = "P", description = "No descendant matches.")
  private List<String> notContains = List.of();

  @Option(names = "--parent", paramLabel = "P", description = "The parent matches.")
  private List<String> parent = List.of();

  @Option(names = "--child", paramLabel = "P", description = "A child matches.")
  private List<String> child = List.of();

  @Option(names = "--follows", paramLabel = "P", description = "A sibling before matches.")
  private List<String> follows = List.of();

  @Option(names = "--immediately-follows", paramLabel = "P", description = "The one before does.")
  private List<String> immediatelyFollows = List.of();

  @Option(names = "--precedes", paramLabel = "P", description = "A sibling after matches.")
  private List<String> precedes = List.of();

  @Option(names = "--immediately-precedes", paramLabel = "P", description = "The next one does.")
  private List<String> immediatelyPrecedes = List.of();

  @Option(names = "--comment", paramLabel = "S", description = "A comment there holds the text.")
  private List<String> comment = List.of();

  @Option(names = "--comment-before", paramLabel = "S", description = "One on the line before.")
  private List<String> commentBefore = List.of();

  @Option(names = "--comment-after", paramLabel = "S", description = "One on the line after.")
  private List<String> commentAfter = List.of();

  @Option(names = "--comment-inside", paramLabel = "S", description = "One on its lines.")
  private List<String> commentInside = List.of();

  @Option(names = "--comment-inline", paramLabel = "S", description = "One behind it.")
  private List<String> commentInline = List.of();

  @Option(names = "--piped", description = "It is written with |>.")
  private boolean piped;

  @Option(names = "--nth", paramLabel = "N", description = "It is the Nth of its siblings.")
  private @Nullable Integer nth;

  @Option(names = "--first", description = "It is the first of its siblings.")
  private boolean first;

  @Option(names = "--last", description = "It is the last of its siblings.")
  private boolean last;

  @Option(names = "--not-parent", paramLabel = "P", description = "The parent does not match.")
  private List<String> notParent = List.of();

  @Option(names = "--not-child", paramLabel = "P", description = "No child matches.")
  private List<String> notChild = List.of();

  @Option(names = "--not-follows", paramLabel = "P", description = "No sibling before matches.")
  private List<String> notFollows = List.of();

  @Option(
      names = "--not-immediately-follows",
      paramLabel = "P",
      description = "The one before does not.")
  private List<String> notImmediatelyFollows = List.of();

  @Option(names = "--not-precedes", paramLabel = "P", description = "No sibling after matches.")
  private List<String> notPrecedes = List.of();

  @Option(
      names = "--not-immediately-precedes",
      paramLabel = "P",
      description = "The next one does not.")
  private List<String> notImmediatelyPrecedes = List.of();

  @Option(
      names = "--not-comment",
      paramLabel = "S",
      description = "No comment there holds the text.")
  private List<String> notComment = List.of();

  @Option(
      names = "--not-comment-before",
      paramLabel = "S",
      description = "None on the line before.")
  private List<String> notCommentBefore = List.of();

  @Option(names = "--not-comment-after", paramLabel = "S", description = "None on the line after.")
  private List<String> notCommentAfter = List.of();

  @Option(names = "--not-comment-inside", paramLabel = "S", description = "None on its lines.")
  private List<String> notCommentInside = List.of();

  @Option(names = "--not-comment-inline", paramLabel = "S", description = "None behind it.")
  private List<String> notCommentInline = List.of();

  @Option(names = "--not-piped", description = "It is not written with |>.")
  private boolean notPiped;

  @Option(
      names = "--where",
      paramLabel = "EXPR",
      description =
          "An expression over captures holds: ^left == ^right, is_atom(^x), ^n > 10, ^e in [:a, :b],"
              + " match?(P, ^x).")
  private List<String> where = List.of();

  /**
   * @throws dev.hexlens.pattern.PatternException when one of the patterns does not parse
   */
  List<Filter> filters() {
    List<Filter> filters = new ArrayList<>();
    patterns(filters, inside, Filter.Inside::new);
    patterns(filters, notInside, p -> new Filter.Not(new Filter.Inside(p)));
    patterns(filters, contains, Filter.Contains::new);
    patterns(filters, notContains, p -> new Filter.Not(new Filter.Contains(p)));
    patterns(filters, parent, Filter.Parent::new);
    patterns(filters, child, Filter.HasChild::new);
    patterns(filters, follows, p -> new Filter.Follows(p, false));
    patterns(filters, immediatelyFollows, p -> new Filter.Follows(p, true));
    patterns(filters, precedes, p -> new Filter.Precedes(p, false));
    patterns(filters, immediatelyPrecedes, p -> new Filter.Precedes(p, true));
    comments(filters, comment, CommentPlace.ANYWHERE);
    comments(filters, commentBefore, CommentPlace.BEFORE);
    comments(filters, commentAfter, CommentPlace.AFTER);
    comments(filters, commentInside, CommentPlace.INSIDE);
    comments(filters, commentInline, CommentPlace.INLINE);
    List<Filter> excluded = new ArrayList<>();
    patterns(excluded, notParent, Filter.Parent::new);
    patterns(excluded, notChild, Filter.HasChild::new);
    patterns(excluded, notFollows, p -> new Filter.Follows(p, false));
    patterns(excluded, notImmediatelyFollows, p -> new Filter.Follows(p, true));
    patterns(excluded, notPrecedes, p -> new Filter.Precedes(p, false));
    patterns(excluded, notImmediatelyPrecedes, p -> new Filter.Precedes(p, true));
    comments(excluded, notComment, CommentPlace.ANYWHERE);
    comments(excluded, notCommentBefore, CommentPlace.BEFORE);
    comments(excluded, notCommentAfter, CommentPlace.AFTER);
    comments(excluded, notCommentInside, CommentPlace.INSIDE);
    comments(excluded, notCommentInline, CommentPlace.INLINE);
    excluded.forEach(filter -> filters.add(new Filter.Not(filter)));
    where.forEach(condition -> filters.add(new Filter.Where(Guard.parse(condition))));
    if (notPiped) {
      filters.add(new Filter.Not(new Filter.Piped()));
    }
    if (piped) {
      filters.add(new Filter.Piped());
    }
    if (nth != null) {
      if (nth < 1) {
        throw new CommandFailure("--nth counts from 1, not from " + nth);
      }
      filters.add(new Filter.Nth(nth));
    }
    if (first) {
      filters.add(new Filter.Nth(1));
    }
    if (last) {
      filters.add(new Filter.Last());
    }
    return filters;
  }

  private static void patterns(
      List<Filter> filters, List<String> patterns, Function<Pattern, Filter> filter) {
    patterns.forEach(pattern -> filters.add(filter.apply(Pattern.parse(pattern))));
  }

  private static void comments(List<Filter> filters, List<String> texts, CommentPlace place) {
    texts.forEach(text -> filters.add(new Filter.HasComment(place, text)));
  }
}
