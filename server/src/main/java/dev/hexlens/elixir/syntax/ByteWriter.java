package dev.hexlens.elixir.syntax;

import java.util.Arrays;

/** Writes numbers in as few bytes as they need: seven bits a byte, least significant first. */
public final class ByteWriter {
  private byte[] out;
  private int length;

  public ByteWriter(int capacity) {
    this.out = new byte[capacity];
  }

  public void number(int value) {
    reserve(5);
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      out[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    out[length++] = (byte) rest;
  }

  /** A number of either sign; small ones of both signs stay short. */
  public void signed(int value) {
    number((value << 1) ^ (value >> 31));
  }

  public void bytes(byte[] bytes) {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, out, length, bytes.length);
    length += bytes.length;
  }

  private void reserve(int count) {
    if (length + count > out.length) {
      out = Arrays.copyOf(out, Math.max(length + count, out.length * 2));
    }
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(out, length);
  }
}
