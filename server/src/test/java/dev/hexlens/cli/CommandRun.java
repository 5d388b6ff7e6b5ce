package dev.hexlens.cli;

import dev.hexlens.store.postgres.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A command line as a user would type it, run in this process on the tests' embedded database.
 *
 * @param out the answers
 * @param err progress, notes and hints
 */
public record CommandRun(int exit, String out, String err) {

  /** {@code hexlens ARGUMENTS}. */
  public static CommandRun hexlens(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Map<String, String> environment = Map.of("HEXLENS_HOME", TestDatabase.home().toString());
    int exit =
        HexLensCommand.run(
            Console.of(InputStream.nullInputStream(), out, err, environment), arguments);
    return new CommandRun(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** The answers, a line each. */
  public List<String> answers() {
    return out.lines().toList();
  }
}
