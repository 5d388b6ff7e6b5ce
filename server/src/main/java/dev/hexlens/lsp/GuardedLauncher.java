package dev.hexlens.lsp;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.jsonrpc.MessageConsumer;
import org.eclipse.lsp4j.jsonrpc.MessageIssueHandler;
import org.eclipse.lsp4j.jsonrpc.RemoteEndpoint;
import org.eclipse.lsp4j.jsonrpc.json.ConcurrentMessageProcessor;
import org.eclipse.lsp4j.jsonrpc.json.MessageJsonHandler;
import org.eclipse.lsp4j.jsonrpc.json.StreamMessageProducer;
import org.eclipse.lsp4j.jsonrpc.services.ServiceEndpoints;
import org.eclipse.lsp4j.services.LanguageClient;

/** A launcher that keeps the protocol's order and survives what is no protocol. */
final class GuardedLauncher extends Launcher.Builder<LanguageClient> {
  /** No document is so long; a length like this is garbage that would take all memory. */
  private static final int MAX_MESSAGE_BYTES = 256 << 20;

  private final Object server;
  private final ServerLog log;

  GuardedLauncher(Object server, ServerLog log) {
    this.server = server;
    this.log = log;
  }

  @Override
  protected RemoteEndpoint createRemoteEndpoint(MessageJsonHandler json) {
    MessageConsumer out =
        wrapMessageConsumer(new org.eclipse.lsp4j.jsonrpc.json.StreamMessageConsumer(output, json));
    RemoteEndpoint endpoint =
        new RemoteEndpoint(
            out, new LifecycleGate(ServiceEndpoints.toEndpoint(List.of(server))), this::failure);
    json.setMethodProvider(endpoint);
    endpoint.setJsonHandler(json);
    return endpoint;
  }

  private org.eclipse.lsp4j.jsonrpc.messages.ResponseError failure(Throwable failure) {
    var told = Failures.of(unwrapped(failure)).getResponseError();
    if (told.getCode() == Failures.INTERNAL) {
      log.failure("a request failed", failure);
    }
    return told;
  }

  /** LSP4J calls handlers by reflection, and wraps what they throw. */
  private static Throwable unwrapped(Throwable failure) {
    Throwable at = failure;
    while (at.getCause() != null
        && (at instanceof java.lang.reflect.InvocationTargetException
            || at instanceof java.util.concurrent.CompletionException
            || at.getClass() == RuntimeException.class)) {
      at = at.getCause();
    }
    return at;
  }

  @Override
  public Launcher<LanguageClient> create() {
    MessageJsonHandler json = createJsonHandler();
    RemoteEndpoint endpoint = createRemoteEndpoint(json);
    LanguageClient proxy = createProxy(endpoint);
    StreamMessageProducer reader = new GuardedReader(input, json, endpoint);
    MessageConsumer consumer = wrapMessageConsumer(endpoint);
    ConcurrentMessageProcessor processor = createMessageProcessor(reader, consumer, proxy);
    ExecutorService executor =
        executorService == null ? Executors.newSingleThreadExecutor() : executorService;
    return createLauncher(executor, proxy, endpoint, processor);
  }

  /** Skips a message that is longer than any can be. */
  private final class GuardedReader extends StreamMessageProducer {
    GuardedReader(InputStream input, MessageJsonHandler json, MessageIssueHandler issues) {
      super(input, json, issues);
    }

    @Override
    protected boolean handleMessage(InputStream input, Headers headers) {
      if (headers.contentLength > MAX_MESSAGE_BYTES) {
        log.warn(
            "a message of %,d bytes is left out: the longest that is read has %,d"
                .formatted(headers.contentLength, MAX_MESSAGE_BYTES));
        return skipped(input, headers.contentLength);
      }
      return super.handleMessage(input, headers);
    }

    private boolean skipped(InputStream input, int bytes) {
      try {
        input.skipNBytes(bytes);
        return true;
      } catch (IOException e) {
        fireStreamClosed(e);
        return false;
      }
    }
  }
}
