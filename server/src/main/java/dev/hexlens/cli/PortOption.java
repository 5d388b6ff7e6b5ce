package dev.hexlens.cli;

import org.jspecify.annotations.Nullable;

/** The port of pages. */
final class PortOption {
  static final int DEFAULT = 4200;

  private static final int HIGHEST = 65535;

  private PortOption() {}

  /** The port that is meant. */
  static int port(@Nullable Integer named) {
    if (named == null) {
      return DEFAULT;
    }
    if (named < 0 || named > HIGHEST) {
      throw new CommandFailure("--port must be between 0 and 65535, not " + named);
    }
    return named;
  }
}
