package dev.hexlens.store.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;

/**
 * The migrations on the class path, as far as one can know them without Flyway.
 *
 * @param folder on the class path, without slashes around it
 * @param latest the highest version; 0 where there are none
 * @param mark names the whole set: two sets with one mark are the same
 */
record MigrationScripts(String folder, MigrationVersion latest, String mark) {

  private static final Pattern VERSIONED = Pattern.compile("V(.+?)__.*\\.sql");

  private static final int HASH_BYTES = 8;

  static MigrationScripts in(String folder) {
    ClassLoader loader = MigrationScripts.class.getClassLoader();
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      var latest = MigrationVersion.fromVersion("0");
      for (String name : names(loader.getResource(folder), folder)) {
        digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes(loader, folder + "/" + name));
        Matcher versioned = VERSIONED.matcher(name);
        if (versioned.matches()) {
          var version = MigrationVersion.fromVersion(versioned.group(1));
          latest = version.compareTo(latest) > 0 ? version : latest;
        }
      }
      String hash = HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
      return new MigrationScripts(folder, latest, "HexLens schema " + latest + ", " + hash);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** What the folder holds, by name; in a jar or, while developing, in a folder of classes. */
  private static TreeSet<String> names(@Nullable URL location, String folder) throws IOException {
    var names = new TreeSet<String>();
    if (location == null) {
      return names;
    }
    if (location.openConnection() instanceof JarURLConnection jar) {
      jar.getJarFile().stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith(folder + "/") && name.endsWith(".sql"))
          .forEach(name -> names.add(name.substring(folder.length() + 1)));
      return names;
    }
    Path files = Path.of(URI.create(location.toString()));
    try (var tree = Files.walk(files)) {
      tree.filter(Files::isRegularFile)
          .map(file -> files.relativize(file).toString().replace('\\', '/'))
          .filter(name -> name.endsWith(".sql"))
          .forEach(names::add);
    }
    return names;
  }

  private static byte[] bytes(ClassLoader loader, String resource) throws IOException {
    try (InputStream in = loader.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IOException(resource + " is listed on the class path and can't be read");
      }
      return in.readAllBytes();
    }
  }
}
