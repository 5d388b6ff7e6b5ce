package dev.hexlens.cli;

import com.google.gson.JsonObject;
import dev.hexlens.elixir.syntax.LineIndex;
import dev.hexlens.elixir.syntax.QuotedTree;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Something found at a place, whatever was asked.
 *
 * @param packageName null outside of one
 * @param path relative to the package; as given where there is none
 * @param json what the contract wants to be told of it beside the place
 * @param module the innermost module around it; null outside of modules
 * @param called what people are told of it in place of its line; null for the line
 */
record Answer(
    @Nullable String packageName,
    @Nullable String version,
    String path,
    byte[] source,
    LineIndex lines,
    int start,
    int end,
    Supplier<JsonObject> json,
    Supplier<@Nullable String> module,
    @Nullable String called) {
  Answer(
      @Nullable String packageName,
      @Nullable String version,
      String path,
      byte[] source,
      LineIndex lines,
      int start,
      int end,
      Supplier<JsonObject> json,
      Supplier<@Nullable String> module) {
    this(packageName, version, path, source, lines, start, end, json, module, null);
  }

  int line() {
    return lines.line(start);
  }

  int column() {
    return lines.column(start);
  }

  /** The place's first line as it stands in the source. */
  String shown() {
    int line = line();
    return QuotedTree.slice(source, lines.lineStart(line), lines.lineEnd(line)).strip();
  }

  /** What people are told of it. */
  String told() {
    return called == null ? shown() : called;
  }

  /** The text from start to end. */
  String text() {
    return QuotedTree.slice(source, start, end);
  }
}
