package dev.hexlens.hex;

import org.jspecify.annotations.Nullable;

/**
 * That a release's publisher advises against it.
 *
 * @param message the publisher's words, if any
 */
public record Retirement(Reason reason, @Nullable String message) {

  /** Hex's reasons. */
  public enum Reason {
    OTHER,
    INVALID,
    SECURITY,
    DEPRECATED,
    RENAMED,
    /** One that Hex has added since. */
    UNKNOWN;

    /** The reason by its number in the registry. */
    static Reason ofNumber(int number) {
      return number >= 0 && number < UNKNOWN.ordinal() ? values()[number] : UNKNOWN;
    }
  }
}
