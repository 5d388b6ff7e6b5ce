package dev.hexlens.pattern;

/** A pattern that does not parse, or can't mean anything; says where and why. */
// getMessage is the bare reason; toString adds the place.
@SuppressWarnings("OverrideThrowableToString")
public final class PatternException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  private final String what;

  PatternException(int line, int column, String reason) {
    this("pattern", line, column, reason);
  }

  /**
   * @param what the word for what is not understood
   */
  PatternException(String what, int line, int column, String reason) {
    super(reason);
    this.what = what;
    this.line = line;
    this.column = column;
  }

  /** 1-based. */
  public int line() {
    return line;
  }

  /** 1-based, in code points. */
  public int column() {
    return column;
  }

  @Override
  public String toString() {
    return "the " + what + " is not understood at " + line + ":" + column + ": " + getMessage();
  }
}
