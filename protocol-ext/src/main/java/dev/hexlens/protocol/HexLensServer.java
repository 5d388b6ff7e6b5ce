package dev.hexlens.protocol;

import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.jsonrpc.services.JsonRequest;
import org.eclipse.lsp4j.jsonrpc.services.JsonSegment;
import org.jspecify.annotations.Nullable;

/** What a client may ask beside the Language Server Protocol. PROTOCOL.md is its manual. */
@JsonSegment("hexlens")
public interface HexLensServer {
  /** Finds code by its structure; streams when the request brings a token. */
  @JsonRequest
  CompletableFuture<PatternSearchResult> patternSearch(PatternSearchParams params);

  /** Finds text and regular expressions; streams when the request brings a token. */
  @JsonRequest
  CompletableFuture<TextSearchResult> textSearch(TextSearchParams params);

  /** Finds who uses a symbol, package by package; streams when the request brings a token. */
  @JsonRequest
  CompletableFuture<UsagesResult> usages(UsagesParams params);

  /** Tells what is indexed and what is under way. */
  @JsonRequest
  CompletableFuture<StatusResult> status(@Nullable StatusParams params);
}
