package dev.hexlens.hex;

/**
 * How much of a tarball is read at most. Hex's own limits (hex_core 0.19) are 16 MiB for a tarball,
 * 128 MiB unpacked and 1 MiB of metadata, each once smaller and not always enforced; the defaults
 * leave room above them.
 *
 * @param tarball bytes of a tarball
 * @param unpacked bytes of contents.tar.gz when inflated
 * @param ratio of inflated to compressed bytes, enforced once {@code ratioFrom} are inflated
 * @param ratioFrom bytes
 * @param metadata bytes of metadata.config
 * @param file bytes of one file; larger ones are left out
 * @param entries of the contents
 */
public record TarballLimits(
    long tarball, long unpacked, int ratio, long ratioFrom, long metadata, long file, int entries) {

  /** The defaults. */
  public static final TarballLimits DEFAULT =
      new TarballLimits(32L << 20, 256L << 20, 200, 32L << 20, 4L << 20, 16L << 20, 200_000);
}
