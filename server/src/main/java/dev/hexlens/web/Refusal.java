package dev.hexlens.web;

/** Ends a request with a sentence for whoever asked. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  private Refusal(int status, String sentence) {
    super(sentence);
    this.status = status;
  }

  /** What was asked makes no sense. */
  static Refusal badRequest(String sentence) {
    return new Refusal(400, sentence);
  }

  static Refusal notFound(String sentence) {
    return new Refusal(404, sentence);
  }

  /** The HTTP status, 4xx. */
  int status() {
    return status;
  }

  /** Names the thing and the remedy. */
  String sentence() {
    return String.valueOf(getMessage());
  }
}
