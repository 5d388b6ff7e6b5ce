package dev.hexlens.bench;

import com.google.gson.Gson;
import dev.hexlens.protocol.HexLensServer;
import dev.hexlens.protocol.PatternSearchParams;
import dev.hexlens.protocol.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.lsp4j.ClientCapabilities;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializedParams;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ReferenceContext;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.RegistrationParams;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceClientCapabilities;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.WorkspaceSymbolParams;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;

/**
 * What an editor waits for, with the real server process on a real workspace: {@code WORKSPACE
 * LAUNCHER}. A copy of real packages under one folder serves as a workspace of any size; a file is
 * written into it and removed again.
 */
public final class EditorBenchmark {
  private static final int WARM = 30;
  private static final int RUNS = 60;

  private interface Server extends LanguageServer, HexLensServer {}

  private final Path workspace;
  private final Process process;
  private final Server server;
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final long started = System.nanoTime();

  private EditorBenchmark(Path workspace, Path launcher) throws Exception {
    this.workspace = workspace;
    this.process =
        new ProcessBuilder(launcher.toString(), "lsp")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Launcher<Server> client =
        new Launcher.Builder<Server>()
            .setLocalService(new Silent())
            .setRemoteInterface(Server.class)
            .setInput(process.getInputStream())
            .setOutput(process.getOutputStream())
            .setExecutorService(executor)
            .create();
    var _ = client.startListening();
    server = client.getRemoteProxy();
    InitializeParams params = new InitializeParams();
    ClientCapabilities capabilities = new ClientCapabilities();
    WorkspaceClientCapabilities ofWorkspace = new WorkspaceClientCapabilities();
    ofWorkspace.setDidChangeWatchedFiles(
        new org.eclipse.lsp4j.DidChangeWatchedFilesCapabilities(true));
    capabilities.setWorkspace(ofWorkspace);
    params.setCapabilities(capabilities);
    params.setWorkspaceFolders(
        List.of(new WorkspaceFolder(workspace.toUri().toString(), "benchmark")));
    get(server.initialize(params));
    print("reply to initialize", sinceStart());
    server.initialized(new InitializedParams());
  }

  /** Runs it twice, so that the second start finds the workspace indexed. */
  public static void main(String[] args) throws Exception {
    Path workspace = Path.of(args[0]).toRealPath();
    for (String start : List.of("first start", "second start")) {
      System.out.println(start);
      EditorBenchmark benchmark = new EditorBenchmark(workspace, Path.of(args[1]));
      try {
        benchmark.awaitReady();
        if (start.equals("second start")) {
          benchmark.measure();
        }
      } finally {
        benchmark.close();
      }
    }
    System.exit(0);
  }

  private double sinceStart() {
    return (System.nanoTime() - started) / 1e6;
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(10, TimeUnit.MINUTES);
  }

  private void awaitReady() throws Exception {
    while (true) {
      var folders = get(server.status(null)).folders();
      if (!folders.isEmpty() && !folders.getFirst().state().equals("indexing")) {
        print("ready, %,d files".formatted(folders.getFirst().files()), sinceStart());
        return;
      }
      Thread.sleep(10);
    }
  }

  private void measure() throws Exception {
    Path file = typical();
    String text = Files.readString(file);
    String uri = file.toUri().toString();
    server
        .getTextDocumentService()
        .didOpen(new DidOpenTextDocumentParams(new TextDocumentItem(uri, "elixir", 1, text)));
    int line = lineOf(text, "Enum.", "String.", "Map.", "def ");
    int[] version = {1};
    Runnable keystroke =
        () -> {
          Position at = new Position(line, 0);
          server
              .getTextDocumentService()
              .didChange(
                  new DidChangeTextDocumentParams(
                      new VersionedTextDocumentIdentifier(uri, ++version[0]),
                      List.of(new TextDocumentContentChangeEvent(new Range(at, at), " "))));
        };
    int dot = text.lines().skip(line).findFirst().orElse("").indexOf('.');
    TextDocumentIdentifier document = new TextDocumentIdentifier(uri);
    System.out.printf("%s, %,d lines%n", workspace.relativize(file), text.lines().count());
    time(
        "a keystroke, read and linked",
        () -> {
          keystroke.run();
          return get(
              server
                  .getTextDocumentService()
                  .definition(new DefinitionParams(document, new Position(0, 0))));
        });
    time(
        "a keystroke, then references",
        () -> {
          keystroke.run();
          return get(
              server
                  .getTextDocumentService()
                  .references(
                      new ReferenceParams(
                          document,
                          new Position(line, dot + version[0]),
                          new ReferenceContext(false))));
        });
    time(
        "a keystroke, then symbols",
        () -> {
          keystroke.run();
          return get(server.getWorkspaceService().symbol(new WorkspaceSymbolParams("get_by")));
        });
    Path written = workspace.resolve("hexlens_benchmark.ex");
    int[] saved = {0};
    try {
      time(
          "a save, until it is found",
          () -> {
            int number = ++saved[0];
            Files.writeString(
                written,
                "defmodule HexLensBenchmark do\n  def f, do: G.h%d(1)\nend\n".formatted(number));
            server
                .getTextDocumentService()
                .didSave(
                    new DidSaveTextDocumentParams(
                        new TextDocumentIdentifier(written.toUri().toString())));
            return found("G.h%d(_)".formatted(number));
          });
    } finally {
      Files.deleteIfExists(written);
    }
    for (String query : List.of("m", "map", "enmap", "get_by", "Plug.Conn.ass")) {
      time(
          "symbols " + query,
          () -> get(server.getWorkspaceService().symbol(new WorkspaceSymbolParams(query))));
    }
    Thread.sleep(5_000);
    printMemory();
  }

  /** Asks until the answer is there. */
  private Object found(String pattern) throws Exception {
    while (true) {
      var result =
          get(
              server.patternSearch(
                  PatternSearchParams.of(pattern)
                      .with(new Scope(true, false, false, null, null), 5, null)));
      if (result.counts().found() == 1) {
        return result;
      }
    }
  }

  /** The file whose size is nearest to 1,000 lines of 40 bytes. */
  private Path typical() throws IOException {
    try (Stream<Path> files = Files.walk(workspace)) {
      return files
          .filter(file -> file.toString().endsWith(".ex"))
          .min(Comparator.comparingLong(file -> Math.abs(file.toFile().length() - 40_000)))
          .orElseThrow();
    }
  }

  private static int lineOf(String text, String... wanted) {
    List<String> lines = text.lines().toList();
    for (String each : wanted) {
      for (int line = 0; line < lines.size(); line++) {
        if (lines.get(line).strip().startsWith(each)) {
          return line;
        }
      }
    }
    return 0;
  }

  private static void time(String what, Callable<Object> work) throws Exception {
    double[] millis = new double[RUNS];
    for (int run = -WARM; run < RUNS; run++) {
      long start = System.nanoTime();
      work.call();
      if (run >= 0) {
        millis[run] = (System.nanoTime() - start) / 1e6;
      }
    }
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "  %-34s median %7.1f ms   p95 %7.1f ms%n",
        what,
        millis[RUNS / 2],
        millis[RUNS * 95 / 100]);
  }

  private static void print(String what, double millis) {
    System.out.printf(Locale.ROOT, "  %-34s %14.0f ms%n", what, millis);
  }

  private void printMemory() throws IOException {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    if (Files.isReadable(status)) {
      Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmRSS"))
          .forEach(line -> System.out.println("  at rest: " + line));
    }
  }

  private void close() throws Exception {
    var _ = get(server.shutdown().handle((value, failure) -> "asked"));
    server.exit();
    process.waitFor();
    executor.shutdownNow();
  }

  /** A client that only listens. */
  private static final class Silent implements LanguageClient {
    @Override
    public void telemetryEvent(Object object) {}

    @Override
    public void publishDiagnostics(PublishDiagnosticsParams diagnostics) {}

    @Override
    public void showMessage(MessageParams message) {
      System.out.println(new Gson().toJson(message.getMessage()));
    }

    @Override
    public CompletableFuture<MessageActionItem> showMessageRequest(
        ShowMessageRequestParams request) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void logMessage(MessageParams message) {}

    @Override
    public CompletableFuture<Void> registerCapability(RegistrationParams params) {
      return CompletableFuture.completedFuture(null);
    }
  }
}
