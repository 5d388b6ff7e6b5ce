package dev.hexlens.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;

/** Answers as a SARIF document. OASIS, "Static Analysis Results Interchange Format 2.1.0". */
final class Sarif {
  private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
  private static final String RULE = "match";

  private final JsonArray results = new JsonArray();

  void add(String file, Answer answer) {
    JsonObject region = new JsonObject();
    region.addProperty("startLine", answer.line());
    region.addProperty("startColumn", answer.column());
    region.addProperty("endLine", answer.lines().line(answer.end()));
    region.addProperty("endColumn", answer.lines().column(answer.end()));
    JsonObject snippet = new JsonObject();
    snippet.addProperty("text", answer.text());
    region.add("snippet", snippet);
    JsonObject artifact = new JsonObject();
    artifact.addProperty("uri", uri(file));
    JsonObject physical = new JsonObject();
    physical.add("artifactLocation", artifact);
    physical.add("region", region);
    JsonObject location = new JsonObject();
    location.add("physicalLocation", physical);
    JsonArray locations = new JsonArray();
    locations.add(location);
    JsonObject result = new JsonObject();
    result.addProperty("ruleId", RULE);
    result.addProperty("ruleIndex", 0);
    result.addProperty("level", "note");
    result.add("message", message(answer.shown()));
    result.add("locations", locations);
    results.add(result);
  }

  /** Relative, with what may not stand in one escaped. */
  private static String uri(String file) {
    try {
      return new URI(null, null, file.replace('\\', '/'), null).toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(file + " can't be written as a URI", e);
    }
  }

  private static JsonObject message(String text) {
    JsonObject message = new JsonObject();
    message.addProperty("text", text);
    return message;
  }

  JsonObject document() {
    JsonObject rule = new JsonObject();
    rule.addProperty("id", RULE);
    rule.add("shortDescription", message("What was searched for stands here."));
    JsonArray rules = new JsonArray();
    rules.add(rule);
    JsonObject driver = new JsonObject();
    driver.addProperty("name", "HexLens");
    driver.addProperty("version", Version.number());
    driver.add("rules", rules);
    JsonObject tool = new JsonObject();
    tool.add("driver", driver);
    JsonObject run = new JsonObject();
    run.add("tool", tool);
    run.addProperty("columnKind", "unicodeCodePoints");
    run.add("results", results);
    JsonArray runs = new JsonArray();
    runs.add(run);
    JsonObject document = new JsonObject();
    document.addProperty("$schema", SCHEMA);
    document.addProperty("version", "2.1.0");
    document.add("runs", runs);
    return document;
  }
}
