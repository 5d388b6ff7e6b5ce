package dev.hexlens.store.postgres;

import com.sun.security.auth.module.UnixSystem;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A user of the operating system, by number; Windows has none, and its access lists are left alone.
 *
 * @param uid −1 on Windows
 * @param gid −1 on Windows
 */
record Account(long uid, long gid) {

  static final Account ROOT = new Account(0, 0);

  private static final boolean POSIX = File.separatorChar == '/';

  /** Who runs this process. */
  static Account current() {
    if (!POSIX) {
      return new Account(-1, -1);
    }
    var system = new UnixSystem();
    return new Account(system.getUid(), system.getGid());
  }

  /** Whose a file or folder is, links not followed. */
  static Account ownerOf(Path path) throws IOException {
    if (!POSIX) {
      return current();
    }
    return new Account(number(path, "unix:uid"), number(path, "unix:gid"));
  }

  boolean isRoot() {
    return uid == 0;
  }

  /** Gives a file or a folder with all that is in it to this user; only root may. */
  void own(Path tree) throws IOException {
    try (var paths = Files.walk(tree)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Files.setAttribute(path, "unix:uid", (int) uid, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", (int) gid, LinkOption.NOFOLLOW_LINKS);
      }
    }
  }

  /** The name for a message, or the number where the system has no name for it. */
  static String nameOfOwner(Path path) throws IOException {
    return Files.getOwner(path, LinkOption.NOFOLLOW_LINKS).getName();
  }

  private static long number(Path path, String attribute) throws IOException {
    return (Integer) Files.getAttribute(path, attribute, LinkOption.NOFOLLOW_LINKS);
  }
}
