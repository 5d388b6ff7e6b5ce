package dev.hexlens.cli;

import dev.hexlens.search.Around;
import dev.hexlens.store.Candidates.Scope.PackageName;
import dev.hexlens.workspace.Corpus.Origin;
import dev.hexlens.workspace.MixProject;
import dev.hexlens.workspace.SearchScope;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where to look; repeated options widen, different ones narrow. */
final class ScopeOptions {
  @Option(
      names = "--package",
      paramLabel = "P[@V]",
      description = "Only this package, or this version of it. Repeatable.")
  private List<String> packages = List.of();

  @Option(
      names = "--scope",
      paramLabel = "workspace|deps|hex",
      split = ",",
      description = {
        "Of a Mix project: its own files, the packages that its mix.lock names, all others."
            + " Repeatable."
      })
  private List<String> origins = List.of();

  @Option(
      names = "--project",
      paramLabel = "DIR",
      description = {
        "The Mix project; with --scope by default the one around the current folder."
            + " Its own files come first, then its dependencies."
      })
  private @Nullable Path project;

  @Mixin private FileScopeOptions files = new FileScopeOptions();

  /** Where to look, as far as it is no matter of a project. */
  SearchScope scope() {
    return new SearchScope(
        origins(),
        packages.stream().map(ScopeOptions::named).toList(),
        files.paths(),
        files.generated());
  }

  private Set<Origin> origins() {
    if (origins.isEmpty()) {
      return EnumSet.allOf(Origin.class);
    }
    Set<Origin> wanted = EnumSet.noneOf(Origin.class);
    for (String each : origins) {
      wanted.add(
          switch (each) {
            case "workspace" -> Origin.WORKSPACE;
            case "deps" -> Origin.DEPENDENCY;
            case "hex" -> Origin.HEX;
            default ->
                throw new CommandFailure(
                    "--scope takes workspace, deps or hex, not `" + each + "`");
          });
    }
    return wanted;
  }

  /** The project that the question is about; null for none. */
  @Nullable Path project() {
    Path root = project;
    if (root == null) {
      if (origins.isEmpty()) {
        return null;
      }
      MixProject around = MixProject.around(Path.of("mix.exs"));
      if (around == null) {
        throw new CommandFailure(
            "--scope is about a Mix project, and there is none here: name one with --project DIR");
      }
      root = around.folder();
    }
    return ProjectOption.root(root);
  }

  Around around() {
    return files.around();
  }

  /** What NAME or NAME@VERSION names. */
  static PackageName named(String text) {
    try {
      return PackageName.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("--package: " + e.getMessage(), e);
    }
  }
}
