package dev.hexlens.cli;

import dev.hexlens.search.Around;
import dev.hexlens.store.Candidates.Scope;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where to look; repeated options widen, different ones narrow. */
final class ScopeOptions {
  @Option(
      names = "--package",
      paramLabel = "P[@V]",
      description = "Only this package, or this version of it. Repeatable.")
  private List<String> packages = List.of();

  @Mixin private FileScopeOptions files = new FileScopeOptions();

  Scope scope() {
    return new Scope(packages.stream().map(ScopeOptions::named).toList(), files.paths());
  }

  Around around() {
    return files.around();
  }

  /** What NAME or NAME@VERSION names. */
  static Scope.PackageName named(String text) {
    int at = text.indexOf('@');
    if (at == 0 || at == text.length() - 1 || text.isEmpty()) {
      throw new CommandFailure(
          "--package takes a name or name@version, for example plug or plug@1.15.0");
    }
    return at < 0
        ? new Scope.PackageName(text, null)
        : new Scope.PackageName(text.substring(0, at), text.substring(at + 1));
  }
}
