package dev.hexlens.elixir.parser;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.Arrays;

/** Node by node, with the cursor that every tree-sitter library has. */
final class CursorWalk implements TreeWalk {
  private final Arena arena = Arena.ofShared();
  private final MemorySegment node = unguarded(arena.allocate(TreeSitter.NODE));
  private final MemorySegment cursor = unguarded(arena.allocate(TreeSitter.CURSOR));
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
    MemorySegment root = TreeSitter.treeRoot(intoNode, parsed);
    boolean errors = TreeSitter.nodeHasError(root);
    long at = cursor.address();
    if (cursorExists) {
      TreeSitter.cursorReset(at, root);
    } else {
      TreeSitter.cursorNew((size, alignment) -> cursor, root);
      cursorExists = true;
    }
    int depth = 0;
    while (true) {
      MemorySegment current = TreeSitter.cursorNode(intoNode, at);
      int opened =
          into.open(
              Grammar.kind(TreeSitter.nodeSymbol(current)),
              errors && TreeSitter.nodeIsMissing(current),
              TreeSitter.nodeStart(current),
              TreeSitter.nodeEnd(current));
      if (TreeSitter.cursorFirstChild(at)) {
        if (depth == open.length) {
          open = Arrays.copyOf(open, 2 * depth);
        }
        open[depth++] = opened;
        continue;
      }
      into.close(opened);
      while (!TreeSitter.cursorNextSibling(at)) {
        if (depth == 0) {
          return;
        }
        TreeSitter.cursorParent(at);
        into.close(open[--depth]);
      }
    }
  }

  @Override
  public void close() {
    if (cursorExists) {
      TreeSitter.cursorDelete(cursor.address());
    }
    arena.close();
  }
}
