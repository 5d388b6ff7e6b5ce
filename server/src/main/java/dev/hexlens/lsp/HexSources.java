package dev.hexlens.lsp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * Read-only copies of the sources of packages, for editors to open: not every editor can show a
 * text that is no file.
 */
final class HexSources {
  private final Path folder;

  /**
   * @param folder where the copies are kept
   */
  HexSources(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /** A file of a package, as a copy's path tells. */
  record Origin(String packageName, String version, String path) {}

  /** The copy of a file; made where it is missing. */
  Path copy(Origin origin, byte[] source) {
    Path release = folder.resolve(origin.packageName() + "-" + origin.version());
    Path file = release.resolve(origin.path()).normalize();
    if (!file.startsWith(release)) {
      throw new IllegalArgumentException(origin.path() + " leads out of its package");
    }
    try {
      // A republished release has other sources under the same name.
      if (!Files.exists(file) || Files.size(file) != source.length) {
        write(file, source);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can't keep a copy of " + origin.path() + ": " + e, e);
    }
    return file;
  }

  /** Whole or not at all: another server may write the same. */
  private static void write(Path file, byte[] source) throws IOException {
    Path parent = file.getParent();
    Files.createDirectories(parent);
    Path written = Files.createTempFile(parent, ".hexlens", ".tmp");
    try {
      Files.write(written, source);
      if (!written.toFile().setReadOnly()) {
        throw new IOException(written + " can't be made read-only");
      }
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException e) {
      Files.deleteIfExists(written);
    } finally {
      Files.deleteIfExists(written);
    }
  }

  /** What a file is a copy of; null when it is none. */
  @Nullable Origin origin(Path file) {
    if (!file.startsWith(folder) || file.getNameCount() < folder.getNameCount() + 2) {
      return null;
    }
    Path inside = folder.relativize(file);
    String release = inside.getName(0).toString();
    int dash = release.indexOf('-'); // a package's name has none, a version may
    return dash < 0
        ? null
        : new Origin(
            release.substring(0, dash),
            release.substring(dash + 1),
            inside.subpath(1, inside.getNameCount()).toString().replace('\\', '/'));
  }
}
