package dev.hexlens.hex;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Ends a stream with an error as soon as it gives more bytes than the limit, so that no bomb is
 * inflated further than that. The limit can be moved on while reading.
 */
final class LimitedInputStream extends FilterInputStream {
  private long limit;
  private long count;

  LimitedInputStream(InputStream in, long limit) {
    super(in);
    this.limit = limit;
  }

  /** Bytes given so far. */
  long count() {
    return count;
  }

  /** Allows that many more bytes from here on. */
  void allow(long more) {
    limit = count + more;
  }

  @Override
  public int read() throws IOException {
    int octet = super.read();
    if (octet >= 0) {
      counted(1);
    }
    return octet;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = super.read(target, offset, length);
    if (read > 0) {
      counted(read);
    }
    return read;
  }

  @Override
  public long skip(long n) throws IOException {
    long skipped = super.skip(n);
    counted(skipped);
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void counted(long more) throws IOException {
    count += more;
    if (count > limit) {
      throw new OverLimitException("more than " + limit + " bytes");
    }
  }
}
