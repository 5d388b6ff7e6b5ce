package dev.hexlens.search;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the paths of files in a package say of them. */
public final class SourcePaths {
  private SourcePaths() {}

  /**
   * The paths that count.
   *
   * @param globs one of these must match; none: any path
   * @param tests true for tests only, false for none of them, null for all files
   * @throws IllegalArgumentException when one of the globs is none
   */
  public static Predicate<String> like(List<String> globs, @Nullable Boolean tests) {
    List<PathMatcher> matchers = globs.stream().map(SourcePaths::glob).toList();
    return path ->
        (matchers.isEmpty() || matchers.stream().anyMatch(glob -> glob.matches(Path.of(path))))
            && (tests == null || tests == isTest(path));
  }

  private static PathMatcher glob(String glob) {
    try {
      return FileSystems.getDefault().getPathMatcher("glob:" + glob);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "`%s` is no glob such as lib/**: %s".formatted(glob, e.getMessage()), e);
    }
  }

  /** As Mix has it: test files end in _test.exs, and what helps them stands in a test folder. */
  public static boolean isTest(String path) {
    return path.startsWith("test/") || path.contains("/test/") || path.endsWith("_test.exs");
  }
}
