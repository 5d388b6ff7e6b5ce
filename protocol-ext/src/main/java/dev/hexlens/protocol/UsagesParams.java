package dev.hexlens.protocol;

import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of {@code hexlens/usages}: a symbol by name, or the one at a place.
 *
 * @param symbol {@code Mod}, {@code Mod.fun}, {@code Mod.fun/2}, {@code Mod.@attr}, {@code
 *     :lists.map/2}; null where the place tells
 * @param textDocument with {@code position}, where there is no {@code symbol}
 * @param includeDeclaration whether definitions count; null for no
 * @param countsOnly whether to leave the places out; null for no
 * @param limit places at most; null for the server's own limit
 * @param cursor where the places of an earlier search stopped; null to begin
 */
public record UsagesParams(
    @Nullable String symbol,
    @Nullable TextDocumentIdentifier textDocument,
    @Nullable Position position,
    @Nullable Boolean includeDeclaration,
    @Nullable Boolean countsOnly,
    @Nullable Scope scope,
    @Nullable Integer limit,
    @Nullable String cursor,
    @Nullable Either<String, Integer> partialResultToken,
    @Nullable Either<String, Integer> workDoneToken) {
  /** Asks for a symbol everywhere. */
  public static UsagesParams of(String symbol) {
    return new UsagesParams(symbol, null, null, null, null, null, null, null, null, null);
  }

  /** The same with bounds, from where the places of an earlier search stopped. */
  public UsagesParams from(@Nullable Integer limit, @Nullable String cursor) {
    return new UsagesParams(
        symbol,
        textDocument,
        position,
        includeDeclaration,
        countsOnly,
        scope,
        limit,
        cursor,
        partialResultToken,
        workDoneToken);
  }
}
