package dev.hexlens.cli;

import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How answers are printed, and how many. */
final class OutputOptions {
  /** What answers are counted by. */
  enum CountBy {
    PACKAGE,
    MODULE,
    PATH
  }

  /** The form of an answer. */
  enum Form {
    LINE,
    JSON,
    VIMGREP,
    SARIF,
    NONE
  }

  @Option(names = "--json", description = "One JSON object a line.")
  private boolean json;

  @Option(names = "--vimgrep", description = "path:line:column:text, for quickfix lists.")
  private boolean vimgrep;

  @Option(names = "--sarif", description = "One SARIF 2.1.0 document.")
  private boolean sarif;

  @Option(names = "--count", description = "Print how many answers there are, and no answer.")
  private boolean count;

  @Option(
      names = "--count-by",
      paramLabel = "package|module|path",
      description = "Print how many answers each has, the largest first, and no answer.")
  private @Nullable String countBy;

  @Option(names = "--limit", paramLabel = "N", description = "Stop after so many answers.")
  private @Nullable Integer limit;

  boolean isLimited() {
    return limit != null;
  }

  /** Answers at most. */
  int limit() {
    if (limit == null) {
      return Integer.MAX_VALUE;
    }
    if (limit < 1) {
      throw new CommandFailure("--limit must be 1 or more, not " + limit);
    }
    return limit;
  }

  boolean counts() {
    return count;
  }

  @Nullable CountBy countBy() {
    if (countBy == null) {
      return null;
    }
    try {
      return CountBy.valueOf(countBy.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          "--count-by takes package, module or path, not `%s`".formatted(countBy), e);
    }
  }

  Form form() {
    if (Stream.of(json, vimgrep, sarif, count || countBy != null).filter(each -> each).count()
        > 1) {
      throw new CommandFailure("choose one of --json, --vimgrep, --sarif, --count and --count-by");
    }
    if (count || countBy != null) {
      return Form.NONE;
    }
    if (json) {
      return Form.JSON;
    }
    if (vimgrep) {
      return Form.VIMGREP;
    }
    return sarif ? Form.SARIF : Form.LINE;
  }
}
