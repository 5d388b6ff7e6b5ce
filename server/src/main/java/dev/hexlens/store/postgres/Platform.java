package dev.hexlens.store.postgres;

import dev.hexlens.store.postgres.DatabaseException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL binaries are chosen by.
 *
 * @param name as the archives in io.zonky.test.postgres' jars are named, e.g. {@code linux-x86_64}
 */
record Platform(String name) {

  static Platform current() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return new Platform(
        system(os)
            + "-"
            + processor(arch)
            + (os.startsWith("linux") && isMusl() ? "-alpine_linux" : ""));
  }

  /**
   * Opens the archive (tar, xz).
   *
   * @throws DatabaseException of kind {@link Kind#NO_BINARIES} if the class path has none
   */
  InputStream openArchive() {
    @Nullable InputStream archive =
        Platform.class.getResourceAsStream("/postgres-" + name + ".txz");
    if (archive == null) {
      throw new DatabaseException(
          Kind.NO_BINARIES,
          "HexLens brings no PostgreSQL for "
              + name
              + ": set "
              + DatabaseConfig.URL_VARIABLE
              + " to a Postgres "
              + Database.OLDEST_MAJOR
              + " or newer");
    }
    return archive;
  }

  private static String system(String os) {
    if (os.startsWith("windows")) {
      return "windows";
    }
    return os.startsWith("mac") ? "darwin" : os.replace(' ', '_');
  }

  private static String processor(String arch) {
    return switch (arch) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64" -> "arm_64";
      default -> arch;
    };
  }

  /** Alpine's C library runs no binaries made for glibc. */
  private static boolean isMusl() {
    try (var loaders = Files.newDirectoryStream(Path.of("/lib"), "ld-musl-*")) {
      return loaders.iterator().hasNext() && !Files.exists(Path.of("/lib64/ld-linux-x86-64.so.2"));
    } catch (IOException e) {
      return false; // no /lib, no musl
    }
  }
}
