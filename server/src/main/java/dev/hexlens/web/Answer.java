package dev.hexlens.web;

import com.google.gson.annotations.SerializedName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A line of a search's answer. */
sealed interface Answer {
  /**
   * Something found.
   *
   * @param line 1-based, of its start
   * @param column 1-based, in code points, as the command line tells it
   * @param lines those that are shown
   * @param more lines of it that are not shown
   */
  record Hit(
      String type,
      @SerializedName("package") String packageName,
      String version,
      String path,
      int line,
      int column,
      Detail detail,
      List<Snippet.Line> lines,
      int more)
      implements Answer {}

  /**
   * What is known of it beside its place; null for what does not apply.
   *
   * @param kind of a definition or reference
   * @param symbol as it prints
   * @param certainty resolved, inferred or written
   * @param in the enclosing function or module
   */
  record Detail(
      @Nullable String kind,
      @Nullable String symbol,
      @Nullable String certainty,
      @Nullable String in) {
    static final Detail NONE = new Detail(null, null, null, null);
  }

  /** Something that who asked may want to know about the question. */
  record Hint(String type, String text) implements Answer {
    Hint(String text) {
      this("hint", text);
    }
  }

  /**
   * The last line.
   *
   * @param hits those sent in this answer
   * @param complete false when there may be more
   * @param reason why it is not complete, a sentence; null where it is, or there are just more
   * @param next with which to ask for more, as {@code after}; null where that can't be
   */
  record End(
      String type,
      int hits,
      boolean complete,
      @Nullable String reason,
      @Nullable String next,
      double seconds)
      implements Answer {
    End(
        int hits,
        boolean complete,
        @Nullable String reason,
        @Nullable String next,
        double seconds) {
      this("end", hits, complete, reason, next, seconds);
    }
  }

  /** The last line where the search failed. */
  record Failed(String type, String text) implements Answer {
    Failed(String text) {
      this("error", text);
    }
  }
}
