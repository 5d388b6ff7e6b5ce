package dev.hexlens.cli;

/** What a command tells the shell. */
public final class ExitCode {
  /** Done, something found. */
  public static final int FOUND = 0;

  /** Done, nothing found. */
  public static final int NOTHING_FOUND = 1;

  /** Wrong use, or failed; one sentence on standard error says why. */
  public static final int FAILED = 2;

  private ExitCode() {}
}
