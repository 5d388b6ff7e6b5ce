package dev.hexlens.pattern;

import dev.hexlens.elixir.ElixirReader;
import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.elixir.syntax.LineIndex;
import dev.hexlens.elixir.syntax.NamePool;
import dev.hexlens.elixir.syntax.QuotedTree;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A pattern: one expression with holes, or a sequence of statements. Immutable; any number of
 * threads may match with it at once.
 */
public final class Pattern {
  private final String text;
  private final List<Shape> statements;
  private final Constants constants;
  private final List<String> captures;
  private final List<String> hints;
  private final boolean broad;
  private final Screen screen;

  private Pattern(String text, PatternCompiler compiler, List<Shape> statements, boolean broad) {
    this.text = text;
    this.statements = statements;
    this.constants = compiler.constants();
    this.captures = compiler.captures();
    this.hints = compiler.hints();
    this.broad = broad;
    this.screen = new Screen(constants.spelled(), constants.spelledSegments());
  }

  /**
   * Reads a pattern.
   *
   * @throws PatternException when it does not parse, with the place and the reason
   */
  public static Pattern parse(String text) {
    byte[] source = text.getBytes(StandardCharsets.UTF_8);
    QuotedTree tree = read(source, "pattern");
    PatternCompiler compiler = new PatternCompiler(tree, LineIndex.of(source));
    List<Shape> statements = compiler.statements();
    boolean broad = statements.size() == 1 && isAnything(statements.get(0));
    return new Pattern(text, compiler, statements, broad);
  }

  /** One for all: making a parser takes a hundred times as long as parsing a pattern. */
  private static final class Reader {
    private static final ElixirReader ONLY = new ElixirReader();

    private Reader() {}

    static synchronized QuotedTree read(byte[] source) {
      return ONLY.read(source).frozen();
    }
  }

  /**
   * The tree of a whole expression.
   *
   * @param what the word for it in errors
   */
  static QuotedTree read(byte[] source, String what) {
    QuotedTree tree = Reader.read(source);
    SyntaxCheck.check(tree, source, LineIndex.of(source), what);
    return tree;
  }

  /** Strings of stored trees are read through it as well. */
  static QuotedTree readPart(byte[] source) {
    return Reader.read(source);
  }

  private static boolean isAnything(Shape shape) {
    return shape instanceof Shape.Any || shape instanceof Shape.Capture;
  }

  /** The pattern as it was written. */
  public String text() {
    return text;
  }

  /** Whether it is a single wildcard, which matches everything there is. */
  public boolean isBroad() {
    return broad;
  }

  /** Sentences about what may surprise in this pattern, to show beside the answer. */
  public List<String> hints() {
    return hints;
  }

  /** The names of the captures, in the order in which they stand. */
  public List<String> captures() {
    return captures;
  }

  /** Whether a file with these names can hold a match; false is certain, true is not. */
  public boolean possibleIn(NamePool names) {
    return constants.possibleIn(names);
  }

  /** Whether a source can hold a match, judged by its bytes alone; false is certain. */
  boolean possibleIn(byte[] source) {
    return screen.passes(source);
  }

  boolean isSequence() {
    return statements.size() > 1;
  }

  List<Shape> statements() {
    return statements;
  }

  Constants constants() {
    return constants;
  }

  /** Finds out whether a pattern's source is whole Elixir. */
  private static final class SyntaxCheck {
    static void check(QuotedTree tree, byte[] source, LineIndex lines, String what) {
      if (tree.is(0, Form.CALL, "__block__") && !tree.hasChildren(0)) {
        throw new PatternException(what, 1, 1, "it is empty");
      }
      if (!tree.damaged()) {
        return;
      }
      for (int node = 0; node < tree.size(); node++) {
        if (tree.form(node) == Form.ERROR && tree.end(node) > tree.start(node)) {
          int at = tree.start(node);
          String rest = QuotedTree.slice(source, at, tree.end(node)).strip();
          String shown = rest.length() > 40 ? rest.substring(0, 40) + "…" : rest;
          throw new PatternException(
              what, lines.line(at), lines.column(at), "`" + shown + "` is not Elixir here");
        }
      }
      int end = source.length;
      throw new PatternException(
          what,
          lines.line(end),
          lines.column(end),
          "something is missing: an `end`, a closing bracket or an operand");
    }
  }
}
