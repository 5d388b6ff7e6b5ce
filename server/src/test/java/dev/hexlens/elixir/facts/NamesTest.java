package dev.hexlens.elixir.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.elixir.ElixirReader;
import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.elixir.syntax.QuotedTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What patterns ask: the modules that names stand for, and where local calls come from. */
class NamesTest {

  @Test
  void anAliasHoldsFromItsEndToTheEndOfItsBlock() {
    assertThat(
            modules(
                """
                B.before()
                alias A.B
                B.after()
                if x do
                  alias C.D, as: B
                  B.inside()
                end
                B.outside()
                """))
        .containsExactly("B=B", "A.B=A.B", "B=A.B", "C.D=C.D", "B=A.B", "B=C.D", "B=A.B");
  }

  @Test
  void namesInBracesStandForTheWholeName() {
    assertThat(modules("alias A.{B, C.D}\n{B, D, C}"))
        .containsExactly("A=A", "B=A.B", "C.D=A.C.D", "B=A.B", "D=A.C.D", "C=C");
  }

  @Test
  void namesInTheBracesOfOtherDirectivesStandForTheWholeName() {
    assertThat(modules("import A.{B, C.D}\nuse E.{F}\nrequire G.{H}"))
        .containsExactly("A=A", "B=A.B", "C.D=A.C.D", "E=E", "F=E.F", "G=G", "H=G.H");
  }

  @Test
  void aModuleMayBeImportedThatADirectiveNames() {
    assertThat(mayImport("alias A.B\nimport B", "A.B")).isTrue();
    assertThat(mayImport("def f do\n  import A.{B, C}\nend", "A.C")).isTrue();
    assertThat(mayImport("import A.B", "B")).isFalse();
    assertThat(mayImport("alias A.B", "A.B")).isFalse();
    assertThat(mayImport("import unquote(x)", "A.B")).as("it may be any").isTrue();
  }

  private static boolean mayImport(String source, String module) {
    boolean[] may = new boolean[1];
    answers(
        source,
        (tree, facts) -> {
          may[0] = AliasResolution.of(tree).mayImport(module);
          return List.of();
        });
    return may[0];
  }

  @Test
  void mostCallsOfKernelsFunctionsAreToldByTheTree() {
    assertThat(kernels("defmodule A do\n  def f(x), do: x |> hd() |> length(1)\nend"))
        .containsExactly("defmodule", "def", "hd");
    assertThat(kernels("import Kernel, except: [hd: 1]\nhd(x)")).isEmpty();
    assertThat(kernels("import A, only: [hd: 1]\nhd(x)")).isEmpty();
    assertThat(kernels("def hd(x) when tl(x), do: x")).doesNotContain("hd").contains("tl");
  }

  private static List<String> kernels(String source) {
    return answers(
        source,
        (tree, facts) -> {
          KernelCalls calls = KernelCalls.of(tree, () -> AliasResolution.of(tree));
          List<String> found = new ArrayList<>();
          for (int node = 0; node < tree.size(); node++) {
            boolean told = calls.tells(node) && calls.isKernels(node);
            if (told && Character.isLetter(tree.text(node).charAt(0))) {
              found.add(tree.text(node));
            }
          }
          return found;
        });
  }

  @Test
  void aNestedModuleHasAnAliasInTheModuleAroundIt() {
    assertThat(
            modules(
                """
                defmodule A.B do
                  defmodule C.D do
                    {__MODULE__, C}
                  end
                  {__MODULE__.E, C.D, Elixir.C}
                end
                C.D
                """))
        .containsExactly(
            "A.B=A.B",
            "C.D=A.B.C.D",
            "__MODULE__=A.B.C.D",
            "C=A.B.C",
            "__MODULE__.E=A.B.E",
            "__MODULE__=A.B",
            "C.D=A.B.C.D",
            "Elixir.C=C",
            "C.D=C.D");
  }

  @Test
  void quotedCodeDoesNotKnowItsModule() {
    assertThat(
            modules(
                "defmodule A do\n  quote do\n    {__MODULE__, unquote(__MODULE__)}\n  end\nend"))
        .containsExactly("A=A", "__MODULE__=null", "__MODULE__=A");
  }

  @Test
  void requireNamesToo() {
    assertThat(modules("require A.Log, as: L\nL.info()\nalias :lists, as: Lists\nLists.map()"))
        .containsExactly("A.Log=A.Log", "L=L", "L=A.Log", "Lists=Lists", "Lists=:lists");
  }

  @Test
  void localCallsComeFromKernelFromImportsOrFromTheModule() {
    assertThat(
            imports(
                """
                defmodule A do
                  import Enum, only: [map: 2]
                  def run(list), do: length(list)
                  def own(x), do: run(map(x, x) + 1)
                  def piped(x), do: x |> map(1) |> hd |> other()
                end
                """))
        .contains("length=Kernel", "run=null", "map=Enum", "+=Kernel", "hd=Kernel", "other=null");
  }

  @Test
  void whatIsNotImportedFromKernelIsNotKernels() {
    assertThat(imports("import Kernel, except: [length: 1]\nlength(x)\nhd(x)"))
        .contains("length=null", "hd=Kernel");
  }

  @Test
  void importsAndAliasesEndWithTheirBlock() {
    assertThat(
            imports(
                """
                defmodule A do
                  def f do
                    import Enum, only: [map: 2]
                    map(1, 2)
                  end
                  def g, do: map(1, 2)
                end
                """))
        .containsSubsequence("map=Enum", "map=null");
  }

  private static List<String> modules(String source) {
    return answers(
        source,
        (tree, facts) -> {
          NameResolution quick = AliasResolution.of(tree);
          List<String> found = new ArrayList<>();
          for (int node = 0; node < tree.size(); node++) {
            boolean alias = tree.is(node, Form.CALL, "__aliases__");
            if (alias || tree.is(node, Form.VARIABLE, "__MODULE__")) {
              String module = facts.names().module(node);
              assertThat(quick.module(node)).isEqualTo(module);
              found.add(text(tree, node, source) + "=" + module);
            }
          }
          return found;
        });
  }

  private static List<String> imports(String source) {
    return answers(
        source,
        (tree, facts) -> {
          List<String> found = new ArrayList<>();
          for (int node = 0; node < tree.size(); node++) {
            if (tree.is(node, Form.CALL) || tree.is(node, Form.VARIABLE)) {
              found.add(tree.text(node) + "=" + facts.names().importedFrom(node));
            }
          }
          return found;
        });
  }

  @FunctionalInterface
  private interface Question {
    List<String> ask(QuotedTree tree, Facts facts);
  }

  private static List<String> answers(String source, Question question) {
    byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
    try (ElixirReader reader = new ElixirReader()) {
      QuotedTree tree = reader.read(bytes);
      return question.ask(tree, Facts.of(tree, bytes));
    }
  }

  private static String text(QuotedTree tree, int node, String source) {
    byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
    return QuotedTree.slice(bytes, tree.start(node), tree.end(node));
  }
}
