package dev.hexlens.hex;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Registry files with their ETags. A file is its ETag, a line feed and the body; the body's
 * signature is verified each time it is read, as if it had come from a server.
 */
final class RegistryCache {

  /** A body as it came, and its ETag. */
  @SuppressWarnings("ArrayRecordComponent") // Lives for the time of one method.
  record Entry(String etag, byte[] body) {}

  private final Path folder;
  private final Consumer<HexEvent> events;

  /** A cache of one server's registry: another one's ETags would mean something else. */
  RegistryCache(Path root, URI authority, Consumer<HexEvent> events) {
    byte[] url = authority.toString().getBytes(StandardCharsets.UTF_8);
    this.folder = root.resolve(Checksum.ofTarball(url).hex().substring(0, 16));
    this.events = events;
  }

  /** What was kept for a path such as {@code /versions}. */
  Optional<Entry> find(String path) {
    Path file = file(path);
    try {
      byte[] bytes = Files.readAllBytes(file);
      int end = 0;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      String etag = new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
      // One with other characters can't be sent in a header.
      if (end == bytes.length || !etag.matches("[!-~]{1,200}")) {
        return Optional.empty();
      }
      return Optional.of(new Entry(etag, Arrays.copyOfRange(bytes, end + 1, bytes.length)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      events.accept(new HexEvent.CacheFailed(file.toString(), e.toString()));
      return Optional.empty();
    }
  }

  /** Keeps a body that was verified. */
  void keep(String path, Entry entry) {
    Path file = file(path);
    byte[] etag = (entry.etag() + "\n").getBytes(StandardCharsets.ISO_8859_1);
    byte[] bytes = Arrays.copyOf(etag, etag.length + entry.body().length);
    System.arraycopy(entry.body(), 0, bytes, etag.length, entry.body().length);
    try {
      CacheFile.write(file, bytes);
    } catch (IOException e) {
      events.accept(new HexEvent.CacheFailed(file.toString(), e.toString()));
    }
  }

  private Path file(String path) {
    return folder.resolve(path.substring(1));
  }
}
