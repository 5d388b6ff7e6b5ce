package dev.hexlens.web;

import dev.hexlens.search.Around;
import dev.hexlens.search.SourcePaths;
import dev.hexlens.store.Candidates.Scope.PackageName;
import dev.hexlens.workspace.Corpus.Origin;
import dev.hexlens.workspace.SearchScope;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a page's question looks.
 *
 * <p>Of {@code package}, {@code kind} and {@code scope} there may be several, with commas between
 * them; {@code path} is a glob; {@code tests} is {@code only} or {@code none}, {@code generated} is
 * {@code none}.
 */
final class ScopeParameters {
  private ScopeParameters() {}

  static SearchScope scope(Exchange exchange) {
    try {
      List<PackageName> packages =
          several(exchange, "package").stream().map(PackageName::parse).toList();
      String path = exchange.parameter("path");
      return new SearchScope(
          origins(exchange),
          packages,
          SourcePaths.like(path.isEmpty() ? List.of() : List.of(path), tests(exchange)),
          !isNone(exchange, "generated"));
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest(String.valueOf(e.getMessage()));
    }
  }

  static Around around(Exchange exchange) {
    String module = exchange.parameter("module");
    try {
      return Around.of(module.isEmpty() ? null : module, several(exchange, "kind"));
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private static Set<Origin> origins(Exchange exchange) {
    Set<Origin> origins = EnumSet.noneOf(Origin.class);
    for (String each : several(exchange, "scope")) {
      origins.add(
          switch (each) {
            case "workspace" -> Origin.WORKSPACE;
            case "deps" -> Origin.DEPENDENCY;
            case "hex" -> Origin.HEX;
            default ->
                throw Refusal.badRequest("scope is workspace, deps or hex, not `" + each + "`");
          });
    }
    return origins.isEmpty() ? EnumSet.allOf(Origin.class) : origins;
  }

  private static @Nullable Boolean tests(Exchange exchange) {
    return switch (exchange.parameter("tests")) {
      case "" -> null;
      case "only" -> Boolean.TRUE;
      case "none" -> Boolean.FALSE;
      default ->
          throw Refusal.badRequest(
              "tests is only or none, not `" + exchange.parameter("tests") + "`");
    };
  }

  private static boolean isNone(Exchange exchange, String name) {
    String value = exchange.parameter(name);
    if (!value.isEmpty() && !value.equals("none")) {
      throw Refusal.badRequest("%s is none or nothing, not `%s`".formatted(name, value));
    }
    return value.equals("none");
  }

  /** Those of a parameter, with commas between them. */
  private static List<String> several(Exchange exchange, String name) {
    List<String> all = new ArrayList<>();
    for (String each : exchange.parameter(name).split(name.equals("kind") ? "," : "[,\\s]+")) {
      if (!each.isBlank()) {
        all.add(each.strip());
      }
    }
    return all;
  }
}
