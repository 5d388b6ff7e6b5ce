package dev.hexlens.cli;

import dev.hexlens.store.Candidates.Scope;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** In which packages to look. */
final class ScopeOptions {
  @Option(
      names = "--package",
      paramLabel = "P[@V]",
      description = "Only this package, or this version of it.")
  private @Nullable String packageName;

  Scope scope() {
    if (packageName == null) {
      return Scope.ALL;
    }
    int at = packageName.indexOf('@');
    return at < 0
        ? new Scope(packageName, null)
        : new Scope(packageName.substring(0, at), packageName.substring(at + 1));
  }
}
