package dev.hexlens.elixir.parser;

import java.util.Arrays;

/**
 * A source with some letters changed and others put in, and the way back from its offsets to the
 * source's. Letters that were put in have no width there.
 */
final class Spelling {
  private byte[] source = new byte[0];
  private byte[] letters = new byte[0];
  private boolean copied;
  private int[] places = new int[8];
  private byte[] insertions = new byte[8];
  private int count;
  private int edits;

  void start(byte[] source) {
    this.source = source;
    letters = source;
    copied = false;
    count = 0;
    edits = 0;
  }

  /** How often something was changed or put in. */
  int edits() {
    return edits;
  }

  /** The letter that stands now at an offset of the source. */
  byte at(int offset) {
    return letters[offset];
  }

  /** The source in its new letters. */
  byte[] text() {
    byte[] text = new byte[letters.length + count];
    int from = 0;
    for (int i = 0; i < count; i++) {
      System.arraycopy(letters, from, text, from + i, places[i] - from);
      text[places[i] + i] = insertions[i];
      from = places[i];
    }
    System.arraycopy(letters, from, text, from + count, letters.length - from);
    return text;
  }

  /** Whether characters were put in, so that offsets differ. */
  boolean shifts() {
    return count > 0;
  }

  /** Where in the source an offset of {@link #text} is. */
  int original(int offset) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (places[middle] + middle < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return offset - low;
  }

  void spell(int at, char letter) {
    if (letters[at] == letter) {
      return;
    }
    if (!copied) {
      letters = source.clone();
      copied = true;
    }
    letters[at] = (byte) letter;
    edits++;
  }

  /** Puts a letter in front of the source's {@code place}, once. */
  void insert(int place, char letter) {
    int index = count;
    while (index > 0 && places[index - 1] >= place) {
      index--; // mostly they come in order
    }
    for (int same = index; same < count && places[same] == place; same++) {
      if (insertions[same] == letter) {
        return;
      }
    }
    if (count == places.length) {
      places = Arrays.copyOf(places, count * 2);
      insertions = Arrays.copyOf(insertions, count * 2);
    }
    System.arraycopy(places, index, places, index + 1, count - index);
    System.arraycopy(insertions, index, insertions, index + 1, count - index);
    places[index] = place;
    insertions[index] = (byte) letter;
    count++;
    edits++;
  }
}
