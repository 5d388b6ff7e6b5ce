package dev.hexlens.cli;

import static dev.hexlens.cli.AllVersions.each;
import static dev.hexlens.cli.AllVersions.json;
import static dev.hexlens.cli.AllVersions.run;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A project's own files, the versions that its mix.lock names, and everything else. */
final class ProjectScopeTest {
  private static final String MIX =
      """
      defmodule Shop.MixProject do
        use Mix.Project
        def project, do: [app: :shop, version: "0.1.0"]
      end
      """;
  private static final String LOCK =
      """
      %{
        "cellar": {:hex, :cellar, "2.1.0", "aa", [:mix], [], "hexpm", "aa"},
        "jot": {:hex, :jot, "1.1.0", "bb", [:mix], [], "hexpm", "bb"},
        "nobody": {:hex, :nobody, "1.0.0", "cc", [:mix], [], "hexpm", "cc"},
      }
      """;
  private static final String SOURCE =
      """
      defmodule Shop do
        def names(list), do: list |> Enum.map(& &1.name)
        def prices(list), do: Enum.map(list, & &1.price)
      end
      """;

  @TempDir private static Path project = Path.of("");

  @BeforeAll
  static void index() throws Exception {
    AllVersions.index();
    write("mix.exs", MIX);
    write("mix.lock", LOCK);
    write("lib/shop.ex", SOURCE);
  }

  private static void write(String path, String text) throws IOException {
    Path file = project.resolve(path);
    Files.createDirectories(requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }

  private static String[] in(String scope, String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--project", project.toString()));
    if (!scope.isEmpty()) {
      all.addAll(List.of("--scope", scope));
    }
    return all.toArray(String[]::new);
  }

  private static List<String> releases(List<JsonObject> answers) {
    return answers.stream()
        .map(answer ->
            answer.get("package").getAsString() + "@" + answer.get("version").getAsString())
        .distinct()
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "search; Enum.map(_, _)",
        "search; --text=Enum.map",
        "search; --regex=Enum\\.map",
        "references; Enum.map/2"
      })
  void dependenciesAreTheVersionsOfTheLock(String command, String question) {
    List<JsonObject> own = json(in("workspace", command, question));
    assertThat(releases(own)).containsExactly("shop@workspace");
    assertThat(own).hasSize(2);
    List<JsonObject> locked = json(in("deps", command, question));
    assertThat(releases(locked)).containsExactlyInAnyOrder("cellar@2.1.0", "jot@1.1.0");
    List<JsonObject> others = json(in("hex", command, question));
    assertThat(releases(others)).contains("jot@1.2.0").doesNotContain("jot@1.1.0", "cellar@2.1.0");

    List<JsonObject> all = new ArrayList<>(own);
    all.addAll(locked);
    all.addAll(others);
    assertThat(json(in("", command, question))).isEqualTo(all);
    assertThat(json(in("workspace,deps", command, question)))
        .isEqualTo(all.subList(0, own.size() + locked.size()));
  }

  @Test
  void symbolsOfTheProjectComeFirst() {
    assertThat(each("package", json(in("workspace", "symbols", "names")))).containsExactly("shop");
    assertThat(releases(json(in("deps", "symbols", "Cellar.Repo"))))
        .containsExactly("cellar@2.1.0");
    assertThat(json(in("", "symbols", "names")).getFirst().get("package").getAsString())
        .isEqualTo("shop");
  }

  @Test
  void whatIsWrittenAsThePatternComesFirstHereToo() {
    assertThat(json(in("workspace", "search", "Enum.map(_, _)")))
        .extracting(answer -> answer.getAsJsonArray("start").get(0).getAsInt())
        .containsExactly(3, 2);
  }

  @Test
  void aLockedPackageThatIsNotIndexedIsNamed() {
    assertThat(run(in("deps", "search", "Enum.map(_, _)")).err())
        .contains("nobody@1.0.0, which mix.lock names, is not indexed")
        .doesNotContain("cellar@2.1.0");
    assertThat(run(in("workspace", "search", "Enum.map(_, _)")).err()).doesNotContain("nobody");
  }

  @Test
  void aSearchGoesOnFromTheProjectToItsDependencies() {
    List<String> all = run(in("", "search", "Enum.map(_, _)", "--json")).answers();
    List<String> parts = new ArrayList<>();
    String[] command = in("", "search", "Enum.map(_, _)", "--json", "--limit", "9");
    while (true) {
      CommandRun part = run(command);
      parts.addAll(part.answers());
      Matcher cursor = Pattern.compile("--after '(.*)'").matcher(part.err());
      if (!cursor.find()) {
        break;
      }
      command =
          in("", "search", "Enum.map(_, _)", "--json", "--limit", "9", "--after", cursor.group(1));
    }
    assertThat(parts).isEqualTo(all);
  }

  @Test
  void whatIsNoScopeIsSaid() {
    assertThat(run("search", "f(_)", "--scope", "moon").err())
        .contains("--scope takes workspace, deps or hex, not `moon`");
    assertThat(run("search", "f(_)", "--project", "/nowhere/at/all").err())
        .contains("is no Mix project");
    assertThat(run("search", "f(_)", "--scope", "deps").err()).contains("--project DIR");
  }
}
