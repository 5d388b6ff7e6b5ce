package dev.hexlens.hex;

import java.util.regex.Pattern;

/**
 * The names that a package may have. Hex wants {@code ^[a-z][a-z0-9_]*$}; other repositories allow
 * capitals. Whatever passes is safe in a URL and in a file's name, and has no hyphen, at which a
 * tarball's name is split.
 */
final class PackageNames {
  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,127}");

  private PackageNames() {}

  static boolean isValid(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * The name, if it is one.
   *
   * @throws IllegalArgumentException if it is none
   */
  static String require(String name) {
    if (!isValid(name)) {
      throw new IllegalArgumentException(
          "not a package name: " + name + "; names have letters, digits and underscores");
    }
    return name;
  }
}
