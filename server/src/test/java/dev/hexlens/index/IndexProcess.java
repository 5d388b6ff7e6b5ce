package dev.hexlens.index;

import dev.hexlens.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code hexlens index hex} in a process of its own. */
final class IndexProcess {
  private final Process process;
  private final BufferedReader lines;
  private final List<String> said = Collections.synchronizedList(new ArrayList<>());

  private IndexProcess(Process process) {
    this.process = process;
    this.lines = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Over a repository; {@code options} are the command's, in addition. */
  static IndexProcess start(Path home, String prefix, LoopbackHex hex, String... options)
      throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--mirror", hex.url().toString(), "--registry-key", hex.publicKey().toString()));
    all.addAll(List.of(options));
    return start(home, prefix, List.of(), all);
  }

  /**
   * With all of its options.
   *
   * @param java options of the JVM
   */
  static IndexProcess start(Path home, String prefix, List<String> java, List<String> options)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path")));
    command.addAll(java);
    command.addAll(List.of(Main.class.getName(), "index", "hex", "--prefix", prefix));
    command.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("HEXLENS_HOME", home.toString());
    builder.environment().remove("HEXLENS_DATABASE_URL");
    return new IndexProcess(builder.start());
  }

  /** Waits until it knows what is to be done, or has ended. */
  void awaitPlan() throws IOException {
    String line;
    do {
      line = read();
    } while (line != null && !line.contains("of them there already"));
  }

  /** Waits until it knows what is to be done, and then for some lines and milliseconds more. */
  void awaitSome(Random random) throws IOException, InterruptedException {
    awaitPlan();
    for (int more = random.nextInt(6); more > 0; more--) {
      if (read() == null) {
        break;
      }
    }
    Thread.sleep(random.nextInt(40));
  }

  private @Nullable String read() throws IOException {
    String line = lines.readLine();
    if (line != null) {
      said.add(line);
    }
    return line;
  }

  /** As {@code kill -9} does it. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Waits for its end, two minutes at most, and returns its exit code. */
  int await() throws InterruptedException {
    Thread reader = Thread.ofVirtual().start(() -> lines.lines().forEach(said::add));
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      kill();
      throw new IllegalStateException("still not done: " + said);
    }
    reader.join();
    return process.exitValue();
  }

  List<String> said() {
    return List.copyOf(said);
  }
}
