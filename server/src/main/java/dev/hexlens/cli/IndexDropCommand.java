package dev.hexlens.cli;

import dev.hexlens.store.Releases;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.DatabaseException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hexlens index drop}. */
@Command(
    name = "drop",
    description = "Take a package, one version of it, or the whole index out.",
    mixinStandardHelpOptions = true)
final class IndexDropCommand implements Callable<Integer> {
  @Parameters(arity = "0..1", paramLabel = "PACKAGE[@VERSION]")
  private @Nullable String target;

  @Option(names = "--all", description = "The whole index that --prefix names.")
  private boolean all;

  @Mixin private StoreOptions store = new StoreOptions();

  private final Console console;

  IndexDropCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (all == (target != null)) {
      throw new CommandFailure("name a package, PACKAGE@VERSION, or --all");
    }
    try {
      if (target == null) {
        boolean dropped =
            Database.dropPrefix(
                store.config(console), note -> console.err().println("hexlens: " + note));
        console.err().println(dropped ? "dropped" : "there was no such index");
        return dropped ? ExitCode.FOUND : ExitCode.NOTHING_FOUND;
      }
      int at = target.indexOf('@');
      try (Database database = store.open(console)) {
        int dropped =
            new Releases(database)
                .drop(
                    at < 0 ? target : target.substring(0, at),
                    at < 0 ? null : target.substring(at + 1));
        console.err().println(dropped + " releases dropped");
        return dropped > 0 ? ExitCode.FOUND : ExitCode.NOTHING_FOUND;
      }
    } catch (DatabaseException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }
}
