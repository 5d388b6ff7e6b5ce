package dev.hexlens.cli;

import static dev.hexlens.cli.AllVersions.each;
import static dev.hexlens.cli.AllVersions.json;
import static dev.hexlens.cli.AllVersions.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Forms of answers, text: the options of a search, over every version of the fixtures. */
final class SearchOptionsTest {
  @BeforeAll
  static void index() throws Exception {
    AllVersions.index();
  }

  // Forms.

  @Test
  void alternativesGiveWhatEachGives() {
    int gets = json("search", "Map.get(_, _)").size();
    int fetches = json("search", "Map.fetch!(_, _)").size();
    assertThat(json("search", "-e", "Map.get(_, _)", "-e", "Map.fetch!(_, _)"))
        .hasSize(gets + fetches);
    assertThat(json("search", "-e", "Map.get(_, _)", "-e", "Map.get(...)"))
        .hasSameSizeAs(json("search", "Map.get(...)"));
  }

  @Test
  void countsAddUp() {
    int all = json("search", "Enum.map(_, _)").size();
    assertThat(run("search", "Enum.map(_, _)", "--count").answers())
        .containsExactly(String.valueOf(all));
    for (String by : List.of("package", "module", "path")) {
      List<String> lines = run("search", "Enum.map(_, _)", "--count-by", by).answers();
      assertThat(lines.stream().mapToInt(line -> Integer.parseInt(line.split("  ")[0])).sum())
          .isEqualTo(all);
    }
    assertThat(run("search", "Enum.map(_, _)", "--count-by", "module").out())
        .contains("  Cellar.Schema\n");
    assertThat(run("search", "Enum.map(_, _)", "--count-by", "colour").err())
        .contains("package, module or path");
  }

  @Test
  void whatVersionsHaveAlikeIsShownOnce() {
    List<JsonObject> all = json("search", "Enum.map(_, _)", "--package", "jot");
    List<String> lines = run("search", "Enum.map(_, _)", "--package", "jot").answers();
    assertThat(lines).hasSizeLessThan(all.size());
    assertThat(lines).anyMatch(line -> line.matches("jot@[^ ,]+,[^ ]+ lib/.*Enum\\.map.*"));
    int named =
        lines.stream()
            .mapToInt(line -> line.substring(4, line.indexOf(' ')).split(",").length)
            .sum();
    assertThat(named).isEqualTo(all.size());
  }

  @Test
  void quickfixLinesNameAPlaceAndItsText() {
    assertThat(run("search", "Enum.map(_, _)", "--vimgrep", "--limit", "5").answers())
        .hasSize(5)
        .allMatch(line -> line.matches("[a-z_]+-[0-9.a-z-]+/[^:]+:[0-9]+:[0-9]+:.+"));
  }

  @Test
  void symbolsHaveTheSameForms() {
    List<JsonObject> all = json("symbols", "init", "--limit", "1000");
    assertThat(all).hasSizeGreaterThan(10);
    assertThat(all.getFirst().keySet())
        .containsExactly("package", "version", "path", "start", "end", "symbol", "kind");

    List<String> lines = run("symbols", "init", "--vimgrep", "--limit", "1000").answers();
    assertThat(lines)
        .hasSameSizeAs(all)
        .allMatch(line -> line.matches("[a-z_]+-[0-9.a-z-]+/[^:]+:[0-9]+:[0-9]+:.+"))
        .anyMatch(line -> line.matches(".*:def init\\(.*"));
    for (int i = 0; i < lines.size(); i++) {
      JsonObject answer = all.get(i);
      assertThat(lines.get(i))
          .startsWith(
              "%s-%s/%s:%s:%s:"
                  .formatted(
                      answer.get("package").getAsString(),
                      answer.get("version").getAsString(),
                      answer.get("path").getAsString(),
                      answer.getAsJsonArray("start").get(0),
                      answer.getAsJsonArray("start").get(1)));
    }
    assertThat(run("symbols", "init", "--count").answers())
        .containsExactly(String.valueOf(all.size()));
    int counted =
        run("symbols", "init", "--count-by", "package").answers().stream()
            .mapToInt(line -> Integer.parseInt(line.split("  ")[0]))
            .sum();
    assertThat(counted).isEqualTo(all.size());
    assertThat(run("symbols", "init", "--json", "--count").exit()).isEqualTo(2);
    assertThat(run("symbols", "nosuchname", "--count").exit()).isEqualTo(1);
  }

  @Test
  void allSymbolsAreCountedAndTheBestAreShown() {
    int all = Integer.parseInt(run("symbols", "c", "--count").answers().getFirst());
    assertThat(all).isGreaterThan(50);
    CommandRun shown = run("symbols", "c", "--json");
    assertThat(shown.answers()).hasSize(50);
    assertThat(shown.err()).contains("stopped after 50 (--limit)");
    assertThat(json("symbols", "c", "--limit", String.valueOf(all + 1))).hasSize(all);
  }

  /** However many better answers other packages have. */
  @Test
  void aSymbolOfALastPackageIsFound() {
    List<JsonObject> all = json("symbols", "init", "--limit", "1000");
    String last = all.getLast().get("package").getAsString();
    assertThat(all.getFirst().get("package").getAsString()).isNotEqualTo(last);
    assertThat(each("package", json("symbols", "init", "--package", last, "--limit", "1")))
        .containsExactly(last);
  }

  /** What the standard's schema requires of a log, a run, a tool, a result and a region. */
  @Test
  void sarifIsWhatTheStandardRequires() {
    CommandRun run = run("search", "Enum.map(_, _)", "--sarif", "--limit", "3");
    JsonObject log = JsonParser.parseString(run.out()).getAsJsonObject();
    assertThat(log.get("version").getAsString()).isEqualTo("2.1.0");
    assertThat(log.get("$schema").getAsString()).endsWith("sarif-2.1.0.json");
    assertThat(log.getAsJsonArray("runs")).hasSize(1);
    JsonObject only = log.getAsJsonArray("runs").get(0).getAsJsonObject();
    JsonObject driver = only.getAsJsonObject("tool").getAsJsonObject("driver");
    assertThat(driver.get("name").getAsString()).isEqualTo("HexLens");
    assertThat(only.get("columnKind").getAsString()).isEqualTo("unicodeCodePoints");
    assertThat(only.getAsJsonArray("results")).hasSize(3);
    for (JsonElement each : only.getAsJsonArray("results")) {
      JsonObject result = each.getAsJsonObject();
      int rule = result.get("ruleIndex").getAsInt();
      assertThat(driver.getAsJsonArray("rules").get(rule).getAsJsonObject().get("id").getAsString())
          .isEqualTo(result.get("ruleId").getAsString());
      assertThat(result.get("level").getAsString()).isIn("none", "note", "warning", "error");
      assertThat(result.getAsJsonObject("message").get("text").getAsString()).isNotEmpty();
      JsonObject place =
          result
              .getAsJsonArray("locations")
              .get(0)
              .getAsJsonObject()
              .getAsJsonObject("physicalLocation");
      assertThat(place.getAsJsonObject("artifactLocation").get("uri").getAsString())
          .doesNotContain(" ", "\\", ":");
      JsonObject region = place.getAsJsonObject("region");
      for (String number : List.of("startLine", "startColumn", "endLine", "endColumn")) {
        assertThat(region.get(number).getAsInt()).isPositive();
      }
      assertThat(region.getAsJsonObject("snippet").get("text").getAsString()).contains("map");
    }
  }

  @Test
  void exitCodesAreGreps() {
    assertThat(run("search", "Enum.map(_, _)", "--limit", "1").exit()).isZero();
    assertThat(run("search", "NoSuch.fun(_)").exit()).isEqualTo(1);
    assertThat(run("search", "f(").exit()).isEqualTo(2);
    assertThat(run("search").exit()).isEqualTo(2);
    assertThat(run("search", "_").err()).contains("matches everything");
    assertThat(run("search", "").err()).contains("it is empty");
    assertThat(run("search", "f(_)", "--json", "--count").exit()).isEqualTo(2);
    assertThat(run("search", "f(_)", "--limit", "0").exit()).isEqualTo(2);
  }

  @Test
  void anExplanationTellsTermsAndCounts() {
    String said = run("search", "Enum.map(_, _)", "--explain").err();
    assertThat(said).contains("term        function Enum.map/2", "candidates  ", "rejected    ");
    assertThat(said).doesNotContain("plan  ");
    assertThat(run("search", "Enum.map(_, _)", "--plan").err()).contains("plan        ");
  }

  @Test
  void conditionsOverCapturesNarrow() {
    assertThat(json("search", "a == b", "--where", "^b in [nil, 0]"))
        .isNotEmpty()
        .allMatch(answer -> answer.get("text").getAsString().matches("(?s).*== (nil|0)\\)?"));
    assertThat(run("search", "a == b", "--where", "^c == 1").err())
        .contains("`^c` is no capture of the pattern, which has a, b");
  }

  // Text.

  @Test
  void aTextWithoutCapitalsIsFoundInAnyCase() {
    int any = json("search", "--text", "changeset").size();
    int exact = json("search", "--text", "Changeset").size();
    assertThat(exact).isPositive().isLessThan(any);
    assertThat(each("text", json("search", "--text", "changeset")))
        .contains("changeset", "Changeset");
  }

  @Test
  void aTextIsFoundInEveryLanguageAtItsExactPlace() {
    assertThat(each("path", json("search", "--text", "-spec")))
        .anyMatch(path -> path.endsWith(".erl"));
    assertThat(each("path", json("search", "--text", "<.")))
        .anyMatch(path -> path.endsWith(".heex"));
    JsonObject first = json("search", "--text", "defmodule Jot do", "--limit", "1").getFirst();
    assertThat(first.get("start")).hasToString("[1,1]");
    assertThat(first.get("end")).hasToString("[1,17]");
  }

  @Test
  void aRegularExpressionIsRe2s() {
    assertThat(each("text", json("search", "--regex", "def change\\w*\\(")))
        .isNotEmpty()
        .allMatch(text -> text.matches("def change\\w*\\("));
    assertThat(run("search", "--regex", "(a").err()).contains("no regular expression");
    assertThat(run("search", "--regex", "(a+)+$", "--count").exit()).isIn(0, 1);
  }

  @Test
  void commentsAndStringsAreToldApart() {
    List<JsonObject> comments = json("search", "--text", "the", "--in-comments");
    List<JsonObject> strings = json("search", "--text", "the", "--in-strings");
    List<JsonObject> all = json("search", "--text", "the");
    assertThat(comments).isNotEmpty();
    assertThat(strings).isNotEmpty();
    assertThat(comments.size() + strings.size()).isLessThanOrEqualTo(all.size());
    assertThat(all).containsAll(comments).containsAll(strings);
    assertThat(comments).doesNotContainAnyElementsOf(strings);
  }

  @Test
  void whatDoesNotGoTogetherIsSaid() {
    assertThat(run("search", "f(_)", "--text", "f").exit()).isEqualTo(2);
    assertThat(run("search", "--text", "").err()).contains("empty");
    assertThat(run("search", "f(_)", "--in-comments").err()).contains("--text");
    assertThat(run("search", "--text", "f", "--inside", "g(_)").err()).contains("filters");
  }
}
