package dev.hexlens.hex;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tarballs in a folder by their checksum, not by name and version: a release can be republished
 * within an hour. A tarball that doesn't match its name is downloaded again.
 */
final class TarballCache {
  private final Path folder;
  private final Consumer<HexEvent> events;

  TarballCache(Path folder, Consumer<HexEvent> events) {
    this.folder = folder;
    this.events = events;
  }

  /** The tarball with that outer checksum. */
  Optional<byte[]> find(Checksum checksum) {
    if (checksum.kind() != Checksum.Kind.OUTER) {
      return Optional.empty();
    }
    Path file = file(checksum);
    try {
      byte[] tarball = Files.readAllBytes(file);
      if (Checksum.ofTarball(tarball).equals(checksum)) {
        return Optional.of(tarball);
      }
      events.accept(new HexEvent.CacheFailed(file.toString(), "its checksum is wrong"));
      return Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      events.accept(new HexEvent.CacheFailed(file.toString(), e.toString()));
      return Optional.empty();
    }
  }

  /** Keeps a tarball. */
  void keep(byte[] tarball) {
    Path file = file(Checksum.ofTarball(tarball));
    try {
      CacheFile.write(file, tarball);
    } catch (IOException e) {
      events.accept(new HexEvent.CacheFailed(file.toString(), e.toString()));
    }
  }

  private Path file(Checksum checksum) {
    // Two levels: 150,000 files in one folder are slow to list for everybody else.
    return folder.resolve(checksum.hex().substring(0, 2)).resolve(checksum.hex() + ".tar");
  }
}
