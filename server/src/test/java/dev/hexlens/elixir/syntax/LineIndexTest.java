package dev.hexlens.elixir.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LineIndexTest {
  @Test
  void countsLinesAndColumnsFromOne() {
    LineIndex index = of("ab\ncd\n");
    assertThat(index.isAscii()).isTrue();
    assertThat(index.lines()).isEqualTo(3);
    assertThat(place(index, 0)).isEqualTo("1:1");
    assertThat(place(index, 2)).isEqualTo("1:3");
    assertThat(place(index, 4)).isEqualTo("2:2");
    assertThat(place(index, 6)).isEqualTo("3:1");
  }

  @Test
  void columnsCountCodePointsOrUtf16Units() {
    LineIndex index = of("é = 1\n\"😀é\" <> x\n");
    int x = "é = 1\n\"😀é\" <> x".getBytes(StandardCharsets.UTF_8).length - 1;
    assertThat(index.isAscii()).isFalse();
    assertThat(place(index, x)).isEqualTo("2:9");
    assertThat(index.columnUtf16(x)).isEqualTo(10);
  }

  @Test
  void findsTheOffsetOfAPlaceAgain() {
    LineIndex index = of("a = \"😀\"\nλ.(b)\n");
    for (int offset = 0; offset < 20; offset++) {
      int line = index.line(offset);
      int back = index.offset(line, index.column(offset));
      assertThat(place(index, back)).isEqualTo(place(index, offset));
      assertThat(index.offsetUtf16(line, index.columnUtf16(back))).isEqualTo(back);
    }
  }

  @Test
  void aPlaceThatIsNotThereGivesTheNearest() {
    LineIndex index = of("ab\ncd");
    assertThat(index.offset(1, 99)).isEqualTo(2);
    assertThat(index.offset(9, 1)).isEqualTo(3);
    assertThat(index.offset(2, 99)).isEqualTo(5);
    assertThat(index.lineStart(2)).isEqualTo(3);
    assertThat(index.lineEnd(1)).isEqualTo(3);
    assertThat(index.lineEnd(2)).isEqualTo(5);
  }

  private static LineIndex of(String source) {
    return LineIndex.of(source.getBytes(StandardCharsets.UTF_8));
  }

  private static String place(LineIndex index, int offset) {
    return index.line(offset) + ":" + index.column(offset);
  }
}
