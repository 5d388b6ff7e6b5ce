package dev.hexlens.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import dev.hexlens.cli.OutputOptions.CountBy;
import dev.hexlens.cli.OutputOptions.Form;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Prints answers as they come, in the form that was chosen. For people, what several versions of a
 * package have alike at a path is one line that names the versions; all other forms give each.
 */
final class AnswerPrinter {
  private static final Gson GSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  private final Console console;
  private final Form form;
  private final int limit;
  private final boolean counts;
  private final @Nullable CountBy countBy;
  private final Map<String, Integer> counted = new LinkedHashMap<>();
  private final Sarif sarif = new Sarif();
  private int found;
  private @Nullable String packageName;

  /** Of the package at hand: what is alike, with its versions. */
  private final Map<Alike, List<String>> versions = new LinkedHashMap<>();

  private final Map<Alike, Answer> firsts = new HashMap<>();
  private final Map<Object, Integer> ordinals = new HashMap<>();

  /** The same text for the n-th time in a file. */
  private record Alike(String path, String text, String shown, int ordinal) {}

  private record InVersion(String version, String path, String text, String shown) {}

  AnswerPrinter(Console console, OutputOptions options) {
    this(console, options, options.limit());
  }

  /**
   * @param limit at most so many answers
   */
  AnswerPrinter(Console console, OutputOptions options, int limit) {
    this.console = console;
    this.form = options.form();
    this.limit = limit;
    this.counts = options.counts();
    this.countBy = options.countBy();
  }

  /** How many answers there were. */
  int found() {
    return found;
  }

  /** Whether the answer found is wanted; none is when there are as many as may be. */
  boolean isFull() {
    return found >= limit;
  }

  /** Takes an answer; false when it is not wanted, nor any other. */
  boolean add(Answer answer) {
    if (isFull()) {
      return false;
    }
    found++;
    if (countBy != null) {
      counted.merge(key(answer, countBy), 1, Integer::sum);
    }
    switch (form) {
      case LINE -> line(answer);
      case JSON -> console.out().println(GSON.toJson(json(answer)));
      case VIMGREP ->
          console
              .out()
              .printf(
                  "%s:%d:%d:%s%n", file(answer), answer.line(), answer.column(), answer.shown());
      case SARIF -> sarif.add(file(answer), answer);
      case NONE -> {}
    }
    return true;
  }

  private static String key(Answer answer, CountBy by) {
    return switch (by) {
      case PACKAGE -> release(answer);
      case MODULE -> Objects.requireNonNullElse(answer.module().get(), "(outside of modules)");
      case PATH -> file(answer);
    };
  }

  private static String release(Answer answer) {
    String name = Objects.requireNonNullElse(answer.packageName(), "(no package)");
    return answer.version() == null ? name : name + "@" + answer.version();
  }

  /** As the package's files are called when they are unpacked beside each other. */
  private static String file(Answer answer) {
    return answer.packageName() == null || answer.version() == null
        ? answer.path()
        : answer.packageName() + "-" + answer.version() + "/" + answer.path();
  }

  private static JsonObject json(Answer answer) {
    JsonObject object = new JsonObject();
    object.addProperty("package", answer.packageName());
    object.addProperty("version", answer.version());
    object.addProperty("path", answer.path());
    object.add("start", MatchPrinter.place(answer.lines(), answer.start()));
    object.add("end", MatchPrinter.place(answer.lines(), answer.end()));
    answer.json().get().asMap().forEach(object::add);
    return object;
  }

  private void line(Answer answer) {
    if (answer.packageName() == null || answer.version() == null) {
      console
          .out()
          .printf("%s:%d:%d  %s%n", answer.path(), answer.line(), answer.column(), answer.told());
      return;
    }
    if (!answer.packageName().equals(packageName)) {
      flush();
      packageName = answer.packageName();
    }
    String text = answer.text();
    String shown = answer.told();
    int ordinal =
        ordinals.merge(
            new InVersion(answer.version(), answer.path(), text, shown), 1, Integer::sum);
    Alike alike = new Alike(answer.path(), text, shown, ordinal);
    versions.computeIfAbsent(alike, key -> new ArrayList<>()).add(answer.version());
    firsts.putIfAbsent(alike, answer);
  }

  private void flush() {
    versions.forEach((alike, its) -> {
      Answer first = Objects.requireNonNull(firsts.get(alike));
      console
          .out()
          .printf(
              "%s@%s %s:%d:%d  %s%n",
              first.packageName(),
              String.join(",", its),
              first.path(),
              first.line(),
              first.column(),
              first.told());
    });
    versions.clear();
    firsts.clear();
    ordinals.clear();
  }

  /** Prints what could not be printed before the end was known. */
  void finish() {
    flush();
    if (form == Form.SARIF) {
      console.out().println(GSON.toJson(sarif.document()));
    }
    counted.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(each -> console.out().println(each.getValue() + "  " + each.getKey()));
    if (counts) {
      console.out().println(found);
    }
    if (found >= limit) {
      console.err().println("hexlens: stopped after " + found + " (--limit)");
    }
  }

  /** As grep has it: 0 when something was found, 1 when nothing was. */
  int exitCode() {
    return found > 0 ? ExitCode.FOUND : ExitCode.NOTHING_FOUND;
  }
}
