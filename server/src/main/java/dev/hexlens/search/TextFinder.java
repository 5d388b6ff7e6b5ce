package dev.hexlens.search;

import java.util.function.IntBinaryOperator;

/** Looks through a text. */
interface TextFinder {
  /**
   * Finds the matches, from the first on, none of them empty.
   *
   * @param sink gets start and end of each match, in bytes; 0 ends the search
   */
  void find(byte[] source, IntBinaryOperator sink);
}
