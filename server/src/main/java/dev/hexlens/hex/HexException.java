package dev.hexlens.hex;

/**
 * Why something could not be had from a Hex repository. The message is one sentence that names the
 * resource and the remedy; what a caller may want to tell apart is a type of its own.
 */
public abstract sealed class HexException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String resource;

  private HexException(String resource, String sentence, Throwable cause) {
    super(sentence, cause);
    this.resource = resource;
  }

  private HexException(String resource, String sentence) {
    super(sentence);
    this.resource = resource;
  }

  /** What was asked for: {@code /versions}, {@code jason 1.4.4}, a file or a URL. */
  public final String resource() {
    return resource;
  }

  /**
   * No mirror has it. Hex answers 403 or 404 for what does not exist; a release that the registry
   * still lists may have been reverted a moment ago.
   */
  public static final class Missing extends HexException {
    private static final long serialVersionUID = 1L;

    Missing(String resource, String sentence) {
      super(resource, sentence);
    }
  }

  /** No mirror answered in the time and the number of attempts given. Worth another try later. */
  public static final class Unreachable extends HexException {
    private static final long serialVersionUID = 1L;

    Unreachable(String resource, String sentence) {
      super(resource, sentence);
    }
  }

  /** The repository wants a key, or another one. */
  public static final class Unauthorized extends HexException {
    private static final long serialVersionUID = 1L;

    Unauthorized(String resource, String sentence) {
      super(resource, sentence);
    }
  }

  /** A registry file that is not what it should be: signature, repository, name or form. */
  public static final class BadRegistry extends HexException {
    private static final long serialVersionUID = 1L;

    BadRegistry(String resource, String sentence) {
      super(resource, sentence);
    }

    BadRegistry(String resource, String sentence, Throwable cause) {
      super(resource, sentence, cause);
    }
  }

  /** A tarball whose bytes are not those that the registry signed for. */
  public static final class WrongChecksum extends HexException {
    private static final long serialVersionUID = 1L;

    private final Checksum expected;
    private final Checksum actual;

    WrongChecksum(String resource, Checksum expected, Checksum actual, String sentence) {
      super(resource, sentence);
      this.expected = expected;
      this.actual = actual;
    }

    public Checksum expected() {
      return expected;
    }

    public Checksum actual() {
      return actual;
    }
  }

  /** A tarball, as published, that can't be read as one. Asking again gives the same bytes. */
  public static final class BadTarball extends HexException {
    private static final long serialVersionUID = 1L;

    BadTarball(String resource, String sentence) {
      super(resource, sentence);
    }

    BadTarball(String resource, String sentence, Throwable cause) {
      super(resource, sentence, cause);
    }
  }

  /** More bytes than the limit, on the wire or unpacked. */
  public static final class TooLarge extends HexException {
    private static final long serialVersionUID = 1L;

    TooLarge(String resource, String sentence) {
      super(resource, sentence);
    }
  }

  /** A public key that can't be read. */
  public static final class BadKey extends HexException {
    private static final long serialVersionUID = 1L;

    BadKey(String resource, String sentence, Throwable cause) {
      super(resource, sentence, cause);
    }

    BadKey(String resource, String sentence) {
      super(resource, sentence);
    }
  }

  /** A file or folder of this machine (tarballs, caches) that can't be read or written. */
  public static final class LocalFailure extends HexException {
    private static final long serialVersionUID = 1L;

    LocalFailure(String resource, String sentence, Throwable cause) {
      super(resource, sentence, cause);
    }
  }
}
