package dev.hexlens.cli;

import dev.hexlens.hex.HexException;
import dev.hexlens.store.postgres.DatabaseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The root command: finds the command that the arguments name, runs it, turns failures into exit
 * codes.
 */
@Command(
    name = "hexlens",
    description = "Who uses what, across everything that Elixir people have published.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
public final class HexLensCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  private HexLensCommand() {}

  /**
   * Every command there is by its name: makes an object annotated with {@link Command}, or its
   * command line.
   */
  private static Map<String, Supplier<Object>> commands(Console console) {
    var commands = new LinkedHashMap<String, Supplier<Object>>(); // in the order of --help
    commands.put("lsp", () -> new LspCommand(console, System.getenv()));
    commands.put("index", () -> IndexCommand.commandLine(console));
    commands.put("search", () -> new SearchCommand(console));
    commands.put("references", () -> new ReferencesCommand(console));
    commands.put("symbols", () -> new SymbolsCommand(console));
    commands.put("grep", () -> new GrepCommand(console));
    commands.put("ast", () -> new AstCommand(console));
    commands.put("facts", () -> new FactsCommand(console));
    commands.put("serve", () -> new ServeCommand(console));
    commands.put("db", () -> new DbCommand(console, console.environment()));
    return commands;
  }

  /**
   * Runs one command line and returns its {@link ExitCode}; never throws, never exits the process.
   */
  public static int run(InputStream in, OutputStream out, OutputStream err, String... args) {
    return run(Console.of(in, out, err), args);
  }

  static int run(Console console, String... args) {
    try {
      return commandLine(console, args).execute(args);
    } finally {
      console.out().flush();
    }
  }

  private static CommandLine commandLine(Console console, String... args) {
    var line = new CommandLine(new HexLensCommand());
    Map<String, Supplier<Object>> all = commands(console);
    // picocli takes 20 ms of reflection for a command, more than most answers: only the one that
    // is asked for, unless what is asked for is help or unknown.
    if (args.length > 0 && all.containsKey(args[0])) {
      all.keySet().retainAll(List.of(args[0]));
    }
    all.forEach((name, command) -> line.addSubcommand(name, command.get()));
    return line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler(HexLensCommand::wrongUse)
        .setExecutionExceptionHandler(HexLensCommand::failed);
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new ParameterException(spec.commandLine(), "Name a command.");
    }
  }

  private static int wrongUse(ParameterException wrong, String[] args) {
    CommandLine line = wrong.getCommandLine();
    String name = line.getCommandSpec().qualifiedName();
    String message = String.valueOf(wrong.getMessage());
    String end = message.endsWith(".") ? "" : ".";
    line.getErr().println("hexlens: " + message + end + " See " + name + " --help");
    return ExitCode.FAILED;
  }

  private static int failed(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
    line.getErr().println("hexlens: " + sentence(failure));
    if (System.getenv("HEXLENS_TRACE") != null) {
      failure.printStackTrace(line.getErr());
    }
    return ExitCode.FAILED;
  }

  static String sentence(Throwable failure) {
    return switch (failure) {
      case CommandFailure told -> String.valueOf(told.getMessage());
      case DatabaseException told -> String.valueOf(told.getMessage());
      case HexException told -> String.valueOf(told.getMessage());
      case UncheckedIOException wrapped when wrapped.getCause() != null ->
          sentence(wrapped.getCause());
      case NoSuchFileException missing -> missing.getFile() + ": no such file or folder";
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      case IOException io -> String.valueOf(io.getMessage());
      default ->
          "internal error: "
              + failure
              + ". Run again with HEXLENS_TRACE=1 and report what it prints";
    };
  }
}
