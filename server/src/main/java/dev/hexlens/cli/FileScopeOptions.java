package dev.hexlens.cli;

import dev.hexlens.search.Around;
import dev.hexlens.search.SourcePaths;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** In which files to look, and at which places of them. */
final class FileScopeOptions {
  @Option(
      names = "--path",
      paramLabel = "GLOB",
      description = "Only files whose path is like this, for example 'lib/**'. Repeatable.")
  private List<String> globs = List.of();

  @Option(names = "--module", paramLabel = "M", description = "Only inside this module.")
  private @Nullable String module;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description =
          "Only where the innermost definition is of this kind, for example function or"
              + " private-function. Repeatable.")
  private List<String> kinds = List.of();

  @Option(names = "--tests", description = "Only tests.")
  private boolean tests;

  @Option(names = "--no-tests", description = "No tests.")
  private boolean noTests;

  @Option(
      names = "--no-generated",
      description =
          "Nothing that a program wrote, as a comment at its head says, or how it repeats itself.")
  private boolean noGenerated;

  /** Which paths count. */
  Predicate<String> paths() {
    if (tests && noTests) {
      throw new CommandFailure("--tests and --no-tests leave nothing: choose one");
    }
    try {
      return SourcePaths.like(globs, tests ? Boolean.TRUE : noTests ? Boolean.FALSE : null);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }

  /** Whether what a program wrote counts. */
  boolean generated() {
    return !noGenerated;
  }

  Around around() {
    try {
      return Around.of(module, kinds);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()), e);
    }
  }
}
