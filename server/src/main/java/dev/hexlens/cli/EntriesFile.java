package dev.hexlens.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.hexlens.hex.ReleaseId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A list of releases in a file: a line each, {@code NAME VERSION}, {@code NAME-VERSION}, {@code
 * NAME@VERSION} or {@code {"name": …, "version": …}}; or the report of an earlier run, of which
 * those count that failed or that it did not come to.
 */
final class EntriesFile {
  private static final String REMEDY = ": write NAME VERSION, as in jason 1.4.4";

  private EntriesFile() {}

  /** What the file lists, each once, in its order; nothing for a report of a run without fault. */
  static List<ReleaseId> read(Path file) {
    String text;
    try {
      // Any bytes: what is no release is named with its line.
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new CommandFailure(
          "--entries-file " + file + " can't be read: name a file with a release a line", e);
    }
    JsonObject report = report(text);
    if (report != null) {
      return ofReport(file, report);
    }
    Set<ReleaseId> entries = new LinkedHashSet<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String entry = line.strip();
      if (!entry.isEmpty() && !entry.startsWith("#")) {
        entries.add(entry(file + " line " + number, entry));
      }
    }
    if (entries.isEmpty()) {
      throw new CommandFailure("--entries-file " + file + " names no release" + REMEDY);
    }
    return List.copyOf(entries);
  }

  /** Writes a list that {@link #read} reads. */
  static void write(Path file, List<ReleaseId> entries) {
    try {
      Files.writeString(
          file,
          entries.stream().map(each -> each + "\n").collect(Collectors.joining()),
          StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new CommandFailure(
          "--entries-output " + file + " can't be written: name a file in a folder that is there",
          e);
    }
  }

  /** The whole text as one object that is no single release. */
  private static @Nullable JsonObject report(String text) {
    if (!text.stripLeading().startsWith("{")) {
      return null;
    }
    try {
      return JsonParser.parseString(text) instanceof JsonObject json
              && (json.has("releases") || json.has("failures"))
          ? json
          : null;
    } catch (JsonParseException e) {
      return null; // many objects, a line each
    }
  }

  private static List<ReleaseId> ofReport(Path file, JsonObject report) {
    Set<ReleaseId> entries = new LinkedHashSet<>();
    for (JsonElement each : array(report, "failures")) {
      entries.add(ofJson("a failure in " + file, each));
    }
    for (JsonElement each : array(report, "releases")) {
      String state =
          each instanceof JsonObject release && release.has("state")
              ? release.get("state").getAsString()
              : "";
      if (state.equals("failed") || state.equals("left")) {
        entries.add(ofJson("a release in " + file, each));
      }
    }
    return List.copyOf(entries);
  }

  private static JsonArray array(JsonObject report, String name) {
    return report.get(name) instanceof JsonArray array ? array : new JsonArray();
  }

  private static ReleaseId entry(String place, String entry) {
    if (entry.startsWith("{")) {
      try {
        return ofJson(place, JsonParser.parseString(entry));
      } catch (JsonParseException e) {
        throw new CommandFailure(place + " is no JSON" + REMEDY, e);
      }
    }
    String[] words = entry.split("\\s+|@", -1);
    return (words.length == 2
            ? release(words[0], words[1])
            : ReleaseId.ofFileName(entry.endsWith(".tar") ? entry : entry + ".tar"))
        .orElseThrow(
            () -> new CommandFailure("%s: \"%s\" is no release%s".formatted(place, entry, REMEDY)));
  }

  private static ReleaseId ofJson(String place, JsonElement json) {
    if (json instanceof JsonObject release
        && release.has("name")
        && release.has("version")
        && release.get("name").isJsonPrimitive()
        && release.get("version").isJsonPrimitive()) {
      Optional<ReleaseId> id =
          release(release.get("name").getAsString(), release.get("version").getAsString());
      if (id.isPresent()) {
        return id.get();
      }
    }
    throw new CommandFailure("%s: %s is no release%s".formatted(place, json, REMEDY));
  }

  private static Optional<ReleaseId> release(String name, String version) {
    return ReleaseId.ofFileName(name + "-" + version + ".tar");
  }
}
