package dev.hexlens.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.hexlens.elixir.syntax.LineIndex;
import dev.hexlens.elixir.syntax.QuotedTree;
import dev.hexlens.pattern.Match;

/** How a match is shown in the JSON of the command line's contract. */
final class MatchPrinter {
  private MatchPrinter() {}

  /** Line and column, 1-based, columns in code points. */
  static JsonArray place(LineIndex lines, int offset) {
    JsonArray place = new JsonArray();
    place.add(lines.line(offset));
    place.add(lines.column(offset));
    return place;
  }

  static JsonObject captures(Match match) {
    JsonObject captures = new JsonObject();
    match.captures().forEach(capture -> captures.addProperty(capture.name(), capture.text()));
    return captures;
  }

  /** What the contract tells of a match beside its place. */
  static JsonObject json(byte[] source, Match match) {
    JsonObject object = new JsonObject();
    object.addProperty("text", QuotedTree.slice(source, match.start(), match.end()));
    object.add("captures", captures(match));
    return object;
  }
}
