package dev.hexlens.store.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A program that was run to its end.
 *
 * @param exit its exit code
 * @param output what it printed, on either stream, without white space around it
 */
record ChildProcess(int exit, String output) {

  /** The shell's code for a program that isn't there. */
  static final int NOT_FOUND = 127;

  /**
   * Runs a program, in English and untouched by the user's PG… variables, and waits for it; with
   * {@link #NOT_FOUND} where it doesn't start.
   *
   * @param folder its working directory, one that it may enter
   */
  static ChildProcess run(Path folder, List<String> command) {
    return run(folder, command, Redirect.PIPE);
  }

  /**
   * The same without output, for a program that leaves another one running: that may inherit a pipe
   * (on Windows it does) and would keep the reader waiting.
   */
  static ChildProcess runUnheard(Path folder, List<String> command) {
    return run(folder, command, Redirect.DISCARD);
  }

  boolean succeeded() {
    return exit == 0;
  }

  private static ChildProcess run(Path folder, List<String> command, Redirect output) {
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output);
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return new ChildProcess(NOT_FOUND, String.valueOf(e.getMessage()));
    }
    try {
      process.getOutputStream().close();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new ChildProcess(process.waitFor(), printed.strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroy();
      throw Interruption.of(e, "while " + command.getFirst() + " ran");
    }
  }
}
