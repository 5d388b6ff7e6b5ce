package dev.hexlens.elixir.parser;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Libraries out of jars, as files that the system's loader can map. A file's folder is named by the
 * hash of its bytes, so versions never meet; it appears by an atomic rename, so several processes
 * can unpack at once and none sees half a library.
 *
 * @param folder the user's cache
 */
record NativeCache(Path folder) {

  /**
   * The cache of this user: {@code XDG_CACHE_HOME} or the system's usual folder, then
   * hexlens/natives.
   */
  static NativeCache ofUser() {
    String home = System.getProperty("user.home");
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String xdg = System.getenv("XDG_CACHE_HOME");
    String local = System.getenv("LOCALAPPDATA");
    Path caches;
    if (xdg != null && Path.of(xdg).isAbsolute()) {
      caches = Path.of(xdg);
    } else if (os.startsWith("mac")) {
      caches = Path.of(home, "Library", "Caches");
    } else if (os.startsWith("windows") && local != null) {
      caches = Path.of(local);
    } else {
      caches = Path.of(home, ".cache");
    }
    return new NativeCache(caches.resolve("hexlens").resolve("natives"));
  }

  /**
   * The library at {@code source} as a file called {@code name}. Where the cache can't be written,
   * the file goes to a private temporary folder.
   *
   * @param sha256 the hash of the bytes in hex where it is known; saves reading them
   */
  Path library(URL source, String name, @Nullable String sha256) throws IOException {
    byte[] content = null;
    String hash = sha256;
    if (hash == null) {
      content = read(source);
      hash = sha256(content);
    }
    Path library = folder.resolve(hash.substring(0, 32));
    Path file = library.resolve(name);
    if (Files.isRegularFile(file)) {
      return file;
    }
    if (content == null) {
      content = read(source);
    }
    try {
      Files.createDirectories(library);
      write(content, library, file);
      return file;
    } catch (IOException cacheIsReadOnly) {
      Path folderOfProcess = Files.createTempDirectory("hexlens-natives");
      Path temporary = folderOfProcess.resolve(name);
      write(content, folderOfProcess, temporary);
      // Deleted in reverse order.
      folderOfProcess.toFile().deleteOnExit();
      temporary.toFile().deleteOnExit();
      return temporary;
    }
  }

  private static void write(byte[] content, Path folder, Path file) throws IOException {
    Path part = Files.createTempFile(folder, "library", ".part");
    try {
      Files.write(part, content);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static byte[] read(URL source) throws IOException {
    try (InputStream in = source.openStream()) {
      return in.readAllBytes();
    }
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
