package dev.hexlens.cli;

import dev.hexlens.elixir.facts.Definition;
import dev.hexlens.search.Around;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  /** Which paths count. */
  Predicate<String> paths() {
    if (tests && noTests) {
      throw new CommandFailure("--tests and --no-tests leave nothing: choose one");
    }
    List<PathMatcher> matchers = globs.stream().map(FileScopeOptions::glob).toList();
    return path ->
        (matchers.isEmpty() || matchers.stream().anyMatch(glob -> glob.matches(Path.of(path))))
            && (!tests || isTest(path))
            && (!noTests || !isTest(path));
  }

  private static PathMatcher glob(String glob) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("`%s` is no glob: %s".formatted(glob, e.getMessage()), e);
    }
  }

  /** As Mix has it: test files end in _test.exs, and what helps them stands in a test folder. */
  static boolean isTest(String path) {
    return path.startsWith("test/") || path.contains("/test/") || path.endsWith("_test.exs");
  }

  Around around() {
    Set<Definition.Kind> wanted = EnumSet.noneOf(Definition.Kind.class);
    kinds.forEach(kind -> wanted.add(kind(kind)));
    return new Around(module, wanted);
  }

  private static Definition.Kind kind(String text) {
    return Stream.of(Definition.Kind.values())
        .filter(kind -> kind.printed().equals(text.replace('-', ' ').replace('_', ' ')))
        .findFirst()
        .orElseThrow(() ->
            new CommandFailure(
                "`%s` is no kind of definition: there are %s"
                    .formatted(
                        text,
                        Stream.of(Definition.Kind.values())
                            .map(kind -> kind.printed().replace(' ', '-'))
                            .collect(Collectors.joining(", ")))));
  }
}
