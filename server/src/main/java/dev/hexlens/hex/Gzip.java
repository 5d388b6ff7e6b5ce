package dev.hexlens.hex;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Gzip as Erlang reads it: members one after another count, and what follows them does not. */
final class Gzip {
  private static final int BUFFER = 16 * 1024;

  private Gzip() {}

  static boolean isGzip(byte[] bytes) {
    return bytes.length >= 2 && bytes[0] == (byte) 0x1f && bytes[1] == (byte) 0x8b;
  }

  /** Inflated bytes, or the bytes as they are where something on the way has inflated them. */
  static InputStream open(byte[] bytes) throws IOException {
    InputStream plain = new ByteArrayInputStream(bytes);
    return isGzip(bytes) ? new GZIPInputStream(plain, BUFFER) : plain;
  }

  /**
   * Inflates all of it.
   *
   * @throws OverLimitException if there are more than {@code limit} bytes
   * @throws IOException if the data are damaged or cut short
   */
  static byte[] inflate(byte[] bytes, long limit) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length * 4);
    try (InputStream in = new LimitedInputStream(open(bytes), limit)) {
      in.transferTo(out);
    }
    return out.toByteArray();
  }
}
