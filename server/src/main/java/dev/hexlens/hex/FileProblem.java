package dev.hexlens.hex;

/**
 * Why one entry of a package was left out, while the rest went on.
 *
 * @param path as the tarball has it, where it can be shown; control characters are replaced
 * @param detail follows the path in a sentence: "is a symbolic link to ../x"
 */
public record FileProblem(String path, Kind kind, String detail) {

  /** What is wrong. */
  public enum Kind {
    /** The path would leave the package, or is none on some system. */
    UNSAFE_PATH,
    /** The path is not UTF-8. */
    NAME_NOT_UTF8,
    /** A symbolic or hard link: nothing is followed. */
    LINK,
    /** A device or a pipe, or a kind of entry that Hex doesn't know. */
    NOT_A_FILE,
    /** A later entry has the same path; that one counts, as when a client unpacks them in order. */
    DUPLICATE,
    /** More bytes than a source file may have. */
    TOO_LARGE,
    /** Macintosh metadata beside a file, named as if it were one more. */
    RESOURCE_FORK,
    NOT_UTF8,
    NUL_BYTE,
    /** metadata.config can't be read, or names another package. */
    METADATA
  }

  @Override
  public String toString() {
    return path + " " + detail;
  }
}
