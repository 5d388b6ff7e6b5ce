package dev.hexlens.hex;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version as Hex has them: SemVer 2.0, in SemVer's order. Build metadata, which Hex refuses but
 * other repositories may have, breaks ties, so that the order agrees with {@code equals}.
 *
 * <p>Written here because the libraries at hand order real versions wrongly: semver4j 6.0 puts rc2
 * before rc10 (SemVer compares such identifiers as ASCII) and, like java-semver 0.10, throws on a
 * numeric identifier beyond a long.
 *
 * @param pre the identifiers after the hyphen, empty for a stable version
 * @param build the identifiers after the plus sign, mostly empty
 */
public record Version(long major, long minor, long patch, String pre, String build)
    implements Comparable<Version> {

  private static final String NUMBER = "(0|[1-9][0-9]{0,17})";
  // A numeric identifier has no leading zero; one with a letter or hyphen may begin as it likes.
  private static final String IDENTIFIER = "(?:[0-9]*[A-Za-z-][0-9A-Za-z-]*|0|[1-9][0-9]*)";
  private static final Pattern SYNTAX =
      Pattern.compile(
          NUMBER
              + "\\."
              + NUMBER
              + "\\."
              + NUMBER
              + ("(?:-(" + IDENTIFIER + "(?:\\." + IDENTIFIER + ")*+))?")
              + "(?:\\+([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*+))?");

  /** No version of Hex's is near it (26 characters in 2021); it keeps the pattern's work small. */
  private static final int LONGEST = 256;

  /**
   * Reads {@code MAJOR.MINOR.PATCH[-PRE][+BUILD]}.
   *
   * @return nothing if the text is no such version, or a number has more than 18 digits (Hex allows
   *     14)
   */
  public static Optional<Version> parse(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    Matcher matcher = SYNTAX.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new Version(
            Long.parseLong(matcher.group(1)),
            Long.parseLong(matcher.group(2)),
            Long.parseLong(matcher.group(3)),
            matcher.group(4) == null ? "" : matcher.group(4),
            matcher.group(5) == null ? "" : matcher.group(5)));
  }

  /**
   * The same for text that is known to be a version.
   *
   * @throws IllegalArgumentException if it is not
   */
  public static Version of(String text) {
    return parse(text)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "not a version: " + text + "; write MAJOR.MINOR.PATCH, as in 1.4.0"));
  }

  /** Whether it is no pre-release. */
  public boolean isStable() {
    return pre.isEmpty();
  }

  @Override
  public int compareTo(Version other) {
    int order = comparePrecedence(other);
    return order != 0 ? order : build.compareTo(other.build);
  }

  /** SemVer's order, in which build metadata says nothing. */
  int comparePrecedence(Version other) {
    int order = Long.compare(major, other.major);
    if (order == 0) {
      order = Long.compare(minor, other.minor);
    }
    if (order == 0) {
      order = Long.compare(patch, other.patch);
    }
    return order != 0 ? order : comparePre(pre, other.pre);
  }

  private static int comparePre(String left, String right) {
    if (left.equals(right)) {
      return 0;
    }
    if (left.isEmpty() || right.isEmpty()) {
      return left.isEmpty() ? 1 : -1;
    }
    String[] ours = left.split("\\.", -1);
    String[] theirs = right.split("\\.", -1);
    for (int i = 0; i < Math.min(ours.length, theirs.length); i++) {
      int order = compareIdentifier(ours[i], theirs[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(ours.length, theirs.length);
  }

  private static int compareIdentifier(String left, String right) {
    boolean number = isNumber(left);
    if (number != isNumber(right)) {
      return number ? -1 : 1;
    }
    // Numbers have no leading zeros, so the longer one is the greater, however long it is.
    int byLength = number ? Integer.compare(left.length(), right.length()) : 0;
    return byLength != 0 ? byLength : left.compareTo(right);
  }

  private static boolean isNumber(String identifier) {
    return identifier.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  @Override
  public String toString() {
    return major
        + "."
        + minor
        + "."
        + patch
        + (pre.isEmpty() ? "" : "-" + pre)
        + (build.isEmpty() ? "" : "+" + build);
  }
}
