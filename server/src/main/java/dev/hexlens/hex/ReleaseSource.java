package dev.hexlens.hex;

/**
 * Where releases come from: a {@link HexRepository} with its mirrors, or a {@link TarballFolder}.
 * Safe for use by many threads; every call may block for long and ends early on interruption.
 */
public interface ReleaseSource extends AutoCloseable {

  /** Names whose word counts: the registry's URL, or a folder. Always the same for the same one. */
  String origin();

  /** All packages, to see which changed. */
  RegistryNames names() throws HexException, InterruptedException;

  /** All packages with their versions. */
  RegistryVersions versions() throws HexException, InterruptedException;

  /**
   * The releases of one package.
   *
   * @throws IllegalArgumentException if it is no package name
   */
  PackageReleases packageReleases(String name) throws HexException, InterruptedException;

  /**
   * A release's files, verified before anything is read.
   *
   * @param checksum of {@link #packageReleases}
   */
  Tarball tarball(ReleaseId release, Checksum checksum) throws HexException, InterruptedException;

  @Override
  void close();
}
