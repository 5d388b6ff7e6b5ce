package dev.hexlens.bench;

import dev.hexlens.bench.Questions.Asked;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The same questions to ast-grep and to grep, over a folder of sources. */
final class OtherTools {
  private static final List<String> KINDS =
      List.of(
          "--include=*.ex",
          "--include=*.exs",
          "--include=*.erl",
          "--include=*.hrl",
          "--include=*.eex",
          "--include=*.heex");

  private final Path sources;
  private final String astGrep;
  private final boolean hasAstGrep;
  private final boolean hasGrep;

  private OtherTools(Path sources, String astGrep) throws InterruptedException {
    this.sources = sources;
    this.astGrep = astGrep;
    this.hasAstGrep = isThere(astGrep);
    this.hasGrep = isThere("grep");
  }

  /** Those that are installed; of the others a sentence says that they are left out. */
  static OtherTools over(Path sources) throws InterruptedException {
    String named = Objects.requireNonNullElse(System.getenv("AST_GREP"), "ast-grep");
    OtherTools tools = new OtherTools(sources, named);
    if (!tools.hasAstGrep) {
      System.err.println(
          "ast-grep is left out: install npm's @ast-grep/cli, or set AST_GREP to its binary");
    }
    if (!tools.hasGrep) {
      System.err.println("grep is left out: it is not installed");
    }
    return tools;
  }

  private static boolean isThere(String tool) throws InterruptedException {
    try {
      return run(List.of(tool, "--version")) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static int run(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor();
  }

  /** How long the other tool takes, for the end of a line; empty where it can't ask. */
  String ask(String what, Asked question) throws IOException, InterruptedException {
    String other = question.other();
    boolean structural = what.equals("pattern");
    if (other == null || !(structural ? hasAstGrep : hasGrep)) {
      return "";
    }
    String folder = sources.toString();
    List<String> command = new ArrayList<>();
    if (structural) {
      command.addAll(List.of(astGrep, "run", "-l", "elixir", "-p", other, folder));
    } else {
      boolean anyCase = other.equals(other.toLowerCase(Locale.ROOT));
      command.addAll(List.of("grep", "-rn"));
      command.add(what.equals("text") ? (anyCase ? "-Fi" : "-F") : "-E");
      command.addAll(KINDS);
      command.addAll(List.of("-e", other, folder));
    }
    long start = System.nanoTime();
    int _ = run(command);
    double millis = (System.nanoTime() - start) / 1e6;
    return String.format(Locale.ROOT, "  %s %8.1f ms", structural ? "ast-grep" : "grep", millis);
  }
}
