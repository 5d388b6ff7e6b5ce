package dev.hexlens.cli;

import dev.hexlens.index.IndexReport;
import dev.hexlens.index.PathIndexer;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.DatabaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hexlens index path}. */
@Command(
    name = "path",
    description =
        "Index a folder as one version of a package; other versions of it stay beside it.",
    mixinStandardHelpOptions = true)
final class IndexPathCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR")
  private Path folder = Path.of(".");

  @Option(names = "--package", required = true, paramLabel = "NAME", description = "Its name.")
  private String name = "";

  @Option(names = "--version", required = true, paramLabel = "V", description = "Its version.")
  private String version = "";

  @Option(
      names = "--ecosystem",
      paramLabel = "NAME",
      description = "What kind of package it is, such as git or hex. Default: path.")
  private String ecosystem = PathIndexer.ECOSYSTEM;

  @Option(
      names = "--source-ref",
      paramLabel = "TEXT",
      description = "Where it came from, such as a URL with a commit. Default: the folder.")
  private @Nullable String source;

  @Option(
      names = "--depends-on",
      paramLabel = "NAME",
      description = "An indexed package that its names may come from; repeatable.")
  private List<String> dependencies = List.of();

  @Mixin private StoreOptions store = new StoreOptions();

  private final Console console;

  IndexPathCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new CommandFailure(folder + " is no folder: name the one that holds the sources");
    }
    require("--package", name);
    require("--version", version);
    if (!ecosystem.matches("[a-z][a-z0-9_-]*")) {
      throw new CommandFailure(
          "--ecosystem " + ecosystem + " is no name: use small letters, as in git");
    }
    try (Database database = store.open(console);
        IndexProgress progress = new IndexProgress(console.err(), false)) {
      IndexReport report =
          new PathIndexer(database, progress)
              .index(
                  folder,
                  new PathIndexer.Identity(
                      ecosystem, name, version, source, Set.copyOf(dependencies)));
      IndexSummary.print(report, console.err());
      return report.indexed() > 0 ? ExitCode.FOUND : ExitCode.NOTHING_FOUND;
    } catch (DatabaseException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  /** Answers print NAME@VERSION: neither part may make that unreadable. */
  private static void require(String option, String value) {
    if (value.isBlank() || value.contains("@") || value.matches(".*\\s.*")) {
      throw new CommandFailure(
          "%s \"%s\" is no good: no blanks and no @, as in --package shop --version 1.2.0"
              .formatted(option, value));
    }
  }
}
