package dev.hexlens.pattern;

import dev.hexlens.elixir.syntax.LineIndex;
import dev.hexlens.elixir.syntax.QuotedTree;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A condition over the captures of a match: {@code ^left == ^right}, {@code ^n > 10}, {@code
 * is_atom(^x)}, {@code ^e in [:a, :b]}, {@code match?({:ok, _}, ^x)}, joined by {@code and}, {@code
 * or}, {@code not}. A capture stands for its code: a literal for its value, everything else for
 * itself.
 */
public final class Guard {
  private final String text;
  private final Condition condition;
  private final Map<String, Integer> pins;

  /** What is true or not of captures. */
  interface Condition {
    boolean holds(Captured captured);
  }

  private Guard(String text, Condition condition, Map<String, Integer> pins) {
    this.text = text;
    this.condition = condition;
    this.pins = Map.copyOf(pins);
  }

  /**
   * Reads a condition.
   *
   * @throws PatternException when it does not parse or asks for what conditions can't do, with the
   *     place and the reason
   */
  public static Guard parse(String text) {
    byte[] source = text.getBytes(StandardCharsets.UTF_8);
    QuotedTree tree = Pattern.read(source, "condition");
    GuardCompiler compiler = new GuardCompiler(tree, source);
    return new Guard(text, compiler.condition(0), compiler.pins());
  }

  /** The condition as it was written. */
  public String text() {
    return text;
  }

  /**
   * Makes sure that the pattern has what the condition asks about.
   *
   * @throws PatternException when it has not
   */
  void check(List<String> captures) {
    pins.forEach((name, at) -> {
      if (!captures.contains(name)) {
        LineIndex lines = LineIndex.of(text.getBytes(StandardCharsets.UTF_8));
        throw new PatternException(
            "condition",
            lines.line(at),
            lines.column(at),
            captures.isEmpty()
                ? "the pattern captures nothing: write a name in place of a `_`"
                : "`^%s` is no capture of the pattern, which has %s"
                    .formatted(name, String.join(", ", captures)));
      }
    });
  }

  boolean holds(Captured captured) {
    return condition.holds(captured);
  }

  @Override
  public String toString() {
    return text;
  }
}
