package dev.hexlens.store;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The bytes of a file, by which it is known wherever it stands.
 *
 * @param id the first 8 bytes of the hash
 * @param hash SHA-256 of the bytes
 * @param language {@code elixir}, {@code erlang} or {@code template}
 * @param bytes the source itself
 */
public record Content(long id, byte[] hash, String language, byte[] bytes) {
  public static Content of(String language, byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return new Content(ByteBuffer.wrap(hash).getLong(), hash, language, bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  boolean isAscii() {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }
}
