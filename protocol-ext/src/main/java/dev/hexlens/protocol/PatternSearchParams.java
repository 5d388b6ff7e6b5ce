package dev.hexlens.protocol;

import java.util.List;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of {@code hexlens/patternSearch}. A filter of patterns or texts takes one or a
 * list; all must hold.
 *
 * @param pattern Elixir with holes
 * @param where conditions over the pattern's captures, such as {@code ^left == ^right}
 * @param nth counted from 1
 * @param any of these filters one must hold
 * @param all of these filters each must hold
 * @param not of these filters none may hold
 * @param scope null for everywhere
 * @param limit matches at most; null for the server's own limit
 * @param cursor where an earlier search stopped; null to begin
 * @param explain whether to tell how the answer was found
 * @param partialResultToken where to send matches as they are found, with {@code $/progress}
 * @param workDoneToken where to show that the search begins and ends
 */
public record PatternSearchParams(
    String pattern,
    @Nullable Either<String, List<String>> inside,
    @Nullable Either<String, List<String>> notInside,
    @Nullable Either<String, List<String>> contains,
    @Nullable Either<String, List<String>> notContains,
    @Nullable Either<String, List<String>> parent,
    @Nullable Either<String, List<String>> child,
    @Nullable Either<String, List<String>> follows,
    @Nullable Either<String, List<String>> immediatelyFollows,
    @Nullable Either<String, List<String>> precedes,
    @Nullable Either<String, List<String>> immediatelyPrecedes,
    @Nullable Either<String, List<String>> comment,
    @Nullable Either<String, List<String>> commentBefore,
    @Nullable Either<String, List<String>> commentAfter,
    @Nullable Either<String, List<String>> commentInside,
    @Nullable Either<String, List<String>> commentInline,
    @Nullable Either<String, List<String>> where,
    @Nullable Boolean piped,
    @Nullable Boolean first,
    @Nullable Boolean last,
    @Nullable Integer nth,
    @Nullable List<Filters> any,
    @Nullable List<Filters> all,
    @Nullable List<Filters> not,
    @Nullable Scope scope,
    @Nullable Integer limit,
    @Nullable String cursor,
    @Nullable Boolean explain,
    @Nullable Either<String, Integer> partialResultToken,
    @Nullable Either<String, Integer> workDoneToken) {

  /** A search everywhere for a pattern without filters. */
  public static PatternSearchParams of(String pattern) {
    return new PatternSearchParams(
        pattern, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
        null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
  }

  /** The same from where an earlier search stopped. */
  public PatternSearchParams from(@Nullable String cursor) {
    return with(scope, limit, cursor, partialResultToken);
  }

  /** The same with a place for the matches and bounds. */
  public PatternSearchParams with(
      @Nullable Scope scope,
      @Nullable Integer limit,
      @Nullable Either<String, Integer> partialResultToken) {
    return with(scope, limit, cursor, partialResultToken);
  }

  private PatternSearchParams with(
      @Nullable Scope scope,
      @Nullable Integer limit,
      @Nullable String cursor,
      @Nullable Either<String, Integer> partialResultToken) {
    return new PatternSearchParams(
        pattern,
        inside,
        notInside,
        contains,
        notContains,
        parent,
        child,
        follows,
        immediatelyFollows,
        precedes,
        immediatelyPrecedes,
        comment,
        commentBefore,
        commentAfter,
        commentInside,
        commentInline,
        where,
        piped,
        first,
        last,
        nth,
        any,
        all,
        not,
        scope,
        limit,
        cursor,
        explain,
        partialResultToken,
        workDoneToken);
  }

  /** The filters among the parameters. */
  public Filters filters() {
    return new Filters(
        inside,
        notInside,
        contains,
        notContains,
        parent,
        child,
        follows,
        immediatelyFollows,
        precedes,
        immediatelyPrecedes,
        comment,
        commentBefore,
        commentAfter,
        commentInside,
        commentInline,
        where,
        piped,
        first,
        last,
        nth,
        any,
        all,
        not);
  }
}
