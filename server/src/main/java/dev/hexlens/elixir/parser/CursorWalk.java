package dev.hexlens.elixir.parser;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.Arrays;

/** Node by node, with the cursor that every tree-sitter library has. */
final class CursorWalk implements TreeWalk {
  private final Arena arena = Arena.ofShared();
  private final MemorySegment node = unguarded(arena.allocate(TreeCursor.NODE));
  private final MemorySegment cursor = unguarded(arena.allocate(TreeCursor.CURSOR));
  private final SegmentAllocator intoNode = (size, alignment) -> node;
  private int[] open = new int[64];
  private boolean cursorExists;

  /**
   * The same memory without the arena's checks, which every call would repeat; the parser checks
   * once that it is open.
   */
  private static MemorySegment unguarded(MemorySegment segment) {
    return MemorySegment.ofAddress(segment.address()).reinterpret(segment.byteSize());
  }

  @Override
  public void flatten(long parsed, SyntaxTree into) {
    MemorySegment root = TreeCursor.treeRoot(intoNode, parsed);
    boolean errors = TreeCursor.nodeHasError(root);
    long at = cursor.address();
    if (cursorExists) {
      TreeCursor.cursorReset(at, root);
    } else {
      TreeCursor.cursorNew((size, alignment) -> cursor, root);
      cursorExists = true;
    }
    int depth = 0;
    while (true) {
      MemorySegment current = TreeCursor.cursorNode(intoNode, at);
      int opened =
          into.open(
              Grammar.kind(TreeCursor.nodeSymbol(current)),
              errors && TreeCursor.nodeIsMissing(current),
              TreeCursor.nodeStart(current),
              TreeCursor.nodeEnd(current));
      if (TreeCursor.cursorFirstChild(at)) {
        if (depth == open.length) {
          open = Arrays.copyOf(open, 2 * depth);
        }
        open[depth++] = opened;
        continue;
      }
      into.close(opened);
      while (!TreeCursor.cursorNextSibling(at)) {
        if (depth == 0) {
          return;
        }
        TreeCursor.cursorParent(at);
        into.close(open[--depth]);
      }
    }
  }

  @Override
  public void close() {
    if (cursorExists) {
      TreeCursor.cursorDelete(cursor.address());
    }
    arena.close();
  }
}
