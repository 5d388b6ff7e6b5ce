package dev.hexlens.protocol;

import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of {@code hexlens/textSearch}.
 *
 * @param text literal, or a regular expression in RE2's syntax
 * @param regex whether it is one
 * @param place {@code comments} or {@code strings} for what stands in them only; null for anywhere
 * @param scope null for everywhere
 * @param limit matches at most; null for the server's own limit
 * @param cursor where an earlier search stopped; null to begin
 * @param timeLimit in milliseconds; what was found by then is the answer; null for 10 seconds
 * @param partialResultToken where to send matches as they are found, with {@code $/progress}
 * @param workDoneToken where to show that the search begins and ends
 */
public record TextSearchParams(
    String text,
    @Nullable Boolean regex,
    @Nullable String place,
    @Nullable Scope scope,
    @Nullable Integer limit,
    @Nullable String cursor,
    @Nullable Integer timeLimit,
    @Nullable Either<String, Integer> partialResultToken,
    @Nullable Either<String, Integer> workDoneToken) {
  /** A search everywhere for a literal text. */
  public static TextSearchParams of(String text) {
    return new TextSearchParams(text, null, null, null, null, null, null, null, null);
  }

  /** The same with a place for the matches and bounds. */
  public TextSearchParams with(
      @Nullable Scope scope,
      @Nullable Integer limit,
      @Nullable Either<String, Integer> partialResultToken) {
    return new TextSearchParams(
        text, regex, place, scope, limit, cursor, timeLimit, partialResultToken, workDoneToken);
  }

  /** The same from where an earlier search stopped. */
  public TextSearchParams from(@Nullable String cursor) {
    return new TextSearchParams(
        text, regex, place, scope, limit, cursor, timeLimit, partialResultToken, workDoneToken);
  }
}
