package dev.hexlens.cli;

import static dev.hexlens.cli.AllVersions.each;
import static dev.hexlens.cli.AllVersions.json;
import static dev.hexlens.cli.AllVersions.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.hexlens.search.SourcePaths;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a search looks: the scope options, over every version of the fixtures. */
final class SearchScopeTest {
  @BeforeAll
  static void index() throws Exception {
    AllVersions.index();
  }

  @Test
  void packagesWiden() {
    List<JsonObject> some =
        json("search", "Enum.map(_, _)", "--package", "jot", "--package", "bookshop");
    assertThat(each("package", some)).containsExactlyInAnyOrder("jot", "bookshop");
    assertThat(json("search", "Enum.map(_, _)").size()).isGreaterThan(some.size());
  }

  @Test
  void aVersionNarrows() {
    List<JsonObject> all = json("search", "Enum.map(_, _)", "--package", "jot");
    assertThat(each("version", all)).hasSizeGreaterThan(1);
    String one = each("version", all).iterator().next();
    assertThat(each("version", json("search", "Enum.map(_, _)", "--package", "jot@" + one)))
        .containsExactly(one);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"search; Enum.map(_, _)", "references; Enum.map/2"})
  void pathsAndModulesNarrow(String command, String question) {
    assertThat(each("path", json(command, question, "--path", "lib/*.ex")))
        .isNotEmpty()
        .allMatch(path -> path.matches("lib/[^/]+\\.ex"));
    assertThat(each("path", json(command, question, "--module", "Cellar.Schema")))
        .containsExactly("lib/cellar/schema.ex");
    assertThat(json(command, question, "--module", "Cellar")).isEmpty();
  }

  @Test
  void theKindOfTheDefinitionAroundNarrows() {
    int all = json("search", "Enum.map(_, _)").size();
    int functions = json("search", "Enum.map(_, _)", "--kind", "function").size();
    int priv = json("search", "Enum.map(_, _)", "--kind", "private-function").size();
    int both =
        json("search", "Enum.map(_, _)", "--kind", "function", "--kind", "private function").size();
    assertThat(functions).isPositive();
    assertThat(priv).isPositive();
    assertThat(both).isEqualTo(functions + priv).isLessThanOrEqualTo(all);
    assertThat(run("search", "f(_)", "--kind", "thing").err())
        .contains("`thing` is no kind of definition: there are module, function");
  }

  @Test
  void symbolsHaveAScopeAsWell() {
    assertThat(run("symbols", "init", "--package", "harbor").answers())
        .isNotEmpty()
        .allMatch(line -> line.startsWith("harbor@"));
    assertThat(run("symbols", "change", "--module", "Cellar.Changeset").answers())
        .isNotEmpty()
        .allMatch(line -> line.contains(" Cellar.Changeset"));
  }

  @Test
  void testsAreToldByTheirPath() {
    assertThat(SourcePaths.isTest("test/support/case.ex")).isTrue();
    assertThat(SourcePaths.isTest("lib/a_test.exs")).isTrue();
    assertThat(SourcePaths.isTest("lib/test.ex")).isFalse();
    assertThat(json("search", "Enum.map(_, _)", "--tests")).isEmpty();
    assertThat(json("search", "Enum.map(_, _)", "--no-tests"))
        .hasSameSizeAs(json("search", "Enum.map(_, _)"));
    assertThat(run("search", "f(_)", "--tests", "--no-tests").exit()).isEqualTo(2);
  }
}
