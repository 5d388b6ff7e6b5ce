package dev.hexlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HexLensCommandTest {

  @Test
  void helpIsAnAnswer() {
    Ran ran = hexlens("--help");
    assertThat(ran.exit).isEqualTo(ExitCode.FOUND);
    assertThat(ran.out).startsWith("Usage: hexlens");
    assertThat(ran.err).isEmpty();
  }

  @Test
  void anUnknownCommandIsWrongUseToldInOneLine() {
    Ran ran = hexlens("fnord");
    assertThat(ran.exit).isEqualTo(ExitCode.FAILED);
    assertThat(ran.out).isEmpty();
    assertThat(ran.err.lines()).singleElement().asString().contains("fnord").contains("--help");
  }

  @Test
  void noCommandIsWrongUse() {
    Ran ran = hexlens();
    assertThat(ran.exit).isEqualTo(ExitCode.FAILED);
    assertThat(ran.err.lines())
        .singleElement()
        .asString()
        .isEqualTo("hexlens: Name a command. See hexlens --help");
  }

  @Test
  void theVersionNamesTheJavaAndTheNativesInUse() {
    assertThat(hexlens("--version").out.lines())
        .satisfiesExactly(
            product -> assertThat(product).startsWith("hexlens "),
            java -> assertThat(java).isEqualTo("Java " + Runtime.version()),
            natives ->
                assertThat(natives)
                    .matches(
                        "tree-sitter \\S+, tree-sitter-elixir \\S+ \\((built|bonede) natives\\)"));
  }

  private record Ran(int exit, String out, String err) {}

  private static Ran hexlens(String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int exit = HexLensCommand.run(InputStream.nullInputStream(), out, err, args);
    return new Ran(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
