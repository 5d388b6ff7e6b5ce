package dev.hexlens.elixir.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.elixir.ElixirReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Elixir's own tree, form by form; the whole language is held against Elixir's parser in CI. */
final class LoweringTest {
  private static final Path BROKEN = Path.of("..", "test-fixtures", "broken");

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '\u0001',
      textBlock =
          """
          1_000                ¦ {"i":"1000"}
          0xFF                 ¦ {"i":"255"}
          ?\\n                 ¦ {"i":"10"}
          1.0                  ¦ {"f":"3ff0000000000000"}
          :ok                  ¦ {"a":"ok"}
          :"a b"               ¦ {"a":"a b"}
          "a\\tb"              ¦ {"s":"a\\u0009b"}
          "\\xFF"              ¦ {"b":"ff"}
          'ab'                 ¦ [{"i":"97"},{"i":"98"}]
          [a: 1]               ¦ [{"t":[{"a":"a"},{"i":"1"}]}]
          {1, 2}               ¦ {"t":[{"i":"1"},{"i":"2"}]}
          {1}                  ¦ {"c":[{"a":"{}"},[{"i":"1"}]]}
          x                    ¦ {"v":"x"}
          f(x)                 ¦ {"c":[{"a":"f"},[{"v":"x"}]]}
          A.B                  ¦ {"c":[{"a":"__aliases__"},[{"a":"A"},{"a":"B"}]]}
          m.f                  ¦ {"c":[{"c":[{"a":"."},[{"v":"m"},{"a":"f"}]]},[]]}
          f.(1)                ¦ {"c":[{"c":[{"a":"."},[{"v":"f"}]]},[{"i":"1"}]]}
          a[b]                 ¦ {"c":[{"c":[{"a":"."},[{"a":"Elixir.Access"},{"a":"get"}]]},[{"v":"a"},{"v":"b"}]]}
          a not in b           ¦ {"c":[{"a":"not"},[{"c":[{"a":"in"},[{"v":"a"},{"v":"b"}]]}]]}
          not a in b           ¦ {"c":[{"a":"not"},[{"c":[{"a":"in"},[{"v":"a"},{"v":"b"}]]}]]}
          1..2//3              ¦ {"c":[{"a":"..//"},[{"i":"1"},{"i":"2"},{"i":"3"}]]}
          f(n..-1)             ¦ {"c":[{"a":"f"},[{"c":[{"a":".."},[{"v":"n"},{"c":[{"a":"-"},[{"i":"1"}]]}]]}]]}
          %{m | a: 1}          ¦ {"c":[{"a":"%{}"},[{"c":[{"a":"|"},[{"v":"m"},[{"t":[{"a":"a"},{"i":"1"}]}]]]}]]}
          %{k => a | b}        ¦ {"c":[{"a":"%{}"},[{"t":[{"v":"k"},{"c":[{"a":"|"},[{"v":"a"},{"v":"b"}]]}]}]]}
          ~r/a/i               ¦ {"c":[{"a":"sigil_r"},[{"c":[{"a":"<<>>"},[{"s":"a"}]]},[{"i":"105"}]]]}
          fn -> 1 end          ¦ {"c":[{"a":"fn"},[{"c":[{"a":"->"},[[],{"i":"1"}]]}]]}
          ()                   ¦ {"c":[{"a":"__block__"},[]]}
          (a; b)               ¦ {"c":[{"a":"__block__"},[{"v":"a"},{"v":"b"}]]}
          &1                   ¦ {"c":[{"a":"&"},[{"i":"1"}]]}
          &+/2                 ¦ {"c":[{"a":"&"},[{"c":[{"a":"/"},[{"v":"+"},{"i":"2"}]]}]]}
          if a do end          ¦ {"c":[{"a":"if"},[{"v":"a"},[{"t":[{"a":"do"},{"c":[{"a":"__block__"},[]]}]}]]]}
          """)
  void oneFormEach(String source, String json) {
    String unescaped = source.replace("\\\\", "\\");
    assertThat(json(unescaped)).isEqualTo(json.replace("\\\\", "\\"));
  }

  /** What the grammar reads in its own way, beside a spelling that it reads as Elixir does. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '\u0001',
      textBlock =
          """
          &(a).b |> c             ¦ &((a).b |> c)
          &(a + b) |> c           ¦ &((a + b) |> c)
          &(&1)[a].b              ¦ &((&1)[a].b)
          x + &(a).b + c          ¦ x + &((a).b + c)
          [&f/1 | rest]           ¦ [(&f/1) | rest]
          x = &a when b           ¦ (x = &a) when b
          f(n..-1)                ¦ f(n..(-1))
          x + n..-1//2            ¦ (x + n)..(-1)//2
          f(a, n.b..-1, c)        ¦ f(a, (n.b)..(-1), c)
          "#{a; b.c}"             ¦ "#{(a; b.c)}"
          ~s(x#{if a do b; c end; d}y) ¦ ~s(x#{(if a do b; c end; d)}y)
          f.(a) do b end          ¦ f.(a, [do: b])
          x = a.b.(c) do d end    ¦ x = a.b.(c, [do: d])
          a[b: 1, c: 2].d         ¦ a[[b: 1, c: 2]].d
          @a["b": 1]              ¦ @a[["b": 1]]
          %{f a => b, c => d}     ¦ %{f(a) => b, c => d}
          %{m | f a => b | c}     ¦ %{m | f(a) => (b | c)}
          %{a :: b => c}          ¦ %{(a :: b) => c}
          case a do b -> c; end   ¦ case a do b -> c end
          a not in b in c         ¦ not((a in b) in c)
          !a in b in c            ¦ !((a in b) in c)
          """)
  void theGrammarsMistakesAreRepaired(String source, String explicit) {
    assertThat(json(source)).isEqualTo(json(explicit)).doesNotContain("error");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '\u0001',
      textBlock =
          """
          &../2      ¦ {"c":[{"a":"&"},[{"c":[{"a":"/"},[{"v":".."},{"i":"2"}]]}]]}
          變數        ¦ {"v":"變數"}
          f(:変数)    ¦ {"c":[{"a":"f"},[{"a":"変数"}]]}
          µ          ¦ {"v":"μ"}
          [?變, 變]   ¦ [{"i":"35722"},{"v":"變"}]
          """)
  void namesThatTheGrammarDoesNotKnow(String source, String json) {
    assertThat(json(source)).isEqualTo(json);
  }

  @Test
  void aBackslashBeforeTheDelimiterOfASigilWithoutEscapes() {
    String sigil =
        "{\"c\":[{\"a\":\"sigil_S\"},[{\"c\":[{\"a\":\"<<>>\"},[{\"s\":\"\\\\\\\\\"}]]},[]]]}";
    assertThat(json("[~S(\\\\), ~S|\\\\|]")).isEqualTo("[" + sigil + "," + sigil + "]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "index",
        "origin == b",
        "org = c[d]",
        "invalidated?(a)",
        "android",
        "whenever",
        "-1",
        "+x",
        "(a)",
        "(a, b)",
        "_"
      })
  void clausesThatBeginLikeTheEndOfAnExpression(String head) {
    String apart =
        "case x do\n  1 -> (f(1); g(2))\n  ("
            + head.replaceAll("^\\((.*)\\)$", "$1")
            + ") -> z\nend";
    String source = "case x do\n  1 ->\n    f(1)\n    g(2)\n\n  " + head + " ->\n    z\nend";
    assertThat(json(source)).isEqualTo(json(apart)).doesNotContain("error");
  }

  @Test
  void severalExpressionsOnLinesOfAnInterpolation() {
    assertThat(json("\"#{a\nb}\"")).isEqualTo(json("\"#{(a; b)}\""));
    assertThat(json("\"#{f a,\n b}\"")).isEqualTo(json("\"#{f(a, b)}\""));
  }

  @Test
  void nulInAComment() {
    assertThat(json("x # a\0b\ny")).isEqualTo(json("x\ny"));
  }

  @Test
  void whatIsPutInForTheParserHasNoWidth() {
    String source = "\"#{a; bc}\" <> d";
    QuotedTree tree = read(source);
    for (int node = 0; node < tree.size(); node++) {
      if (tree.is(node, Form.VARIABLE) && !tree.text(node).equals("binary")) {
        assertThat(source.substring(tree.start(node), tree.end(node))).isEqualTo(tree.text(node));
      }
    }
    assertThat(tree.end(0)).isEqualTo(source.length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%", "%\"a\"{}", "%nil{}", "&", "&(", "f.(", "a[b: 1", "\"#{a;", "~S", "~S("})
  void whatIsNotElixirHasATree(String source) {
    assertNested(read(source), source);
  }

  @Test
  void heredocsLoseTheIndentationOfTheirDelimiter() {
    assertThat(json("\"\"\"\n    a\n  b\n  \"\"\"")).isEqualTo("{\"s\":\"  a\\u000ab\\u000a\"}");
  }

  @Test
  void aNameThatBeginsWithInIsNotTheOperatorBetweenClauses() {
    String source = "case x do\n  1 ->\n    f()\n    {a, b}\n\n  index ->\n    index\nend";
    assertThat(json(source)).contains("{\"v\":\"index\"}").doesNotContain("\"in\"");
  }

  @Test
  void parenthesesBelongToTheRangeOfWhatTheyHold() {
    QuotedTree tree = read("f((a + b))");
    assertThat(tree.text(1)).isEqualTo("+");
    assertThat(List.of(tree.start(1), tree.end(1))).containsExactly(2, 9);
  }

  @Test
  void aDefinitionWithABrokenBodyIsStillADefinition() {
    String source = "defmodule A do\n  def f(x) do\n    x = = 1\n  end\n\n  def g, do: 2\nend\n";
    QuotedTree tree = read(source);
    assertThat(tree.damaged()).isTrue();
    assertThat(tree.names().find("f".getBytes(StandardCharsets.UTF_8))).isNotNegative();
    assertThat(tree.names().find("g".getBytes(StandardCharsets.UTF_8))).isNotNegative();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      textBlock =
          """
          %{m | a: 1,}             ¦ false
          %S{m | a: 1, b: 2,}      ¦ false
          %{m | a: %{n | b: 1,},}  ¦ false
          %{m | a: 1,,}            ¦ true
          %{m | a: 1,} + )         ¦ true
          """)
  void aCommaAtTheEndOfAMapUpdateIsNoDamage(String source, boolean damaged) {
    assertThat(read(source).damaged()).isEqualTo(damaged);
  }

  @Test
  void brokenFilesNeverFail() throws Exception {
    try (Stream<Path> files = Files.list(BROKEN);
        ElixirReader reader = new ElixirReader()) {
      for (Path file : files.filter(each -> each.toString().endsWith(".ex")).toList()) {
        QuotedTree tree = reader.read(Files.readAllBytes(file));
        assertThat(tree.size()).as(file.toString()).isPositive();
        assertNested(tree, file.toString());
        assertThat(CanonicalJson.of(stored(tree))).as(file.toString()).isNotEmpty();
      }
    }
  }

  /** Every prefix of a file that uses everything: what an editor sees while somebody types. */
  @Test
  void everyBeginningOfAFileHasATree() throws Exception {
    Path file =
        Path.of("..", "test-fixtures", "packages", "oddities", "lib", "oddities", "blocks.ex");
    byte[] source =
        Files.exists(file)
            ? Files.readAllBytes(file)
            : "defmodule A do\n def f(x \\\\ 1), do: %{x | a: ~r/a/}\nend\n"
                .getBytes(StandardCharsets.UTF_8);
    try (ElixirReader reader = new ElixirReader()) {
      for (int length = 0; length < source.length; length += 7) {
        assertNested(
            reader.read(java.util.Arrays.copyOf(source, length)), file + " up to " + length);
      }
    }
  }

  private static void assertNested(QuotedTree tree, String where) {
    for (int node = 0; node < tree.size(); node++) {
      if (tree.next(node) <= node || tree.next(node) > tree.size()) {
        throw new AssertionError(where + ": node " + node + " ends at " + tree.next(node));
      }
    }
    assertThat(tree.next(0)).as(where).isEqualTo(tree.size());
  }

  @Test
  void aHundredThousandBracketsExhaustNoStack() {
    QuotedTree tree = read("[".repeat(100_000) + "]".repeat(100_000));
    assertThat(tree.size()).isEqualTo(100_000);
    assertThat(CanonicalJson.of(tree)).hasSize(200_000);
    assertThat(stored(tree).size()).isEqualTo(100_000);
  }

  @Test
  void twoHundredThousandElementsAndOneLongLine() {
    QuotedTree tree = read("[" + "1, ".repeat(200_000) + "1]");
    assertThat(tree.childCount(0)).isEqualTo(200_001);
    assertThat(read("\"" + "x".repeat(5_000_000) + "\"").size()).isEqualTo(1);
  }

  @Test
  void theStoredFormIsTheSameTree() {
    String source = "defmodule A do\n  @doc \"short\"\n  def f(x), do: x |> g(1.5) # why\nend\n";
    QuotedTree tree = read(source);
    QuotedTree stored = stored(tree);
    assertThat(CanonicalJson.of(stored)).isEqualTo(CanonicalJson.of(tree));
    assertThat(stored.ranges().starts()).isEqualTo(tree.ranges().starts());
    assertThat(stored.ranges().ends()).isEqualTo(tree.ranges().ends());
    assertThat(stored.nexts).isEqualTo(tree.nexts);
    assertThat(stored.ranges().comments()).isEqualTo(tree.ranges().comments());
  }

  private static QuotedTree stored(QuotedTree tree) {
    return CompactTree.read(CompactTree.write(tree)).tree();
  }

  private static QuotedTree read(String source) {
    try (ElixirReader reader = new ElixirReader()) {
      return reader.read(source.getBytes(StandardCharsets.UTF_8)).frozen();
    }
  }

  private static String json(String source) {
    return CanonicalJson.of(read(source));
  }
}
