package dev.hexlens.search;

/** A search was to go on where it can't: the order is another by now, or it was another search. */
public final class StaleCursor extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * A cursor that is refused.
   *
   * @param reason a sentence with the remedy
   */
  public StaleCursor(String reason) {
    super(reason);
  }
}
