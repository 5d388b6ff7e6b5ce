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

  /** So many numbers from 0 up: faster than one after another. */
  int[] numbers(int count) {
    int[] numbers = new int[count];
    byte[] bytes = in;
    int from = at;
    for (int i = 0; i < count; i++) {
      int value = bytes[from++];
      if (value < 0) {
        value &= 0x7f;
        int shift = 7;
        byte more = bytes[from++];
        for (; more < 0; more = bytes[from++]) {
          value |= (more & 0x7f) << shift;
          shift += 7;
        }
        value |= more << shift;
      }
      numbers[i] = value;
    }
    at = from;
    return numbers;
  }

  /** So many numbers of either sign. */
  int[] signeds(int count) {
    int[] numbers = numbers(count);
    for (int i = 0; i < count; i++) {
      numbers[i] = (numbers[i] >>> 1) ^ -(numbers[i] & 1);
    }
    return numbers;
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
