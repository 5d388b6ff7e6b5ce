package dev.hexlens.hex;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Paths of a tarball's entries, made harmless: relative, with forward slashes, no step up, nothing
 * that another system would read otherwise. Clients refused other paths only since 2026, so old
 * tarballs may have any.
 */
final class EntryPath {
  /** Linux's limit for a path; nothing that was ever unpacked is longer. */
  private static final int LONGEST = 4096;

  private EntryPath() {}

  /**
   * The path without leading slashes, {@code .} and empty steps; Hex's clients strip a leading
   * slash as well.
   *
   * @return nothing if it is not safe, see {@link #complaint}
   */
  static Optional<String> normalise(String path) {
    return complaint(path).isPresent()
        ? Optional.empty()
        : Optional.of(String.join("/", steps(path)));
  }

  /** Why a path is refused, to follow it in a sentence, if it is. */
  static Optional<String> complaint(String path) {
    List<String> steps = steps(path);
    if (steps.isEmpty()) {
      return Optional.of("is an empty path");
    }
    if (path.length() > LONGEST) {
      return Optional.of("is longer than " + LONGEST + " characters");
    }
    if (path.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      return Optional.of("has a control character");
    }
    if (path.indexOf('\\') >= 0) {
      return Optional.of("has a backslash");
    }
    if (steps.contains("..")) {
      return Optional.of("climbs out with ..");
    }
    String first = steps.getFirst();
    if (first.length() >= 2 && first.charAt(1) == ':' && Character.isLetter(first.charAt(0))) {
      return Optional.of("begins with a drive letter");
    }
    return Optional.empty();
  }

  /** For messages: the path with what would garble a terminal replaced. */
  static String printable(String path) {
    StringBuilder shown = new StringBuilder();
    path.codePoints()
        .limit(300)
        .forEach(c -> shown.appendCodePoint(Character.isISOControl(c) ? 0xfffd : c));
    return shown.toString();
  }

  private static List<String> steps(String path) {
    List<String> steps = new ArrayList<>();
    for (String step : path.split("/", -1)) {
      if (!step.isEmpty() && !step.equals(".")) {
        steps.add(step);
      }
    }
    return steps;
  }
}
