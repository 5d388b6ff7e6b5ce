package dev.hexlens.cli;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.hexlens.index.IndexReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How a run ended, as JSON for programs, and for {@code --entries-file} to try again. */
final class ReportFile {
  private ReportFile() {}

  /** Refuses a place that can't be written to before hours of work. */
  static void check(@Nullable Path file) {
    if (file == null) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isWritable(folder) || Files.isDirectory(file)) {
      throw new CommandFailure(
          "--report " + file + " can't be written: name a file in a folder that is there");
    }
  }

  /**
   * Writes the file: whoever reads it sees all of it, or what was there before.
   *
   * @param options what the run was told, by the options' names
   * @param error why the run broke off; null if it did not
   */
  static void write(
      Path file, IndexReport report, Map<String, String> options, @Nullable String error) {
    String text =
        new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .create()
            .toJson(json(report, options, error));
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.writeString(part, text + "\n", StandardCharsets.UTF_8);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new CommandFailure(
          "--report " + file + " can't be written (" + e.getMessage() + "): free the disk", e);
    }
  }

  private static JsonObject json(
      IndexReport report, Map<String, String> options, @Nullable String error) {
    JsonObject json = new JsonObject();
    json.addProperty("generated_at", Instant.now().toString());
    JsonObject told = new JsonObject();
    new TreeMap<>(options).forEach(told::addProperty);
    json.add("options", told);
    json.addProperty("seconds", rounded(report.seconds()));
    json.addProperty("stopped", report.stopped());
    if (error != null) {
      json.addProperty("error", error);
    }
    JsonObject counts = new JsonObject();
    counts.addProperty("releases", report.releases().size());
    counts.addProperty("indexed", report.indexed());
    counts.addProperty("there", report.alreadyThere());
    counts.addProperty("skipped", report.skipped());
    counts.addProperty("superseded", report.superseded());
    counts.addProperty("failed", report.failures().size());
    counts.addProperty("left", report.left());
    counts.addProperty("files", report.files());
    counts.addProperty("bytes", report.bytes());
    json.add("counts", counts);
    JsonObject stages = new JsonObject();
    new TreeMap<>(report.stages())
        .forEach((stage, seconds) -> stages.addProperty(stage, rounded(seconds)));
    json.add("stages", stages);
    JsonArray releases = new JsonArray();
    report.releases().forEach(each -> releases.add(release(each)));
    json.add("releases", releases);
    JsonArray failures = new JsonArray();
    report.failures().forEach(each -> failures.add(failure(each)));
    json.add("failures", failures);
    JsonArray problems = new JsonArray();
    report.problems().forEach(problems::add);
    json.add("problems", problems);
    return json;
  }

  private static JsonObject release(IndexReport.Outcome outcome) {
    JsonObject json = new JsonObject();
    json.addProperty("name", outcome.name());
    json.addProperty("version", outcome.version());
    json.addProperty("state", outcome.state().name().toLowerCase(Locale.ROOT));
    if (outcome.reason() != null) {
      json.addProperty("reason", outcome.reason());
    }
    return json;
  }

  private static JsonObject failure(IndexReport.Failure failure) {
    JsonObject json = new JsonObject();
    json.addProperty("name", failure.name());
    json.addProperty("version", failure.version());
    json.addProperty("reason", failure.reason());
    return json;
  }

  /** To the millisecond. */
  private static double rounded(double seconds) {
    return Math.round(seconds * 1000) / 1000.0;
  }
}
