package dev.hexlens.lsp;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.services.LanguageClient;
import org.jspecify.annotations.Nullable;

/** Logs to the editor's log window and to standard error. For many threads. */
final class ServerLog {
  private final PrintStream err;
  private volatile @Nullable LanguageClient client;

  ServerLog(PrintStream err) {
    this.err = err;
  }

  /** From now on the client hears too: once it has been greeted. */
  void connect(LanguageClient connected) {
    client = connected;
  }

  void info(String message) {
    log(MessageType.Info, message);
  }

  void warn(String message) {
    log(MessageType.Warning, message);
  }

  /** A mistake of ours, with where it was made. */
  void failure(String message, Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    log(MessageType.Error, message + ": " + trace);
  }

  private void log(MessageType type, String message) {
    err.println("hexlens: " + message);
    LanguageClient connected = client;
    if (connected != null) {
      connected.logMessage(new MessageParams(type, message));
    }
  }

  /** Shows the user a message. */
  void show(MessageType type, String message) {
    err.println("hexlens: " + message);
    LanguageClient connected = client;
    if (connected != null) {
      connected.showMessage(new MessageParams(type, message));
    }
  }
}
