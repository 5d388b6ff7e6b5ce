package dev.hexlens.hex;

import java.util.Comparator;
import java.util.Optional;

/** One version of one package. */
public record ReleaseId(String name, Version version) implements Comparable<ReleaseId> {

  /** By name (bytewise, as the registry is sorted), then by version. */
  private static final Comparator<ReleaseId> ORDER =
      Comparator.comparing(ReleaseId::name).thenComparing(ReleaseId::version);

  private static final String TARBALL = ".tar";

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if the name is not one that a package may have
   */
  public ReleaseId {
    PackageNames.require(name);
  }

  /**
   * Reads a tarball's file name, {@code NAME-VERSION.tar}. A name has no hyphen, a version may.
   *
   * @return nothing if it is no such name
   */
  public static Optional<ReleaseId> ofFileName(String fileName) {
    int hyphen = fileName.indexOf('-');
    if (hyphen < 0 || !fileName.endsWith(TARBALL) || fileName.length() < hyphen + 5) {
      return Optional.empty();
    }
    String name = fileName.substring(0, hyphen);
    if (!PackageNames.isValid(name)) {
      return Optional.empty();
    }
    return Version.parse(fileName.substring(hyphen + 1, fileName.length() - TARBALL.length()))
        .map(version -> new ReleaseId(name, version));
  }

  /** {@code NAME-VERSION.tar}, as repositories name it. */
  public String fileName() {
    return name + "-" + version + TARBALL;
  }

  @Override
  public int compareTo(ReleaseId other) {
    return ORDER.compare(this, other);
  }

  /** {@code jason 1.4.4}. */
  @Override
  public String toString() {
    return name + " " + version;
  }
}
