package dev.hexlens.elixir.parser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The walk in C and the walk over the public interface make the same trees. */
class TreeWalkTest {
  private static final Path FIXTURES = Path.of("../test-fixtures");
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @BeforeEach
  void bothWalksMustExist() {
    assumeTrue(TreeSitter.flattens(), "prebuilt libraries have the cursor only");
  }

  @Test
  void onAllFixturesTheBrokenOnesToo() throws IOException {
    List<Path> files;
    try (var all = Files.walk(FIXTURES)) {
      files = all.filter(file -> file.toString().matches(".*\\.exs?")).toList();
    }
    assertThat(files).hasSizeGreaterThan(150);
    try (var quick = new ElixirParser(LIMIT, new NativeWalk());
        var plain = new ElixirParser(LIMIT, new CursorWalk())) {
      for (Path file : files) {
        assertSameTree(quick, plain, Files.readAllBytes(file));
      }
    }
  }

  @Test
  void onTextsWhichTheParserMustRepair() {
    try (var quick = new ElixirParser(LIMIT, new NativeWalk());
        var plain = new ElixirParser(LIMIT, new CursorWalk())) {
      assertSameTree(quick, plain, new byte[0]);
      assertSameTree(quick, plain, "   # a comment alone\n\n".getBytes(UTF_8));
      assertSameTree(quick, plain, "\n\n  foo(1".getBytes(UTF_8));
      assertSameTree(quick, plain, "def f(x do\n %{a: } ) end\n".getBytes(UTF_8));
      assertSameTree(quick, plain, ("[".repeat(5_000) + "]".repeat(5_000)).getBytes(UTF_8));
      byte[] noise = new byte[5_000];
      new Random(42).nextBytes(noise);
      assertSameTree(quick, plain, noise);
    }
  }

  private static void assertSameTree(ElixirParser quick, ElixirParser plain, byte[] source) {
    SyntaxTree left = quick.parse(source);
    SyntaxTree right = plain.parse(source);
    assertThat(left.size()).isEqualTo(right.size());
    assertThat(left.hasErrors()).isEqualTo(right.hasErrors());
    for (int node = 0; node < left.size(); node++) {
      assertThat(describe(left, node)).isEqualTo(describe(right, node));
    }
  }

  private static String describe(SyntaxTree tree, int node) {
    return "%d %s %d-%d next %d%s"
        .formatted(
            node,
            tree.kind(node),
            tree.start(node),
            tree.end(node),
            tree.next(node),
            tree.missing(node) ? " missing" : "");
  }
}
