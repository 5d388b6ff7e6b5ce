package dev.hexlens.store.postgres;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Another Java process that runs {@link UsesDatabase}; killed when it is closed. */
final class Child implements AutoCloseable {

  private final Process process;
  private final BufferedReader lines;

  private Child(Process process) {
    this.process = process;
    this.lines = process.inputReader(StandardCharsets.UTF_8);
  }

  static Child start(Path home) throws IOException {
    return start(home, List.of(), Map.of(), System.getProperty("java.class.path"));
  }

  /**
   * Starts one.
   *
   * @param before the words before the command, as {@code setpriv …}
   */
  static Child start(
      Path home, List<String> before, Map<String, String> environment, String classPath)
      throws IOException {
    return start(home, before, environment, classPath, "db/test-first");
  }

  static Child start(
      Path home,
      List<String> before,
      Map<String, String> environment,
      String classPath,
      String migrations)
      throws IOException {
    var command = new ArrayList<>(before);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-cp",
            classPath,
            UsesDatabase.class.getName(),
            migrations));
    var builder =
        new ProcessBuilder(command)
            .directory(new File("/"))
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put(HexLensHome.VARIABLE, home.toString());
    builder.environment().remove(DatabaseConfig.URL_VARIABLE);
    builder.environment().putAll(environment);
    return new Child(builder.start());
  }

  /** Its next line that is no note. */
  String line() throws IOException {
    String line;
    do {
      line = lines.readLine();
    } while (line != null && line.startsWith("note "));
    return String.valueOf(line);
  }

  /** Sends a line and returns the answer. */
  String ask(String line) throws IOException {
    var out = process.outputWriter(StandardCharsets.UTF_8);
    out.write(line + "\n");
    out.flush();
    return line();
  }

  /** Ends its input, and waits until it has closed its database. */
  void leave() throws IOException, InterruptedException {
    process.outputWriter(StandardCharsets.UTF_8).close();
    if (!line().equals("closed") || !process.waitFor(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the child didn't close its database");
    }
  }

  /** Sends SIGTERM, as Ctrl-C would SIGINT, and waits for its end. */
  void terminate() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }

  /** kill -9. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
