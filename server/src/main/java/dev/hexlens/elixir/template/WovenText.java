package dev.hexlens.elixir.template;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text woven of pieces of a source, in their order, and of words put between them. It knows where
 * in the source each of its offsets is.
 */
public final class WovenText {
  private final byte[] source;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  // Each piece: where it begins in the text, where in the source, how long it is.
  private int[] places = new int[16];
  private int[] origins = new int[16];
  private int[] lengths = new int[16];
  private int count;

  WovenText(byte[] source) {
    this.source = source;
  }

  /** Appends a piece of the source; pieces come in the source's order. */
  void copy(int from, int to) {
    if (from >= to) {
      return;
    }
    if (count == places.length) {
      places = Arrays.copyOf(places, count * 2);
      origins = Arrays.copyOf(origins, count * 2);
      lengths = Arrays.copyOf(lengths, count * 2);
    }
    places[count] = out.size();
    origins[count] = from;
    lengths[count++] = to - from;
    out.write(source, from, to - from);
  }

  /** Appends words that stand nowhere in the source. */
  void put(String words) {
    out.writeBytes(words.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether nothing of the source is in it. */
  public boolean isEmpty() {
    return count == 0;
  }

  /** The whole text. */
  public byte[] bytes() {
    return out.toByteArray();
  }

  /** Where in the source something begins that begins at this offset: words, at what follows. */
  public int start(int offset) {
    int piece = pieceAt(offset);
    if (piece >= 0 && offset < places[piece] + lengths[piece]) {
      return origins[piece] + offset - places[piece];
    }
    return piece + 1 < count ? origins[piece + 1] : end(offset);
  }

  /** Where in the source something ends that ends at this offset: words, at what precedes. */
  public int end(int offset) {
    int piece = pieceAt(offset - 1);
    return piece < 0
        ? 0
        : origins[piece] + Math.min(lengths[piece], Math.max(0, offset - places[piece]));
  }

  /** The last piece that begins at or before this offset, or -1. */
  private int pieceAt(int offset) {
    int found = Arrays.binarySearch(places, 0, count, offset);
    return found >= 0 ? found : -found - 2;
  }
}
