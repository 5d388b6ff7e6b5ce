package dev.hexlens.elixir.syntax;

import java.util.Arrays;

/** Reads what {@link ByteWriter} wrote: numbers of seven bits a byte, least significant first. */
public final class ByteReader {
  private final byte[] in;
  private int at;

  public ByteReader(byte[] in) {
    this.in = in;
  }

  /** A number from 0 up. */
  public int number() {
    byte b = in[at++];
    if (b >= 0) {
      return b;
    }
    int value = b & 0x7f;
    for (int shift = 7; ; shift += 7) {
      b = in[at++];
      value |= (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }

  /** A number of either sign. */
  public int signed() {
    int value = number();
    return (value >>> 1) ^ -(value & 1);
  }

  /** Passes over some numbers, of whichever sign. */
  public void skip(int numbers) {
    for (int left = numbers; left > 0; at++) {
      if (in[at] >= 0) {
        left--;
      }
    }
  }

  public byte[] bytes(int count) {
    at += count;
    return Arrays.copyOfRange(in, at - count, at);
  }
}
