package dev.hexlens.protocol;

import java.util.Map;

/**
 * A match of a pattern.
 *
 * @param captures what the names of the pattern stand for, as the source writes it
 */
public record PatternMatch(SourcePlace at, Map<String, String> captures) {
  public PatternMatch {
    captures = Map.copyOf(captures);
  }
}
