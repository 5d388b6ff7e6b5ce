package dev.hexlens.store.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

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
    return fresh(folder, binaries());
  }

  static Path fresh(Path folder, Path programs) throws IOException {
    Path home = folder.resolve("home");
    Path postgres = Files.createDirectories(home.resolve("postgres"));
    Files.createSymbolicLink(postgres.resolve(programs.getFileName()), programs);
    return home;
  }

  /** Takes the links away before JUnit deletes the folder: it warns of links that lead out. */
  static void removeLinks(Path folder) throws IOException {
    List<Path> links;
    try (var tree = Files.walk(folder)) {
      links = tree.filter(Files::isSymbolicLink).toList();
    }
    for (Path link : links) {
      Files.delete(link);
    }
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
