package dev.hexlens.store.postgres;

import dev.hexlens.store.postgres.DatabaseException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * PostgreSQL's programs, unpacked.
 *
 * @param folder holds bin, lib and share
 */
record Binaries(Path folder) {

  /** The version that comes along, such as 18.6.0. */
  static final String VERSION = version();

  /** Its first part, which says what data folders it can read. */
  static final String MAJOR = VERSION.substring(0, VERSION.indexOf('.'));

  /**
   * Unpacks the programs of this version unless they are there: into a folder beside their own,
   * tried there, then renamed, so that what a kill or a full disk leaves behind is never used. Call
   * it while nobody else does.
   *
   * @param parent the folder that gets one folder a version
   */
  static Binaries unpack(Path parent, Platform platform, Consumer<String> notes) {
    Path folder = parent.resolve(VERSION + "-" + platform.name());
    if (Files.isDirectory(folder)) {
      return new Binaries(folder);
    }
    notes.accept("Unpacking PostgreSQL " + VERSION + " (once)");
    Path fresh = parent.resolve(folder.getFileName() + Leftovers.newSuffix());
    try {
      try (InputStream archive = platform.openArchive()) {
        extract(archive, fresh);
        new Binaries(fresh).tryOut(platform);
        Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Leftovers.delete(fresh);
      }
    } catch (IOException e) {
      throw Diagnosis.of(e, parent);
    }
    return new Binaries(folder);
  }

  /** A program's path; on Windows ProcessBuilder adds the ending. */
  String program(String name) {
    return folder.resolve("bin").resolve(name).toString();
  }

  private void tryOut(Platform platform) {
    ChildProcess version = ChildProcess.run(folder, List.of(program("postgres"), "--version"));
    if (!version.succeeded()) {
      throw new DatabaseException(
          Kind.NO_BINARIES,
          "The PostgreSQL that HexLens brings for "
              + platform.name()
              + " doesn't run on this system ("
              + Diagnosis.oneLine(version.output())
              + "): set "
              + DatabaseConfig.URL_VARIABLE
              + " to a Postgres "
              + Database.OLDEST_MAJOR
              + " or newer");
    }
  }

  private static void extract(InputStream archive, Path target) throws IOException {
    Files.createDirectories(target);
    try (var tar = new TarArchiveInputStream(new XZCompressorInputStream(archive))) {
      TarArchiveEntry entry;
      while ((entry = tar.getNextEntry()) != null) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("the archive holds a path that climbs out: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
          continue;
        }
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          Files.copy(tar, path);
        }
      }
    }
    openToAll(target);
  }

  /**
   * The programs may run as another user than the one who unpacks them, whose umask may be tight.
   */
  private static void openToAll(Path target) throws IOException {
    if (!target.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    var closed = PosixFilePermissions.fromString("rw-r--r--");
    var open = PosixFilePermissions.fromString("rwxr-xr-x");
    try (var paths = Files.walk(target)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        boolean enter =
            Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                || path.startsWith(target.resolve("bin"));
        if (!Files.isSymbolicLink(path)) {
          Files.setPosixFilePermissions(path, enter ? open : closed);
        }
      }
    }
  }

  private static String version() {
    var properties = new Properties();
    try (InputStream in = Binaries.class.getResourceAsStream("embedded.properties")) {
      if (in == null) {
        throw new IllegalStateException("embedded.properties is missing from the class path");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("postgres.version");
  }
}
