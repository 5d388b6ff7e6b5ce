package dev.hexlens.elixir.parser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is typed, the tree is the one that the text makes from scratch. */
class PatchedTreeTest {
  private static final Path FIXTURES = Path.of("../test-fixtures");

  /** What changes how a text around it is read, or might. */
  private static final List<String> TYPED =
      List.of(
          " ",
          "\n",
          "x",
          "é",
          "(",
          ")",
          "\"",
          "\"\"\"\n",
          "end",
          "do",
          " do\n",
          "fn ",
          "->",
          "a -> b\n",
          "|> f",
          "- 1",
          "\n-x",
          "\n(y)",
          "\n[z]",
          "+ 1\n",
          "..",
          "...",
          "&",
          "&1",
          "not in ",
          "when ",
          "rescue\n",
          "else\n",
          "if x do\n y\nend\n",
          "def f, do: 1\n",
          "foo\n",
          "foo bar ",
          "# ",
          ";",
          ",",
          " a:\n",
          "~S(",
          "%{",
          "}",
          "[",
          "]",
          "^",
          "|",
          "\\",
          "@doc ");

  @Test
  void afterRandomEdits() throws IOException {
    List<Path> files;
    try (var all = Files.walk(FIXTURES)) {
      files = all.filter(file -> file.toString().matches(".*\\.exs?")).sorted().toList();
    }
    Random random = new Random(4);
    for (Path file : files) {
      byte[] good = Files.readAllBytes(file);
      byte[] text = good;
      try (var edited = ElixirParser.incremental();
          var scratch = new ElixirParser()) {
        edited.parse(text);
        for (int i = 0; i < 12; i++) {
          byte[] next = edited(i % 4 == 3 ? good : text, random);
          SyntaxTree tree = edited.parse(next);
          assertSame(tree, scratch.parse(next), next, file.toString());
          text = tree.hasErrors() && random.nextBoolean() ? text : next;
        }
      }
    }
  }

  private static byte[] edited(byte[] text, Random random) {
    int at = random.nextInt(text.length + 1);
    int left = random.nextInt(3) == 0 ? Math.min(random.nextInt(60), text.length - at) : 0;
    String typed = TYPED.get(random.nextInt(TYPED.size()));
    return edited(text, at, left, typed);
  }

  private static byte[] edited(byte[] text, int at, int removed, String typed) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(text, 0, at);
    out.writeBytes(typed.getBytes(UTF_8));
    out.write(text, at + removed, text.length - at - removed);
    return out.toByteArray();
  }

  private static void assertSame(SyntaxTree tree, SyntaxTree scratch, byte[] text, String where) {
    assertThat(tree.hasErrors()).as(where).isEqualTo(scratch.hasErrors());
    if (tree.size() != scratch.size() || !tree.isSame(0, scratch, 0, 0)) {
      assertThat(TreeText.of(tree, text)).as(where).isEqualTo(TreeText.of(scratch, text));
      throw new AssertionError(where + ": the same text at other places");
    }
  }

  private static final String MODULE =
      """
      defmodule Shop do
        @moduledoc "Sells."
        # what is sold
        def one(x) when x > 0 do
          y = f(x)
          # twice
          y + x
        end

        def two(list), do: Enum.map(list, & &1.price)

        def three(%{a: a} = b) do
          if a do
            g(b)
          else
            h(b)
          end
        end

        def four(x), do: x
      end
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f(x)|f(x, z)",
        "y + x|-x",
        "y + x|(x)",
        "y + x|[x]",
        "y + x|y +",
        "y + x|\"\"\"\n y",
        "# twice|-twice",
        "# twice|\"",
        "g(b)|g(b) do",
        "g(b)|g(b)\nend\nend",
        "g(b)|b -> c",
        "def two|+ def two",
        "def two|)",
        "def two|(def two",
        "do: x|do: x end def five do",
        "  def four|  def three_and(a) do\n    a\n  end\n\n  def four",
        "do: x|do: \"#{x}",
        "@moduledoc \"Sells.\"|",
        "@moduledoc|@doc false\n@moduledoc",
        "list, &|list, &f(&1) |> &",
        "y = f(x)|rescue",
        "y = f(x)|after 1",
        "if a do|if a, do: (",
        "x > 0 do|x > 0 do -1"
      })
  void afterAnEdit(String edit) {
    String before = edit.substring(0, edit.indexOf('|'));
    String after = edit.substring(edit.indexOf('|') + 1);
    byte[] text = MODULE.getBytes(UTF_8);
    byte[] next = edited(text, MODULE.indexOf(before), before.length(), after);
    try (var edited = ElixirParser.incremental();
        var scratch = new ElixirParser()) {
      edited.parse(text);
      assertSame(edited.parse(next), scratch.parse(next), next, edit);
      assertSame(edited.parse(text), scratch.parse(text), text, "and back");
    }
  }

  @Test
  void anEditInAFunctionIsParsedWithItsNeighboursOnly() {
    PatchedTree patched = new PatchedTree();
    byte[] text = MODULE.getBytes(UTF_8);
    byte[] next = edited(text, MODULE.indexOf("y + x"), 0, "z + ");
    try (var parser = new ElixirParser();
        var other = new ElixirParser()) {
      patched.keep(text, parser.parse(text));
      SyntaxTree tree = new SyntaxTree();
      boolean done =
          patched.patch(
              next,
              (part, into) -> {
                assertThat(new String(part, UTF_8))
                    .isEqualTo("d do\ny = f(x)\n    # twice\n    z + y + x\n  end");
                into.copy(parser.parse(part));
                return true;
              },
              tree);
      assertThat(done).isTrue();
      assertSame(tree, other.parse(next), next, "patched");
    }
  }
}
