package dev.hexlens.lsp;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Turns the URIs of files into paths and back. */
final class Uris {
  private Uris() {}

  /** The path of a file's URI; null for what is no file on this machine. */
  static @Nullable Path path(String uri) {
    try {
      URI parsed = new URI(uri);
      return "file".equals(parsed.getScheme())
          ? Path.of(new URI("file", null, parsed.getPath(), null)).toAbsolutePath().normalize()
          : null;
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      return null;
    }
  }

  static String of(Path path) {
    // Path.toUri asks the disk whether it is a folder, and writes file:///
    String uri = path.toUri().toString();
    return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
  }
}
