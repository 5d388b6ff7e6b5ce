package dev.hexlens.lsp;

import dev.hexlens.pattern.PatternException;
import dev.hexlens.search.StaleCursor;
import dev.hexlens.store.UnknownPosition;
import dev.hexlens.store.postgres.DatabaseException;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.jspecify.annotations.Nullable;

/** What went wrong, as the protocol says it. */
final class Failures {
  /** The code of what is our own mistake. */
  static final int INTERNAL = ResponseErrorCode.InternalError.getValue();

  private Failures() {}

  /** The request makes no sense as it is. */
  static ResponseErrorException invalid(String reason) {
    return error(ResponseErrorCode.InvalidParams, reason, null);
  }

  /** The request is fine and could not be answered. */
  static ResponseErrorException failed(String reason) {
    return error(ResponseErrorCode.RequestFailed, reason, null);
  }

  /** The answer to a request that ended so. */
  static ResponseErrorException of(Throwable failure) {
    return switch (failure) {
      case ResponseErrorException told -> told;
      case CompletionException wrapped when wrapped.getCause() != null -> of(wrapped.getCause());
      case CancellationException cancelled ->
          error(ResponseErrorCode.RequestCancelled, "cancelled", null);
      case PatternException pattern ->
          error(
              ResponseErrorCode.InvalidParams,
              String.valueOf(pattern.getMessage()),
              Map.of("line", pattern.line(), "column", pattern.column()));
      case StaleCursor stale -> invalid(String.valueOf(stale.getMessage()));
      case UnknownPosition unknown ->
          invalid("the cursor is of another search: " + unknown.getMessage());
      case DatabaseException database -> failed(String.valueOf(database.getMessage()));
      default -> error(ResponseErrorCode.InternalError, "internal error: " + failure, null);
    };
  }

  private static ResponseErrorException error(
      ResponseErrorCode code, String message, @Nullable Object data) {
    return new ResponseErrorException(new ResponseError(code, message, data));
  }
}
