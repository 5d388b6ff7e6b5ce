package dev.hexlens.lsp;

import dev.hexlens.protocol.HexLensServer;
import dev.hexlens.store.postgres.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.ProgressParams;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.RegistrationParams;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.WindowClientCapabilities;
import org.eclipse.lsp4j.WorkDoneProgressCreateParams;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;

/** LSP4J's own client, connected to a server in this process by two pipes. */
final class TestClient implements LanguageClient, AutoCloseable {
  /** Waiting for less would make a busy machine fail a test that is right. */
  static final int SECONDS = 120;

  /** The index of Hex of these tests. */
  static final String HEX = "lsp_test_hex";

  /** What is asked of the server. */
  interface Server extends LanguageServer, HexLensServer {}

  final List<MessageParams> shown = new CopyOnWriteArrayList<>();
  final List<MessageParams> logged = new CopyOnWriteArrayList<>();
  final List<ProgressParams> progress = new CopyOnWriteArrayList<>();
  final List<RegistrationParams> registered = new CopyOnWriteArrayList<>();
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final Server server;
  private final Socket here;
  private final Future<Integer> exitCode;

  private TestClient(Map<String, String> environment) throws IOException {
    // Not a channel, which closes when a thread that writes to it is interrupted: standard output
    // does not either.
    Socket there;
    try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      here = new Socket(listening.getInetAddress(), listening.getLocalPort());
      there = listening.accept();
    }
    here.setTcpNoDelay(true);
    there.setTcpNoDelay(true);
    InputStream serverIn = there.getInputStream();
    OutputStream serverOut = there.getOutputStream();
    OutputStream clientOut = here.getOutputStream();
    InputStream clientIn = here.getInputStream();
    PrintStream err =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    exitCode =
        executor.submit(() -> LspLauncher.run(serverIn, serverOut, err, environment, "test"));
    Launcher<Server> launcher =
        new Launcher.Builder<Server>()
            .setLocalService(this)
            .setRemoteInterface(Server.class)
            .setInput(clientIn)
            .setOutput(clientOut)
            .setExecutorService(executor)
            .validateMessages(true)
            .create();
    var _ = launcher.startListening();
    server = launcher.getRemoteProxy();
  }

  /** A client that has said nothing yet; the index of Hex is this prefix. */
  static TestClient connect(Map<String, String> environment) throws IOException {
    Map<String, String> whole = new HashMap<>(environment);
    whole.putIfAbsent("HEXLENS_HOME", TestDatabase.home().toString());
    return new TestClient(whole);
  }

  /** A client with a workspace whose files are indexed. */
  static TestClient open(EditorWorkspace workspace) throws Exception {
    return open(workspace, params -> {});
  }

  static TestClient open(EditorWorkspace workspace, Consumer<InitializeParams> change)
      throws Exception {
    TestDatabase.empty(HEX).close();
    TestClient client = connect(Map.of());
    client.initialize(params -> {
      params.setWorkspaceFolders(List.of(new WorkspaceFolder(workspace.uri(), "bookshop")));
      change.accept(params);
    });
    client.awaitReady();
    return client;
  }

  InitializeResult initialize(Consumer<InitializeParams> change) throws Exception {
    InitializeParams params = new InitializeParams();
    ClientCapabilities capabilities = new ClientCapabilities();
    WindowClientCapabilities window = new WindowClientCapabilities();
    window.setWorkDoneProgress(true);
    capabilities.setWindow(window);
    params.setCapabilities(capabilities);
    params.setInitializationOptions(Map.of("hex", Map.of("prefix", HEX)));
    change.accept(params);
    InitializeResult result = get(server.initialize(params));
    server.initialized(new InitializedParams());
    return result;
  }

  Server server() {
    return server;
  }

  void awaitReady() {
    await(
        "the workspace to be indexed",
        () -> {
          var folders = get(server.status(null)).folders();
          return !folders.isEmpty()
              && folders.stream().noneMatch(folder -> folder.state().equals("indexing"));
        });
  }

  void open(EditorWorkspace workspace, String path) {
    server
        .getTextDocumentService()
        .didOpen(
            new DidOpenTextDocumentParams(
                new TextDocumentItem(workspace.uri(path), "elixir", 1, workspace.text(path))));
  }

  private static String serverThreads() {
    StringBuilder stacks = new StringBuilder();
    Thread.getAllStackTraces()
        .forEach((thread, frames) -> {
          if (thread.getName().startsWith("hexlens") || thread.getName().startsWith("ForkJoin")) {
            stacks.append("\n").append(thread.getName()).append(" ").append(thread.getState());
            Arrays.stream(frames).limit(30).forEach(frame -> stacks.append("\n  ").append(frame));
          }
        });
    return stacks.toString();
  }

  static <T> T get(CompletableFuture<T> future) {
    try {
      return future.get(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } catch (TimeoutException e) {
      throw new AssertionError("no answer; the server's threads are at" + serverThreads(), e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new AssertionError(e);
    }
  }

  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain for " + what);
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** How the server's process would have ended. */
  int exitCode() {
    try {
      return exitCode.get(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    if (!exitCode.isDone()) {
      var _ = get(server.shutdown().handle((value, failure) -> "asked"));
      server.exit();
      var _ = exitCode();
    }
    executor.shutdownNow();
    try {
      here.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void telemetryEvent(Object object) {}

  @Override
  public void publishDiagnostics(PublishDiagnosticsParams diagnostics) {}

  @Override
  public void showMessage(MessageParams message) {
    shown.add(message);
  }

  @Override
  public CompletableFuture<MessageActionItem> showMessageRequest(ShowMessageRequestParams request) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void logMessage(MessageParams message) {
    logged.add(message);
  }

  @Override
  public CompletableFuture<Void> createProgress(WorkDoneProgressCreateParams params) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void notifyProgress(ProgressParams params) {
    progress.add(params);
  }

  @Override
  public CompletableFuture<Void> registerCapability(RegistrationParams params) {
    registered.add(params);
    return CompletableFuture.completedFuture(null);
  }
}
