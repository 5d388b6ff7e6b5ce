package dev.hexlens.search;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The filters of a pattern search, each with its flag, its field in a request, and a search of the
 * fixtures that it narrows.
 */
public final class FilterTable {
  private FilterTable() {}

  private static final String FUNCTION = "def _ do ... end";

  /**
   * A filter.
   *
   * @param argument null for one that takes none
   */
  public record Row(String field, String flag, String pattern, @Nullable String argument) {
    /** What a page sends for it. */
    public Map<String, String> parameters() {
      return Map.of("q", pattern, field, Optional.ofNullable(argument).orElse("yes"));
    }

    /** What the command line says for it. */
    public List<String> arguments() {
      return argument == null ? List.of(pattern, flag) : List.of(pattern, flag, argument);
    }

    @Override
    public String toString() {
      return field;
    }
  }

  /** All of them. */
  public static final List<Row> ROWS =
      List.of(
          new Row("inside", "--inside", "Enum.map(_, _)", "defp _ do ... end"),
          new Row("notInside", "--not-inside", "Enum.map(_, _)", "defp _ do ... end"),
          new Row("contains", "--contains", FUNCTION, "Enum.map(...)"),
          new Row("notContains", "--not-contains", FUNCTION, "Enum.map(...)"),
          new Row("parent", "--parent", "Enum.map(_, _)", FUNCTION),
          new Row("child", "--child", FUNCTION, "x = _"),
          new Row("follows", "--follows", FUNCTION, "@doc _"),
          new Row("immediatelyFollows", "--immediately-follows", FUNCTION, "@doc _"),
          new Row("precedes", "--precedes", "@doc _", "@spec _"),
          new Row("immediatelyPrecedes", "--immediately-precedes", "@doc _", "@spec _"),
          new Row("comment", "--comment", FUNCTION, "the"),
          new Row("commentBefore", "--comment-before", FUNCTION, "the"),
          new Row("commentAfter", "--comment-after", "_ = _", "a"),
          new Row("commentInside", "--comment-inside", FUNCTION, "the"),
          new Row("commentInline", "--comment-inline", "_(...)", "a"),
          new Row("where", "--where", "x == y", "is_atom(^y)"),
          new Row("piped", "--piped", "Enum.map(_, _)", null),
          new Row("first", "--first", "@spec _", null),
          new Row("last", "--last", FUNCTION, null),
          new Row("nth", "--nth", FUNCTION, "3"));
}
