package dev.hexlens.elixir.parser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ElixirParserTest {
  private static final Path STATM = Path.of("/proc/self/statm");

  @Test
  void aTreeHoldsItsNodesInPreOrderTokensAndCommentsAmongThem() {
    assertThat(parsed("foo(1, :a) # why"))
        .isEqualTo(
            "(source (call (identifier foo) (arguments \"(\" (integer 1) \",\" (atom :a) \")\"))"
                + " (comment # why))");
  }

  @Test
  void everyConstructOfTheGrammarHasItsKind() {
    assertThat(parsed("def f(x), do: %{x | a: \"b#{c}\"}"))
        .contains("(keywords (pair (keyword do: )", "(map_content", "(interpolation \"#{\"");
    assertThat(parsed("~r/a\\n/i; 'c'; ?x; 1.0; nil; true; <<1>>; &1; fn -> 1 end; %A{}; x[0]"))
        .contains("(sigil ", "(sigil_name r)", "(sigil_modifiers i)", "(charlist ", "(char ?x)")
        .contains("(float 1.0)", "(nil ", "(boolean ", "(bitstring ", "(unary_operator ")
        .contains("(anonymous_function ", "(struct (alias A))", "(access_call ");
    assertThat(parsed("try do\n1\nrescue\ne -> 2\ncatch\n_ -> 3\nelse\n_ -> 4\nafter\n5\nend"))
        .contains("(do_block ", "(rescue_block ", "(catch_block ", "(else_block ", "(after_block ");
  }

  @Test
  void offsetsCountBytes() {
    try (var parser = new ElixirParser()) {
      byte[] source = "\"é\" <> x".getBytes(UTF_8);
      SyntaxTree tree = parser.parse(source);
      int operator = tree.next(0) > 1 ? 1 : 0;
      assertThat(tree.kind(operator)).isEqualTo(NodeKind.BINARY_OPERATOR);
      assertThat(tree.start(operator)).isZero();
      assertThat(tree.end(operator)).isEqualTo(source.length).isEqualTo(9);
    }
  }

  @Test
  void aSourceWithNothingInItIsARootAlone() {
    try (var parser = new ElixirParser()) {
      SyntaxTree tree = parser.parse(new byte[0]);
      assertThat(tree.size()).isOne();
      assertThat(tree.kind(0)).isEqualTo(NodeKind.SOURCE);
      assertThat(tree.next(0)).isOne();
      assertThat(tree.hasErrors()).isFalse();
    }
  }

  @Test
  void aSyntaxErrorIsMarkedWhereItStands() {
    try (var parser = new ElixirParser()) {
      byte[] source = "a = 1\nb = )\nc = 2".getBytes(UTF_8);
      SyntaxTree tree = parser.parse(source);
      assertThat(tree.hasErrors()).isTrue();
      assertThat(TreeText.of(tree, source)).contains("ERROR");
      assertThat(parser.parse("a = 1".getBytes(UTF_8)).hasErrors()).isFalse();
    }
  }

  @Test
  void aMissingNodeHasNoText() {
    try (var parser = new ElixirParser()) {
      byte[] source = "foo(1".getBytes(UTF_8);
      SyntaxTree tree = parser.parse(source);
      assertThat(tree.hasErrors()).isTrue();
      for (int node = 0; node < tree.size(); node++) {
        if (tree.missing(node)) {
          assertThat(tree.start(node)).isEqualTo(tree.end(node));
        }
      }
    }
  }

  @Test
  @Timeout(value = 30, unit = TimeUnit.SECONDS)
  void aHundredThousandNestedBracketsNeedNoStack() {
    try (var parser = new ElixirParser()) {
      int depth = 100_000;
      byte[] source = ("[".repeat(depth) + "]".repeat(depth)).getBytes(UTF_8);
      SyntaxTree tree = parser.parse(source);
      assertThat(tree.size()).isEqualTo(3 * depth + 1);
      assertThat(tree.end(0)).isEqualTo(source.length);
    }
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void binaryAndBrokenUtf8EndWithErrors() {
    var random = new Random(42);
    byte[] noise = new byte[20_000];
    random.nextBytes(noise);
    try (var parser = new ElixirParser()) {
      assertThat(parser.parse(noise).hasErrors()).isTrue();
      assertThat(parser.parse(new byte[] {'a', (byte) 0xff, (byte) 0xfe, '\n'}).hasErrors())
          .isTrue();
    }
  }

  @Test
  void aSourceOverTheLimitIsRefusedAndTheParserGoesOn() {
    byte[] large = "x = foo(1, [2, 3])\n".repeat(50_000).getBytes(UTF_8);
    try (var hasty = new ElixirParser(Duration.ofMillis(5))) {
      assertThatThrownBy(() -> hasty.parse(large))
          .isInstanceOf(ParseTimeout.class)
          .hasMessage("a source of 950000 bytes took more than 5 ms to parse");
      assertThat(TreeText.of(hasty.parse("a".getBytes(UTF_8)), "a".getBytes(UTF_8)))
          .isEqualTo("(source (identifier a))");
    }
  }

  @Test
  void aClosedParserSaysSo() {
    var parser = new ElixirParser();
    parser.close();
    parser.close();
    assertThatThrownBy(() -> parser.parse(new byte[0])).hasMessage("the parser is closed");
  }

  @Test
  void treesAreFreed() throws IOException {
    assumeTrue(Files.exists(STATM), "needs Linux's /proc");
    byte[] source = "x = foo(1, [2, 3])\n".repeat(2_000).getBytes(UTF_8);
    try (var parser = new ElixirParser()) {
      for (int i = 0; i < 10; i++) {
        parser.parse(source);
      }
      long before = residentPages();
      for (int i = 0; i < 20; i++) {
        parser.parse(source);
      }
      // A tree of this source takes over 4 MB: twenty leaked ones would show.
      assertThat(residentPages() - before).isLessThan(40L << 20 >> 12);
    }
  }

  private static long residentPages() throws IOException {
    return Long.parseLong(Files.readString(STATM).split(" ")[1]);
  }

  private static String parsed(String code) {
    byte[] source = code.getBytes(UTF_8);
    try (var parser = new ElixirParser()) {
      return TreeText.of(parser.parse(source), source);
    }
  }
}
