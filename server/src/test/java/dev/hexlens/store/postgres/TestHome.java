package dev.hexlens.store.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Homes for tests: one that all tests of a build share, and fresh ones that share its programs. */
final class TestHome {
  private TestHome() {}

  private static final Path SHARED = Path.of("target", "hexlens-home").toAbsolutePath();

  /** Never closed: the server runs until the tests' process ends, whose shutdown hook stops it. */
  private static final EmbeddedPostgres RUNNING = EmbeddedPostgres.use(SHARED, note -> {});

  /**
   * The home whose server runs during all tests. Kept in target, so that PostgreSQL is unpacked and
   * its database made once a build.
   */
  static Path shared() {
    return SHARED;
  }

  static EmbeddedPostgres running() {
    return RUNNING;
  }

  /** PostgreSQL's programs of this platform, unpacked. */
  static Path binaries() {
    return SHARED.resolve("postgres").resolve(Binaries.VERSION + "-" + Platform.current().name());
  }

  /** An empty home that needs no unpacking, since a link leads to the shared programs. */
  static Path fresh(Path folder) throws IOException {
    Path home = folder.resolve("home");
    Path postgres = Files.createDirectories(home.resolve("postgres"));
    Path binaries = binaries();
    Files.createSymbolicLink(postgres.resolve(binaries.getFileName()), binaries);
    return home;
  }

  /** Takes the link away before JUnit deletes the folder: it warns of links that lead out. */
  static void removeLink(Path home) throws IOException {
    Files.deleteIfExists(home.resolve("postgres").resolve(binaries().getFileName()));
  }

  /** The same with a copy, all in it readable by everybody, for another user's process. */
  static Path freshForOthers(Path folder) throws IOException {
    Path home = folder.resolve("home");
    Path binaries = binaries();
    copy(binaries, home.resolve("postgres").resolve(binaries.getFileName()));
    openToAll(folder);
    return home;
  }

  static void copy(Path from, Path to) throws IOException {
    try (var tree = Files.walk(from)) {
      for (Path path : (Iterable<Path>) tree::iterator) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target, LinkOption.NOFOLLOW_LINKS);
        }
      }
    }
  }

  /** Lets everybody in and read. */
  static void openToAll(Path tree) throws IOException {
    try (var paths = Files.walk(tree)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        if (!Files.isSymbolicLink(path)) {
          String mode =
              Files.isDirectory(path) || Files.isExecutable(path) ? "rwxr-xr-x" : "rw-r--r--";
          Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        }
      }
    }
  }
}
