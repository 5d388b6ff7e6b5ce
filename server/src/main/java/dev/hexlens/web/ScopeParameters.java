package dev.hexlens.web;

import dev.hexlens.store.Candidates.Scope;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Where a page's question looks: {@code package}, one or more, and {@code path}, a glob. */
final class ScopeParameters {
  private ScopeParameters() {}

  static Scope scope(Exchange exchange) {
    List<Scope.PackageName> packages = new ArrayList<>();
    for (String each : exchange.parameter("package").split("[,\\s]+")) {
      if (!each.isEmpty()) {
        packages.add(named(each));
      }
    }
    return new Scope(packages, paths(exchange.parameter("path")));
  }

  private static Scope.PackageName named(String text) {
    int at = text.indexOf('@');
    if (at == 0 || at == text.length() - 1) {
      throw Refusal.badRequest(
          "`%s` is no package: write a name or name@version, for example plug@1.15.0"
              .formatted(text));
    }
    return at < 0
        ? new Scope.PackageName(text, null)
        : new Scope.PackageName(text.substring(0, at), text.substring(at + 1));
  }

  private static Predicate<String> paths(String glob) {
    if (glob.isEmpty()) {
      return path -> true;
    }
    try {
      PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
      return path -> matcher.matches(Path.of(path));
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest(
          "`%s` is no glob such as lib/**: %s".formatted(glob, e.getMessage()));
    }
  }
}
