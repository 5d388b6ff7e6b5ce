package dev.hexlens.store.postgres;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The folder under which HexLens keeps everything that is not in a project. */
public final class HexLensHome {

  /** The environment variable that names it. */
  public static final String VARIABLE = "HEXLENS_HOME";

  private HexLensHome() {}

  /**
   * HEXLENS_HOME, or {@code hexlens} in the user's data folder as the operating system has it:
   * {@code $XDG_DATA_HOME} or {@code ~/.local/share}, {@code ~/Library/Application Support}, {@code
   * %LOCALAPPDATA%}. For root on Linux it is {@code /var/lib}: root's own folder is closed to the
   * user that Postgres may have to run as. Absolute; need not exist.
   */
  public static Path of(Map<String, String> environment) {
    return of(
        environment,
        System.getProperty("os.name", ""),
        Path.of(System.getProperty("user.home", ".")),
        Account.current().isRoot());
  }

  static Path of(Map<String, String> environment, String system, Path userHome, boolean root) {
    return set(environment, VARIABLE)
        .orElseGet(() -> dataFolder(environment, system, userHome, root).resolve("hexlens"))
        .toAbsolutePath()
        .normalize();
  }

  private static Path dataFolder(
      Map<String, String> environment, String system, Path userHome, boolean root) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return set(environment, "LOCALAPPDATA").orElse(userHome.resolve("AppData/Local"));
    }
    if (name.startsWith("mac")) {
      return userHome.resolve("Library/Application Support");
    }
    // The XDG base directory specification: a relative path is invalid and to be ignored.
    return set(environment, "XDG_DATA_HOME")
        .filter(Path::isAbsolute)
        .orElse(root ? Path.of("/var/lib") : userHome.resolve(".local/share"));
  }

  private static Optional<Path> set(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable))
        .filter(value -> !value.isBlank())
        .map(Path::of);
  }
}
