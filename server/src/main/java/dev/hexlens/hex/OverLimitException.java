package dev.hexlens.hex;

import java.io.IOException;

/** A stream went past its limit. */
final class OverLimitException extends IOException {
  private static final long serialVersionUID = 1L;

  OverLimitException(String sentence) {
    super(sentence);
  }
}
