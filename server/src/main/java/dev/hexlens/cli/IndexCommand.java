package dev.hexlens.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hexlens index}: fills the index, or takes something out of it. */
@Command(
    name = "index",
    description = "Fill the index from Hex or from a folder; drop what is in it.",
    mixinStandardHelpOptions = true)
final class IndexCommand implements Runnable {
  /** Some packages failed; the report lists them. */
  static final int SOME_FAILED = 3;

  @Spec private @Nullable CommandSpec spec;

  private IndexCommand() {}

  /** The command with its own commands. */
  static CommandLine commandLine(Console console) {
    CommandLine line = new CommandLine(new IndexCommand());
    List.of(
            new IndexHexCommand(console),
            new IndexPathCommand(console),
            new IndexDropCommand(console))
        .forEach(line::addSubcommand);
    return line;
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "Name what to do: hex, path or drop.");
    }
  }
}
