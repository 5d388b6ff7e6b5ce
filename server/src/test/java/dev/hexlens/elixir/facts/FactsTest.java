package dev.hexlens.elixir.facts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.elixir.ElixirReader;
import dev.hexlens.elixir.syntax.CompactTree;
import dev.hexlens.elixir.syntax.QuotedTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

class FactsTest {
  private static final Path FOLDER = Path.of("..", "test-fixtures", "golden", "facts");

  @TestFactory
  Stream<DynamicTest> aStoredTreeGivesTheSameFacts() throws IOException {
    List<Path> sources;
    try (Stream<Path> files = Files.list(FOLDER)) {
      sources = files.filter(file -> file.toString().endsWith(".ex")).sorted().toList();
    }
    return sources.stream()
        .map(file ->
            DynamicTest.dynamicTest(file.getFileName().toString(), () -> sameWhenStored(file)));
  }

  private static void sameWhenStored(Path file) throws IOException {
    byte[] source = Files.readAllBytes(file);
    try (ElixirReader reader = new ElixirReader()) {
      QuotedTree tree = reader.read(source);
      Facts facts = Facts.of(tree, source);
      Facts stored = Facts.of(CompactTree.read(CompactTree.write(tree)).tree(), source);
      assertThat(stored.definitions()).isEqualTo(facts.definitions());
      assertThat(stored.references()).isEqualTo(facts.references());
      assertThat(stored.environments()).isEqualTo(facts.environments());
      assertThat(stored.exports()).isEqualTo(facts.exports());
    }
  }

  @Test
  void anEmptyListAtTheVeryEndOfAStoredTreeIsNoBlock() {
    byte[] source = "defmodule A, do: B.run([])".getBytes(StandardCharsets.UTF_8);
    try (ElixirReader reader = new ElixirReader()) {
      Facts facts = Facts.of(reader.read(source).frozen(), source);
      assertThat(facts.references()).anyMatch(each -> each.symbol().printed().equals("B.run/1"));
    }
  }

  @Test
  void theExportsOfAModuleAreItsPublicNamesWithEveryArity() {
    ModuleExports exports =
        of("""
        defmodule A do
          defstruct [:a]
          @type t :: %A{}
          @typep hidden :: atom
          @callback go(t) :: :ok
          def run(a, b \\\\ 1, c \\\\ 2), do: {a, b, c, secret()}
          defp secret, do: 1
          defmacro shout(x), do: x
          defguard is_a(x) when x == :a
        end
        """)
            .exports()
            .getFirst();
    assertThat(exports.exports("run", 1)).isTrue();
    assertThat(exports.exports("run", 3)).isTrue();
    assertThat(exports.exports("run", 4)).isFalse();
    assertThat(exports.exports("secret", 0)).isFalse();
    assertThat(exports.macros().keySet()).containsExactlyInAnyOrder("shout", "is_a");
    assertThat(exports.types().keySet()).contains("t");
    assertThat(exports.callbacks().keySet()).containsExactly("go");
    assertThat(exports.struct()).isTrue();
  }

  @Test
  void aPipeCountsAsAnArgumentAndADoBlockToo() {
    assertThat(calls("def f(x), do: x |> A.b(1) |> c() |> D.e"))
        .containsExactlyInAnyOrder("A.b/2", "M.c/1", "D.e/1");
    assertThat(calls("def f(x) do\nA.b(x) do\n1\nend\nend")).containsExactly("A.b/2");
  }

  @Test
  void parenthesesDoNotMoveANamesPlace() {
    String source = "defmodule M do\n  def f(x), do: ( # here\n    g(x))\nend";
    Reference call = of(source).references().getFirst();
    assertThat(call.written(source.getBytes(StandardCharsets.UTF_8))).isEqualTo("g");
    assertThat(call.start()).isEqualTo(source.indexOf("g(x)"));
  }

  @Test
  void aNameThatIsBoundIsNoCall() {
    assertThat(calls("def size, do: 1\n def a(size), do: size\n def b, do: (size = 1; size)"))
        .isEmpty();
  }

  @Test
  @Timeout(20)
  void depthCostsNoStack() {
    int deep = 50_000;
    String source = "x = " + "[".repeat(deep) + "A.f(B)" + "]".repeat(deep);
    Facts facts = of(source);
    assertThat(facts.references()).hasSize(3);
  }

  private static List<String> calls(String body) {
    return of("defmodule M do\n " + body + "\nend").references().stream()
        .filter(r -> r.kind() == Reference.Kind.CALL)
        .map(r -> r.symbol().printed())
        .toList();
  }

  private static Facts of(String source) {
    byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
    try (ElixirReader reader = new ElixirReader()) {
      return Facts.of(reader.read(bytes), bytes).withoutNames();
    }
  }
}
