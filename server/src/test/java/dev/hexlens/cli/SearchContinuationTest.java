package dev.hexlens.cli;

import static dev.hexlens.cli.AllVersions.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A search that was cut goes on where it stopped. */
final class SearchContinuationTest {
  @BeforeAll
  static void index() throws Exception {
    AllVersions.index();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "search; -e; Enum.map(_, _); 25",
        "search; --text; GenServer; 20",
        "references; Enum.map/2; --no-tests; 25"
      })
  void aSearchThatWasCutGoesOnWhereItStopped(String command, String one, String other, int limit) {
    List<String> all = run(command, one, other, "--json").answers();
    List<String> parts = new ArrayList<>();
    String after = null;
    for (int calls = 0; calls <= all.size(); calls++) {
      List<String> arguments =
          new ArrayList<>(List.of(command, one, other, "--json", "--limit", String.valueOf(limit)));
      if (after != null) {
        arguments.addAll(List.of("--after", after));
      }
      CommandRun part = run(arguments.toArray(String[]::new));
      parts.addAll(part.answers());
      Matcher cursor = Pattern.compile("--after '(.*)'").matcher(part.err());
      if (!cursor.find()) {
        break;
      }
      after = cursor.group(1);
      assertThat(part.err()).containsPattern("[0-9]+ of [0-9]+ releases were searched");
    }
    assertThat(all).hasSizeGreaterThan(limit);
    for (int i = 0; i < Math.min(all.size(), parts.size()); i++) {
      assertThat(parts.get(i)).as("answer %d", i).isEqualTo(all.get(i));
    }
    assertThat(parts).hasSameSizeAs(all);
  }

  @Test
  void aCursorThatIsNoneOrIsOldIsRefused() {
    assertThat(run("search", "f(_)", "--after", "page 2").err())
        .contains("`page 2` is no cursor: take one that a search gave");
    CommandRun old = run("search", "f(_)", "--after", "99:1:jot@1.0.0:lib/jot.ex");
    assertThat(old.exit()).isEqualTo(2);
    assertThat(old.err()).contains("the order of packages has changed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Enum.map(_, _); nobody@1.0.0",
        "Enum.map(_, _); jot@77.0.0",
        "NoSuch.fun(_); jot@1.0.0",
        "_ + _; nobody@1.0.0"
      })
  void aCursorOfAnotherSearchIsRefused(String pattern, String release) {
    CommandRun cut = run("search", "Enum.map(_, _)", "--limit", "1");
    Matcher snapshot = Pattern.compile("--after '([0-9]+):").matcher(cut.err());
    assertThat(snapshot.find()).as(cut.err()).isTrue();
    String after = snapshot.group(1) + ":1:" + release + ":lib/a.ex";

    CommandRun refused = run("search", pattern, "--limit", "5", "--after", after);

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.answers()).isEmpty();
    assertThat(refused.err())
        .contains("--after: " + release + " is not among the releases that this search looks at")
        .hasLineCount(1);
  }

  @Test
  void aCursorOutsideOfTheScopeIsRefused() {
    CommandRun cut = run("search", "--text", "GenServer", "--limit", "1");
    Matcher cursor = Pattern.compile("--after '(.*)'").matcher(cut.err());
    assertThat(cursor.find()).as(cut.err()).isTrue();
    String first = cut.answers().getFirst();
    String other = first.startsWith("jot@") ? "harbor" : "jot";

    CommandRun refused =
        run("search", "--text", "GenServer", "--package", other, "--after", cursor.group(1));

    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.answers()).isEmpty();
    assertThat(refused.err()).contains("is not among the releases");
  }
}
