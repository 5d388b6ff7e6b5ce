package dev.hexlens.lsp;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.HexFormat;
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

  /** What a path in a URI has as it is; `Path.toUri` escapes all else. */
  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.!~*'()@:$&+,=;/";

  /**
   * The URI of a file in a folder, which unlike that of a path is made without asking the disk.
   *
   * @param folder its URI, without a slash at the end
   * @param path of the file in it, with slashes
   */
  static String of(String folder, String path) {
    StringBuilder uri = new StringBuilder(folder).append('/');
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      if (b > 0 && PLAIN.indexOf(b) >= 0) {
        uri.append((char) b);
      } else {
        uri.append('%').append(HEX.toHexDigits(b));
      }
    }
    return uri.toString();
  }

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  static String of(Path path) {
    // Path.toUri asks the disk whether it is a folder, and writes file:///
    String uri = path.toUri().toString();
    return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
  }
}
