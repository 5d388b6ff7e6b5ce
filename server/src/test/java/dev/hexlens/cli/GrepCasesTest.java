package dev.hexlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The answers of the real ExAST library, by the ranges of the matches. */
final class GrepCasesTest {
  private static final Path CASES =
      Path.of("..", "test-fixtures", "conformance", "pattern_cases.jsonl");

  /**
   * Where we differ, each with the reason: ExAST ends these one column late or gives a word the
   * length of an atom (D11).
   */
  private static final Set<String> EXACT_ENDS =
      Set.of("@doc false in @doc false", "@_ _ in @impl true", ":do in if a do\n  b\nend");

  @Test
  void everyCaseIsAnsweredAsExAstDoesButForItsDefects() throws IOException {
    List<String> lines = Files.readAllLines(CASES);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    HexLensCommand.run(
        InputStream.nullInputStream(),
        out,
        new ByteArrayOutputStream(),
        "grep",
        "--cases",
        CASES.toString());
    List<String> answers = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(answers).hasSameSizeAs(lines);
    List<String> differing = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      JsonObject given = JsonParser.parseString(lines.get(i)).getAsJsonObject();
      JsonObject answer = JsonParser.parseString(answers.get(i)).getAsJsonObject();
      if (!ranges(given, "range").equals(ranges(answer, ""))) {
        differing.add(
            given.get("pattern").getAsString() + " in " + given.get("source").getAsString());
      }
    }
    assertThat(differing).containsExactlyInAnyOrderElementsOf(EXACT_ENDS);
  }

  private static Set<String> ranges(JsonObject holder, String key) {
    Set<String> ranges = new TreeSet<>();
    JsonArray matches = holder.has("matches") ? holder.getAsJsonArray("matches") : new JsonArray();
    for (JsonElement each : matches) {
      JsonObject match = each.getAsJsonObject();
      if (key.isEmpty()) {
        JsonArray start = match.getAsJsonArray("start");
        JsonArray end = match.getAsJsonArray("end");
        ranges.add("[%s,%s,%s,%s]".formatted(start.get(0), start.get(1), end.get(0), end.get(1)));
      } else {
        ranges.add(match.get(key).toString());
      }
    }
    return ranges;
  }
}
