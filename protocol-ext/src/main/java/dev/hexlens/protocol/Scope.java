package dev.hexlens.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where to look. What is absent does not narrow.
 *
 * @param workspace false leaves the workspace's own files out
 * @param dependencies false leaves out the packages that the workspace depends on
 * @param hex false leaves out all other packages
 * @param packages only these: {@code name} or {@code name@version}
 * @param paths only files whose path in the package or folder matches one of these globs
 * @param module only what stands in this module, innermost
 * @param kinds only where the innermost definition around it is of one of these kinds, such as
 *     {@code private-function}
 * @param tests true for tests only, false for none of them
 * @param generated false leaves out what a program wrote
 */
public record Scope(
    @Nullable Boolean workspace,
    @Nullable Boolean dependencies,
    @Nullable Boolean hex,
    @Nullable List<String> packages,
    @Nullable List<String> paths,
    @Nullable String module,
    @Nullable List<String> kinds,
    @Nullable Boolean tests,
    @Nullable Boolean generated) {
  /** Everywhere. */
  public static final Scope EVERYWHERE = new Scope(null, null, null, null, null);

  /** Some of all files. */
  public Scope(
      @Nullable Boolean workspace,
      @Nullable Boolean dependencies,
      @Nullable Boolean hex,
      @Nullable List<String> packages,
      @Nullable List<String> paths) {
    this(workspace, dependencies, hex, packages, paths, null, null, null, null);
  }
}
