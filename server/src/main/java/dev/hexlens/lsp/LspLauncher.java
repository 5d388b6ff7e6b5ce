package dev.hexlens.lsp;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.services.LanguageClient;

/** Runs the language server on a pair of streams. */
public final class LspLauncher {
  private LspLauncher() {}

  /**
   * Serves one client until it says exit, or its stream ends, or its process does.
   *
   * @param version of the server, told to the client
   * @return the process's exit code: 0 after shutdown and exit, else 1
   */
  public static int run(
      InputStream in,
      OutputStream out,
      PrintStream err,
      Map<String, String> environment,
      String version) {
    ServerLog log = new ServerLog(err);
    CompletableFuture<Integer> code = new CompletableFuture<>();
    HexLensLanguageServer server =
        new HexLensLanguageServer(environment, version, log, code::complete);
    ExecutorService reader =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("hexlens-reader").factory());
    Launcher<LanguageClient> launcher =
        new GuardedLauncher(server, log)
            .setLocalService(server)
            .setRemoteInterface(LanguageClient.class)
            .setInput(in)
            .setOutput(out)
            .setExecutorService(reader)
            .create();
    server.connect(launcher.getRemoteProxy());
    Future<Void> listening = launcher.startListening();
    Thread.ofVirtual()
        .start(() -> {
          try {
            listening.get();
          } catch (ExecutionException e) {
            log.failure("reading from the client failed", e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          code.complete(1);
        });
    int ended = code.join();
    server.disconnected();
    reader.shutdownNow();
    return ended;
  }
}
