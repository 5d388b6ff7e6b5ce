package dev.hexlens.cli;

import java.io.BufferedOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a command reads and writes, so that tests can stand in for a terminal.
 *
 * @param in standard input
 * @param out answers only, UTF-8, not flushed line by line
 * @param err progress, notes and hints, UTF-8
 * @param environment the variables that say where the data are
 */
public record Console(
    InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {
  public Console {
    environment = Map.copyOf(environment);
  }

  /** Buffer of {@link #out}: large, since an answer may have a hundred thousand lines. */
  private static final int BUFFER = 1 << 16;

  /** The streams of a process; {@code out} and {@code err} receive UTF-8. */
  public static Console of(InputStream in, OutputStream out, OutputStream err) {
    return of(in, out, err, System.getenv());
  }

  static Console of(
      InputStream in, OutputStream out, OutputStream err, Map<String, String> environment) {
    return new Console(
        in,
        new PrintStream(new BufferedOutputStream(out, BUFFER), false, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        environment);
  }

  /** Whether a person looks at the process's own standard output. */
  @SuppressWarnings("SystemConsoleNull") // its signature still says that it may
  boolean isTerminal() {
    var console = System.console();
    return console != null && console.isTerminal();
  }
}
