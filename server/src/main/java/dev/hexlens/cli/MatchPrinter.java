package dev.hexlens.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.hexlens.elixir.syntax.LineIndex;
import dev.hexlens.elixir.syntax.QuotedTree;
import dev.hexlens.pattern.Match;
import org.jspecify.annotations.Nullable;

/** How a match is shown: a line for people, or the JSON object of the command line's contract. */
final class MatchPrinter {
  private static final Gson GSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

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

  /**
   * @param path relative to the package; as given where there is none
   */
  static String json(
      @Nullable String packageName,
      @Nullable String version,
      String path,
      byte[] source,
      LineIndex lines,
      Match match) {
    JsonObject object = new JsonObject();
    object.addProperty("package", packageName);
    object.addProperty("version", version);
    object.addProperty("path", path);
    object.add("start", place(lines, match.start()));
    object.add("end", place(lines, match.end()));
    object.addProperty("text", QuotedTree.slice(source, match.start(), match.end()));
    object.add("captures", captures(match));
    return GSON.toJson(object);
  }

  /** The match's first line as it stands in the source. */
  static String line(byte[] source, LineIndex lines, Match match) {
    int line = lines.line(match.start());
    return QuotedTree.slice(source, lines.lineStart(line), lines.lineEnd(line)).strip();
  }
}
