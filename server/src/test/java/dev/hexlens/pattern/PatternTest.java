package dev.hexlens.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The deviations from ExAST, D1 to D16, and the rest of the language, one example each. */
final class PatternTest {
  @Test
  void aModuleMatchesAsWrittenOrAsResolvedInItsScope() { // D1
    String source =
        """
        defmodule A do
          alias MyApp.Repo
          def f(id), do: Repo.get!(User, id)
        end

        defmodule B do
          def f(id), do: Repo.get!(User, id)
        end
        """;
    assertThat(Found.in(source, "Repo.get!(_, _)")).hasSize(2);
    assertThat(Found.in(source, "MyApp.Repo.get!(_, _)")).containsExactly("Repo.get!(User, id)");
  }

  @Test
  void aFunctionIsFoundUnderTheModuleItIsImportedFrom() { // D2
    String source =
        """
        defmodule A do
          import Enum, only: [map: 2]
          def f(list), do: map(list, & &1) |> length()
        end
        """;
    assertThat(Found.in(source, "Enum.map(_, _)")).containsExactly("map(list, & &1)");
    assertThat(Found.in(source, "map(_, _)")).containsExactly("map(list, & &1)");
    assertThat(Found.in(source, "Kernel.length(_)")).hasSize(1);
    assertThat(Found.in("def f(a, b), do: a + b", "Kernel.+(_, _)")).containsExactly("a + b");
  }

  @Test
  void everyShapeOfCalleeIsFound() { // D3
    assertThat(Found.in("f.(x)", "f.(_)")).containsExactly("f.(x)");
    assertThat(Found.in("unquote(f)(x)", "unquote(_)(_)")).containsExactly("unquote(f)(x)");
    assertThat(Found.in("x |> f", "f(_)")).containsExactly("x |> f");
  }

  @Test
  void stringsAreEqualByTheirTextHoweverTheyAreWritten() { // D4
    assertThat(Found.in("f(\"a\\n\")", "\"a\\n\"")).hasSize(1);
    assertThat(Found.in("x = \"\"\"\n  a\n  \"\"\"\n", "\"a\\n\"")).hasSize(1);
  }

  @Test
  void aLongStringIsFoundInStoredTreesToo() {
    String text = "a".repeat(100);
    assertThat(Found.in("f(\"" + text + "\", \"b\")", "f(\"" + text + "\", _)")).hasSize(1);
    assertThat(Found.in("f(\"" + text + "b\")", "f(\"" + text + "\")")).isEmpty();
  }

  @Test
  void everyEllipsisStandsForAnyNumberOfElements() { // D5
    assertThat(Found.in("f(1, 2, 3, 4)", "f(..., 2, ..., 4)")).hasSize(1);
    assertThat(Found.in("f(2, 4)", "f(..., 2, ..., 4)")).hasSize(1);
    assertThat(Found.in("def f do\n  x()\nend", "def f() do ...; x() end")).hasSize(1);
    assertThat(Found.in("def f do\n  y()\n  x()\nend", "def f() do ...; x() end")).hasSize(1);
  }

  @Test
  void reservedAttributesAreMeantLiterally() { // D6
    String source = "@moduledoc false\n@doc false\n@limit 5\n";
    assertThat(Found.in(source, "@doc false")).containsExactly("@doc false");
    assertThat(Found.in(source, "@name 5")).containsExactly("@limit 5");
    assertThat(Found.in(source, "@_ _")).hasSize(3);
  }

  @Test
  void pseudoVariablesAndTheUnderscoreAtomAreLiteral() { // D7
    assertThat(Found.in("f(__MODULE__)\nf(x)", "f(__MODULE__)")).hasSize(1);
    assertThat(Found.in("f(_: 1)\nf(k: 1)", "f(_: 1)")).hasSize(1);
  }

  @Test
  void aMapUpdateInAPatternFindsUpdates() { // D8
    String source = "%{m | a: 1, b: 2}\n%{a: 1}";
    assertThat(Found.in(source, "%{m | a: 1}")).containsExactly("%{m | a: 1, b: 2}");
    assertThat(Found.in(source, "%{a: 1}")).containsExactly("%{a: 1}");
  }

  @Test
  void aPipeIntoAWildcardIsAnyStageAsWritten() { // D9
    assertThat(Found.in("a |> f() |> g(1)\nf(a)", "_ |> _"))
        .containsExactly("a |> f() |> g(1)", "a |> f()");
  }

  @Test
  void theHealthyPartOfABrokenFileIsSearched() { // D10
    String source = "def a do\n  f(1)\nend\n\ndef b(\n\ndef c do\n  f(2)\nend\n";
    assertThat(Found.in(source, "f(_)")).contains("f(1)");
  }

  @Test
  void rangesAreExact() { // D11
    assertThat(Found.in("a == nil", "_ == _")).containsExactly("a == nil");
    assertThat(Found.in("x = \"😀\" <> f(1)", "f(_)")).containsExactly("f(1)");
    assertThat(Found.in("@doc false", "@doc false")).containsExactly("@doc false");
    assertThat(Found.in("@impl true", "@_ _")).containsExactly("@impl true");
    assertThat(Found.in("if a do\n  b\nend", ":do")).containsExactly("do");
    assertThat(Found.matches("alias A.{B, C}", "alias _").getFirst().captures()).isEmpty();
  }

  @Test
  void sequencesComeByPlace() { // D12
    assertThat(Found.in("x = 1\ny = 2\nz = 3", "_ = _; _ = _"))
        .containsExactly("x = 1\ny = 2", "y = 2\nz = 3");
  }

  @Test
  void whatTextDoesNotSpellIsFound() { // D13
    assertThat(Found.in("{1, 2, 3}", "{_, _, _}")).hasSize(1);
    assertThat(Found.in("f(\"a#{b}\")", "\"a#{_}\"")).hasSize(1);
    assertThat(Found.in("~r/a/i", "sigil_r(_, _)")).hasSize(1);
    assertThat(Found.in("@limit 5", "@name _")).hasSize(1);
    assertThat(Found.in("f(a)", "_ |> f()")).hasSize(1);
    assertThat(Found.in("M.f(a)", "M._(...)")).hasSize(1);
  }

  @Test
  void directivesFindThemselves() { // D14
    assertThat(Found.in("alias A.{B, C}", "alias A.{B, C}")).hasSize(1);
    assertThat(Found.in("alias A.B, as: C", "alias A.B, as: C")).hasSize(1);
  }

  @Test
  void aDefinitionIsFoundByNameAndArity() { // D15
    String source =
        """
        def run(a, b \\\\ 1), do: a + b
        def run do
          :ok
        end
        def run(a, b) when a > b, do: a
        def other(a, b), do: a
        """;
    assertThat(Found.in(source, "def run/2 do ... end")).hasSize(2);
    assertThat(Found.in(source, "def run/1 do ... end")).hasSize(1);
    assertThat(Found.in(source, "def run/_ do ... end")).hasSize(3);
    assertThat(Found.in(source, "def run/2")).hasSize(2);
    assertThat(Found.in("@callback x\ndef run(a)", "def run/1")).containsExactly("def run(a)");
    assertThat(Found.in(source, "def _/2 do ... end")).hasSize(3);
    assertThat(Found.in(source, "def run() do ... end")).containsExactly("def run do\n  :ok\nend");
  }

  @Test
  void mapKeysAreComparedLikeAllElse() { // D16
    assertThat(Found.in("%{1.0 => 2}", "%{1 => _}")).isEmpty();
    assertThat(Found.in("%{1 => 2}", "%{1 => _}")).hasSize(1);
  }

  @Test
  void aRepeatedCaptureWantsTheSameExpressionPipedOrNot() {
    assertThat(Found.in("f(x |> g(), g(x))", "f(a, a)")).hasSize(1);
    assertThat(Found.in("f(x |> g(), g(y))", "f(a, a)")).isEmpty();
    assertThat(Found.matches("f(10, 0xA)", "f(a, a)").getFirst().captures())
        .containsExactly(new Match.Capture("a", "10"));
  }

  @Test
  void aPipeAndACallAreTheSameBothWays() {
    assertThat(Found.in("a |> M.f(b) |> M.g(c)", "M.g(M.f(_, _), _)")).hasSize(1);
    assertThat(Found.in("f(1, 2)", "_ |> f(_)")).hasSize(1);
    assertThat(Found.in("x |> f(a)", "f(_)")).isEmpty();
  }

  @Test
  void filtersMustAllHold() {
    String source = "def a do\n  f(1)\nend\n\ntest \"b\" do\n  f(2)\nend\n";
    Filter inTest = new Filter.Inside(Pattern.parse("test _ do ... end"));
    assertThat(Found.in(source, "f(_)", inTest)).containsExactly("f(2)");
    assertThat(Found.in(source, "f(_)", new Filter.Not(inTest))).containsExactly("f(1)");
    assertThat(Found.in(source, "def _ do ... end", new Filter.Contains(Pattern.parse("f(1)"))))
        .hasSize(1);
  }

  @Test
  void aPatternThatIsNoElixirSaysWhereAndWhy() {
    assertThatThrownBy(() -> Pattern.parse("f(]"))
        .hasToString("the pattern is not understood at 1:2: `(]` is not Elixir here");
    assertThatThrownBy(() -> Pattern.parse(""))
        .hasToString("the pattern is not understood at 1:1: it is empty");
    assertThatThrownBy(() -> Pattern.parse("def f(_) do")).isInstanceOf(PatternException.class);
    assertThatThrownBy(() -> Pattern.parse("[".repeat(400) + "]".repeat(400)))
        .hasMessageContaining("levels deep");
  }

  @Test
  void whatMaySurpriseComesWithAHint() {
    assertThat(Pattern.parse("def run do ... end").hints().toString()).contains("def run/0");
    assertThat(Pattern.parse("if _ do ... end").hints().toString()).contains("else ... end");
    assertThat(Pattern.parse("def f(_, _) do ... end").hints().toString()).contains("def f/2");
    assertThat(Pattern.parse("f(_)").hints()).isEmpty();
    assertThat(Pattern.parse("_").isBroad()).isTrue();
    assertThat(Pattern.parse("x").isBroad()).isTrue();
  }
}
