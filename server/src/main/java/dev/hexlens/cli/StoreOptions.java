package dev.hexlens.cli;

import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.DatabaseConfig;
import dev.hexlens.store.postgres.DatabaseException;
import dev.hexlens.store.postgres.Prefix;
import picocli.CommandLine.Option;

/** Which index a command works on. */
final class StoreOptions {
  @Option(
      names = "--prefix",
      paramLabel = "NAME",
      description = "The index to use; several live in one database. Default: hex.")
  private String prefix = Prefix.DEFAULT.name();

  /** The index's name. */
  String prefix() {
    return prefix;
  }

  DatabaseConfig config(Console console) {
    try {
      return DatabaseConfig.fromEnvironment(console.environment(), new Prefix(prefix));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  /** Opens the database that the environment names, or the embedded one; notes go to the user. */
  Database open(Console console) {
    try {
      return Database.open(config(console), note -> console.err().println("hexlens: " + note));
    } catch (DatabaseException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }
}
