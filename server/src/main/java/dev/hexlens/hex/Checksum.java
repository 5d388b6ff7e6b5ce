package dev.hexlens.hex;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of a release's tarball, as the registry signs for it.
 *
 * @param kind what was hashed
 * @param hex 64 lower-case hexadecimal digits
 */
public record Checksum(Kind kind, String hex) {

  /** What a checksum covers. */
  public enum Kind {
    /** The whole tarball as served. */
    OUTER,
    /**
     * The bytes of VERSION, metadata.config and contents.tar.gz one after another. Deprecated; the
     * only one in registries built before outer checksums.
     */
    INNER
  }

  /** Bytes in a SHA-256. */
  static final int LENGTH = 32;

  /**
   * Checks the digits.
   *
   * @throws IllegalArgumentException if {@code hex} is not 64 lower-case hexadecimal digits
   */
  public Checksum {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a SHA-256 in lower-case hexadecimal: " + hex);
    }
  }

  /**
   * The outer checksum written as hexadecimal digits, in either case.
   *
   * @throws IllegalArgumentException if it is not 64 hexadecimal digits
   */
  public static Checksum outer(String hex) {
    return new Checksum(Kind.OUTER, hex.toLowerCase(java.util.Locale.ROOT));
  }

  /** The outer checksum of a tarball's bytes. */
  public static Checksum ofTarball(byte[] tarball) {
    return ofDigest(Kind.OUTER, sha256().digest(tarball));
  }

  static Checksum ofDigest(Kind kind, byte[] digest) {
    return new Checksum(kind, HexFormat.of().formatHex(digest));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return hex;
  }
}
