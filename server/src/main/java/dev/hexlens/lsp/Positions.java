package dev.hexlens.lsp;

import dev.hexlens.elixir.syntax.LineIndex;
import java.util.List;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PositionEncodingKind;
import org.eclipse.lsp4j.Range;
import org.jspecify.annotations.Nullable;

/**
 * Turns the protocol's positions into byte offsets and back: the one place that does. Lines and
 * characters count from 0 there; what a character is was agreed upon at the start.
 */
enum Positions {
  UTF8(PositionEncodingKind.UTF8) {
    @Override
    int column(LineIndex lines, int offset) {
      return offset - lines.lineStart(lines.line(offset));
    }

    @Override
    int offset(LineIndex lines, int line, int character) {
      int start = lines.offset(line, 1);
      int end = lines.offset(line, Integer.MAX_VALUE);
      return (int) Math.min((long) start + character, end);
    }
  },
  UTF16(PositionEncodingKind.UTF16) {
    @Override
    int column(LineIndex lines, int offset) {
      return lines.columnUtf16(offset) - 1;
    }

    @Override
    int offset(LineIndex lines, int line, int character) {
      return lines.offsetUtf16(line, behind(character));
    }
  },
  UTF32(PositionEncodingKind.UTF32) {
    @Override
    int column(LineIndex lines, int offset) {
      return lines.column(offset) - 1;
    }

    @Override
    int offset(LineIndex lines, int line, int character) {
      return lines.offset(line, behind(character));
    }
  };

  private final String kind;

  Positions(String kind) {
    this.kind = kind;
  }

  /** The protocol's name of the encoding. */
  String kind() {
    return kind;
  }

  /** The first that the client offers and we know; UTF-16 where it offers none. */
  static Positions agreed(@Nullable List<String> offered) {
    if (offered != null) {
      for (String each : offered) {
        for (Positions known : values()) {
          if (known.kind.equals(each)) {
            return known;
          }
        }
      }
    }
    return UTF16;
  }

  abstract int column(LineIndex lines, int offset);

  /** The offset of a place; {@code line} from 1, {@code character} from 0, both clamped. */
  abstract int offset(LineIndex lines, int line, int character);

  private static int behind(int character) {
    return character == Integer.MAX_VALUE ? character : character + 1;
  }

  /**
   * The byte offset of a position; past a line's end it is the end, past the last line the end of
   * the text, as the protocol has it.
   */
  int offset(LineIndex lines, Position position) {
    if (position.getLine() < 0 || position.getCharacter() < 0) {
      throw Failures.invalid(
          "a position has no negative numbers: line %d, character %d"
              .formatted(position.getLine(), position.getCharacter()));
    }
    if (position.getLine() >= lines.lines()) {
      return offset(lines, lines.lines(), Integer.MAX_VALUE);
    }
    return offset(lines, position.getLine() + 1, position.getCharacter());
  }

  Position position(LineIndex lines, int offset) {
    return new Position(lines.line(offset) - 1, column(lines, offset));
  }

  Range range(LineIndex lines, int start, int end) {
    return new Range(position(lines, start), position(lines, end));
  }
}
