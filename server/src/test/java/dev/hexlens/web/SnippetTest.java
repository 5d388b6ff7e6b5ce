package dev.hexlens.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.elixir.syntax.LineIndex;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SnippetTest {
  @Test
  void aLineBeforeAndOneAfter() {
    Snippet snippet = around("a\nb\nsome thing here\nd\ne\n", "thing");
    assertThat(snippet.lines()).extracting(Snippet.Line::number).containsExactly(2, 3, 4);
    assertThat(marked(snippet)).isEqualTo("thing");
  }

  @Test
  void blankLinesSayNothing() {
    assertThat(around("\nthing\n\n", "thing").lines()).hasSize(1);
  }

  @Test
  void marksCountInTheUnitsOfScripts() {
    assertThat(marked(around("\"é 🎉\" |> thing()", "thing"))).isEqualTo("thing");
  }

  @Test
  void aMatchOfSeveralLinesIsMarkedInEach() {
    Snippet snippet = around("x = fn ->\r\n  one()\r\n  end\r\n", "fn ->\r\n  one()\r\n  end");
    assertThat(marked(snippet)).isEqualTo("fn ->|one()|end");
  }

  @Test
  void aLongMatchIsCutShort() {
    String body =
        IntStream.range(0, 50).mapToObj(i -> "line" + i).collect(Collectors.joining("\n"));
    Snippet snippet = around("before\n" + body + "\nafter", body);
    assertThat(snippet.lines()).hasSize(9);
    assertThat(snippet.more()).isEqualTo(42);
  }

  @Test
  void aLongLineIsCutAroundTheMark() {
    Snippet snippet = around("x".repeat(5000) + "thing" + "y".repeat(5000), "thing");
    Snippet.Line line = snippet.lines().getFirst();
    assertThat(line.cut()).isTrue();
    assertThat(line.text()).hasSize(300).contains("thing");
    assertThat(marked(snippet)).isEqualTo("thing");
  }

  private static Snippet around(String text, String found) {
    byte[] source = text.getBytes(StandardCharsets.UTF_8);
    int start = text.substring(0, text.indexOf(found)).getBytes(StandardCharsets.UTF_8).length;
    int end = start + found.getBytes(StandardCharsets.UTF_8).length;
    return Snippet.of(source, LineIndex.of(source), start, end);
  }

  private static String marked(Snippet snippet) {
    return snippet.lines().stream()
        .filter(line -> line.mark() != null)
        .map(line -> line.text().substring(line.mark()[0], line.mark()[1]))
        .collect(Collectors.joining("|"));
  }
}
