package dev.hexlens.pattern;

import dev.hexlens.elixir.syntax.LineIndex;
import dev.hexlens.elixir.syntax.QuotedTree;

/** Finds the comments that stand at a match. */
final class Comments {
  private final FileView file;

  Comments(FileView file) {
    this.file = file;
  }

  boolean holds(Filter.HasComment filter, int start, int end) {
    QuotedTree tree = file.tree;
    for (int comment = 0; comment < tree.commentCount(); comment++) {
      String text = text(tree.commentStart(comment), tree.commentEnd(comment));
      if (text.contains(filter.text()) && stands(filter.place(), comment, start, end)) {
        return true;
      }
    }
    return false;
  }

  /** A comment's text, without the signs and blanks in front. */
  private String text(int start, int end) {
    int from = start;
    while (from < end && file.source[from] == '#') {
      from++;
    }
    return QuotedTree.slice(file.source, from, end).strip();
  }

  private boolean stands(Filter.CommentPlace place, int comment, int start, int end) {
    LineIndex lines = file.lines();
    int line = lines.line(file.tree.commentStart(comment));
    int first = lines.line(start);
    int last = lines.line(end);
    boolean before = line == first - 1;
    boolean inside = line >= first && line <= last;
    boolean inline = first == last && line == first && file.tree.commentStart(comment) >= end;
    return switch (place) {
      case BEFORE -> before;
      case AFTER -> line == last + 1;
      case INSIDE -> inside;
      case INLINE -> inline;
      case ANYWHERE -> before || inside || inline;
    };
  }
}
