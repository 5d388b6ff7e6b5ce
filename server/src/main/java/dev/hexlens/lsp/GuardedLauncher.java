package dev.hexlens.lsp;

import com.google.gson.JsonParseException;
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
import org.eclipse.lsp4j.jsonrpc.json.StreamMessageConsumer;
import org.eclipse.lsp4j.jsonrpc.json.StreamMessageProducer;
import org.eclipse.lsp4j.jsonrpc.messages.MessageIssue;
import org.eclipse.lsp4j.jsonrpc.messages.RequestMessage;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseMessage;
import org.eclipse.lsp4j.jsonrpc.services.ServiceEndpoints;
import org.eclipse.lsp4j.services.LanguageClient;
import org.jspecify.annotations.Nullable;

/** A launcher that keeps the protocol's order and survives what is no protocol. */
final class GuardedLauncher extends Launcher.Builder<LanguageClient> {
  /** No document is so long; a length like this is garbage that would take all memory. */
  private static final int MAX_MESSAGE_BYTES = 256 << 20;

  private final Object server;
  private final ServerLog log;
  private @Nullable MessageConsumer answers;

  GuardedLauncher(Object server, ServerLog log) {
    this.server = server;
    this.log = log;
  }

  @Override
  protected RemoteEndpoint createRemoteEndpoint(MessageJsonHandler json) {
    MessageConsumer out = wrapMessageConsumer(new StreamMessageConsumer(output, json));
    answers = out;
    RemoteEndpoint endpoint =
        new RemoteEndpoint(
            out, new LifecycleGate(ServiceEndpoints.toEndpoint(List.of(server))), this::failure) {
          @Override
          protected void handleRequestIssues(RequestMessage request, List<MessageIssue> issues) {
            super.handleRequestIssues(
                request, issues.stream().map(GuardedLauncher::invalidParameters).toList());
          }
        };
    json.setMethodProvider(endpoint);
    endpoint.setJsonHandler(json);
    return endpoint;
  }

  /** LSP4J calls it a parse error when JSON is fine and its types are not. */
  private static MessageIssue invalidParameters(MessageIssue issue) {
    Exception cause = issue.getCause();
    String reason = cause == null ? issue.getText() : cause.getMessage();
    return new MessageIssue(
        "the parameters make no sense: " + reason,
        ResponseErrorCode.InvalidParams.getValue(),
        cause);
  }

  private ResponseError failure(Throwable failure) {
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

  /**
   * Answers what is no JSON, and passes over what is no message: whatever follows is read again
   * from the next header on.
   */
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
        return true;
      }
      return super.handleMessage(input, headers);
    }

    @Override
    protected void fireError(Throwable error) {
      MessageConsumer client = answers;
      if (error instanceof JsonParseException && client != null) {
        ResponseMessage answer = new ResponseMessage();
        answer.setError(
            new ResponseError(
                ResponseErrorCode.ParseError, "no JSON: " + error.getMessage(), null));
        client.consume(answer);
      } else {
        super.fireError(error);
      }
    }
  }
}
