package dev.hexlens.hex;

import java.util.List;

/**
 * An unpacked release. Each entry that was wanted is either among the files or explained by a
 * problem.
 *
 * @param checksum the outer checksum of the bytes read; it differs from the one asked for only if
 *     the release was republished meanwhile, or if only an inner one was known
 * @param size of the tarball, bytes
 * @param files sorted by path
 */
public record Tarball(
    ReleaseId release,
    Checksum checksum,
    long size,
    PackageMetadata metadata,
    List<SourceFile> files,
    List<FileProblem> problems) {

  public Tarball {
    files = List.copyOf(files);
    problems = List.copyOf(problems);
  }
}
