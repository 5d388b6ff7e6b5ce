package dev.hexlens.lsp;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.eclipse.lsp4j.jsonrpc.Endpoint;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the protocol's order: nothing before initialize, which comes once; nothing but exit after
 * shutdown. Called by the reader's thread alone.
 */
final class LifecycleGate implements Endpoint {
  private static final Set<String> ALWAYS = Set.of("exit", "$/cancelRequest", "$/setTrace");

  private enum Phase {
    NEW,
    INITIALIZED,
    SHUT_DOWN
  }

  private final Endpoint server;
  private Phase phase = Phase.NEW;

  LifecycleGate(Endpoint server) {
    this.server = server;
  }

  @Override
  public CompletableFuture<?> request(String method, @Nullable Object parameter) {
    switch (phase) {
      case NEW -> {
        if (!method.equals("initialize")) {
          return refused(
              ResponseErrorCode.ServerNotInitialized, method + " before initialize is refused");
        }
        if (parameter == null) {
          return refused(ResponseErrorCode.InvalidParams, "initialize needs parameters");
        }
        phase = Phase.INITIALIZED;
      }
      case INITIALIZED -> {
        if (method.equals("initialize")) {
          return refused(ResponseErrorCode.InvalidRequest, "initialize comes once");
        }
        if (method.equals("shutdown")) {
          phase = Phase.SHUT_DOWN;
        }
      }
      case SHUT_DOWN -> {
        return refused(
            ResponseErrorCode.InvalidRequest, method + " after shutdown is refused: send exit");
      }
    }
    return server.request(method, parameter);
  }

  private static CompletableFuture<?> refused(ResponseErrorCode code, String reason) {
    return CompletableFuture.failedFuture(
        new ResponseErrorException(new ResponseError(code, reason, null)));
  }

  @Override
  public void notify(String method, @Nullable Object parameter) {
    if (phase == Phase.INITIALIZED || ALWAYS.contains(method)) {
      server.notify(method, parameter);
    }
  }
}
