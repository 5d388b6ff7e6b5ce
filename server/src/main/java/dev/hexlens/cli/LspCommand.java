package dev.hexlens.cli;

import dev.hexlens.lsp.LspLauncher;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code hexlens lsp}. */
@Command(
    name = "lsp",
    description = "Serve an editor: the Language Server Protocol on standard input and output.",
    mixinStandardHelpOptions = true)
final class LspCommand implements Callable<Integer> {
  @SuppressWarnings("UnusedVariable") // some clients add it to every server's arguments
  @Option(names = "--stdio", description = "As it always does.")
  private boolean stdio;

  private final Console console;
  private final Map<String, String> environment;

  LspCommand(Console console, Map<String, String> environment) {
    this.console = console;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    // A stray print must not corrupt the protocol.
    System.setOut(System.err);
    return LspLauncher.run(
        console.in(), console.out(), console.err(), environment, Version.number());
  }
}
