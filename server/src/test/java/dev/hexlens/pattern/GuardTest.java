package dev.hexlens.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditions over captures. */
final class GuardTest {
  private static final String SOURCE =
      """
      alias MyApp.Repo
      f(1, 1)
      f(a, b)
      f(:x, 20)
      f(Repo, "abc")
      f(x |> g(), g(x))
      f(-3, [1, :b])
      f(nil, 2.0)
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "^a == ^b; f(1, 1)|f(x |> g(), g(x))",
        "^a != ^b and is_integer(^a); f(-3, [1, :b])",
        "^b > 10; f(:x, 20)",
        "^b >= 1 and ^b <= 2; f(1, 1)|f(nil, 2.0)",
        "^b + 1 == 2; f(1, 1)",
        "^a * 2 < ^a; f(-3, [1, :b])",
        "^a < 0; f(-3, [1, :b])",
        "^b in 1..20; f(1, 1)|f(:x, 20)|f(nil, 2.0)",
        "^a in [:x, MyApp.Repo]; f(:x, 20)|f(Repo, \"abc\")",
        "^a == Repo; f(Repo, \"abc\")",
        "1 in ^b; f(-3, [1, :b])",
        "length(^b) == 2; f(-3, [1, :b])",
        "is_atom(^a); f(:x, 20)|f(nil, 2.0)",
        "is_nil(^a) or is_binary(^b); f(Repo, \"abc\")|f(nil, 2.0)",
        "^b == \"abc\"; f(Repo, \"abc\")",
        "^b < \"b\"; f(Repo, \"abc\")",
        "^b == 2; f(nil, 2.0)",
        "^b === 2; ''",
        "is_list(^b) or is_float(^b); f(-3, [1, :b])|f(nil, 2.0)",
        "match?(_ |> g(), ^a); f(x |> g(), g(x))",
        "match?([_, :b], ^b); f(-3, [1, :b])",
        "not is_number(^b) and not is_binary(^b); f(a, b)|f(x |> g(), g(x))|f(-3, [1, :b])",
        "^a not in [1, :x, nil, -3, Repo]; f(a, b)|f(x |> g(), g(x))",
      })
  void aConditionHoldsOfTheCodeThatIsCaptured(String condition, String matches) {
    String found = String.join("|", Found.in(SOURCE, "f(a, b)", where(condition)));
    assertThat(found).isEqualTo(matches);
  }

  @Test
  void conditionsJoinWithOtherFilters() {
    Filter small = where("^a == 1");
    Filter symbol = where("is_atom(^a)");
    assertThat(Found.in(SOURCE, "f(a, _)", new Filter.AnyOf(java.util.List.of(small, symbol))))
        .containsExactly("f(1, 1)", "f(:x, 20)", "f(nil, 2.0)");
    assertThat(Found.in(SOURCE, "f(a, _)", new Filter.Not(symbol), small))
        .containsExactly("f(1, 1)");
  }

  @Test
  void anAttributesNameIsAnAtom() {
    assertThat(Found.in("@limit 5\n@other 6", "@name _", where("^name == :limit")))
        .containsExactly("@limit 5");
  }

  @Test
  void aLongTextIsComparedInStoredTreesToo() {
    String text = "a".repeat(100);
    assertThat(Found.in("f(\"" + text + "\")", "f(a)", where("^a == \"" + text + "\""))).hasSize(1);
  }

  @Test
  void whatIsNotSupportedIsSaidWithItsPlace() {
    assertThatThrownBy(() -> Guard.parse("foo(^a)"))
        .hasToString(
            "the condition is not understood at 1:1: `foo` with 1 arguments is unknown: conditions"
                + " know ==, !=, ===, !==, <, >, <=, >=, in, and, or, not, +, -, *, length/1,"
                + " match?/2, is_atom/1, is_boolean/1, is_nil/1, is_integer/1, is_float/1,"
                + " is_number/1, is_binary/1, is_list/1");
    assertThatThrownBy(() -> Guard.parse("left == ^right"))
        .hasMessage("`left` is a bare word: a capture is written `^left`");
    assertThatThrownBy(() -> Guard.parse("^a == 1 and ^b"))
        .isInstanceOf(PatternException.class)
        .hasMessageContaining("neither true nor false")
        .extracting(e -> ((PatternException) e).column())
        .isEqualTo(13);
    assertThatThrownBy(() -> Guard.parse("^a ==")).isInstanceOf(PatternException.class);
    assertThatThrownBy(() -> Guard.parse("")).hasMessage("it is empty");
    assertThatThrownBy(() -> Guard.parse("^a in 5")).hasMessageContaining("behind `in`");
    assertThatThrownBy(() -> Guard.parse("match?({:ok, _}, 1)")).hasMessageContaining("a capture");
  }

  @Test
  void aConditionAboutWhatThePatternDoesNotCaptureIsRefused() {
    assertThatThrownBy(() -> Found.in(SOURCE, "f(a, b)", where("^a == ^c")))
        .hasToString(
            "the condition is not understood at 1:7: `^c` is no capture of the pattern, which has a, b");
    assertThatThrownBy(() -> Found.in(SOURCE, "f(_, _)", new Filter.Not(where("^a == 1"))))
        .hasMessageContaining("captures nothing");
  }

  private static Filter where(String condition) {
    return new Filter.Where(Guard.parse(condition));
  }
}
