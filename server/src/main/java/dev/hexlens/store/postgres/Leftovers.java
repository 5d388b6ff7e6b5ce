package dev.hexlens.store.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Folders in the making: named apart, renamed when complete, deleted when they never were. */
final class Leftovers {

  private static final String MARK = ".new-";

  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

  private Leftovers() {}

  /** What to append to a name while its folder is in the making; no two are the same. */
  static String newSuffix() {
    return MARK + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime());
  }

  /** Deletes what processes that were killed have left in a folder; call it while nobody works. */
  static void sweep(Path parent) throws IOException {
    List<Path> found;
    try (var entries = Files.list(parent)) {
      found = entries.filter(path -> path.getFileName().toString().contains(MARK)).toList();
    }
    for (Path leftover : found) {
      delete(leftover);
    }
  }

  /**
   * Deletes a file or a folder with all that is in it; does nothing where there is none. An initdb
   * that has outlived its parent may still write there, or clean up after itself: what can't be
   * deleted for that is left to the next sweep.
   */
  static void delete(Path tree) throws IOException {
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (var walk = Files.walk(tree)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (DirectoryNotEmptyException e) {
      LOG.debug("{} is still written to", tree, e);
    } catch (UncheckedIOException e) {
      if (!(e.getCause() instanceof NoSuchFileException)) {
        throw e;
      }
      LOG.debug("{} is being deleted by another process", tree, e);
    }
  }
}
