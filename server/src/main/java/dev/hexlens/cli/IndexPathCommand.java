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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hexlens index path}. */
@Command(
    name = "path",
    description = "Index a folder as one version of a package.",
    mixinStandardHelpOptions = true)
final class IndexPathCommand implements Callable<Integer> {
  @Parameters(paramLabel = "DIR")
  private Path folder = Path.of(".");

  @Option(names = "--package", required = true, paramLabel = "NAME", description = "Its name.")
  private String name = "";

  @Option(names = "--version", required = true, paramLabel = "V", description = "Its version.")
  private String version = "";

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
    try (Database database = store.open(console);
        IndexProgress progress = new IndexProgress(console.err(), false)) {
      IndexReport report =
          new PathIndexer(database, progress)
              .index(folder, name, version, Set.copyOf(dependencies));
      IndexSummary.print(report, console.err());
      return report.indexed() > 0 ? ExitCode.FOUND : ExitCode.NOTHING_FOUND;
    } catch (DatabaseException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }
}
