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
 */
public record Scope(
    @Nullable Boolean workspace,
    @Nullable Boolean dependencies,
    @Nullable Boolean hex,
    @Nullable List<String> packages,
    @Nullable List<String> paths) {
  /** Everywhere. */
  public static final Scope EVERYWHERE = new Scope(null, null, null, null, null);
}
