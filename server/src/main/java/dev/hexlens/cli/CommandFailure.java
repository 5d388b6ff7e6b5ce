package dev.hexlens.cli;

/**
 * Ends a command with one sentence for the user that names the thing and the remedy, and exit code
 * 2.
 */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CommandFailure(String sentence) {
    super(sentence);
  }

  public CommandFailure(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
