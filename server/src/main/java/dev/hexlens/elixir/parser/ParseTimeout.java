package dev.hexlens.elixir.parser;

import java.time.Duration;

/**
 * A source took longer to parse than the parser's limit; the parser can go on with the next one.
 */
public final class ParseTimeout extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ParseTimeout(int bytes, Duration limit) {
    super("a source of " + bytes + " bytes took more than " + limit.toMillis() + " ms to parse");
  }
}
