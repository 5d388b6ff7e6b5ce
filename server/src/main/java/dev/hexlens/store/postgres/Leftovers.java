package dev.hexlens.store.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** Folders in the making: named apart, renamed when complete, deleted when they never were. */
final class Leftovers {

  private static final String MARK = ".new-";

  private Leftovers() {}

  /**
   * What to append to a name while its folder is in the making; differs from process to process.
   */
  static String newSuffix() {
    return MARK + ProcessHandle.current().pid();
  }

  /** Deletes what processes that were killed have left in a folder; call it while nobody works. */
  static void sweep(Path parent) throws IOException {
    List<Path> found;
    try (var entries = Files.list(parent)) {
      found = entries.filter(path -> path.getFileName().toString().contains(MARK)).toList();
    }
    found.forEach(Leftovers::delete);
  }

  /** Deletes a file or a folder with all that is in it; does nothing where there is none. */
  static void delete(Path tree) {
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    List<Path> paths;
    try (var walk = Files.walk(tree)) {
      paths = walk.sorted(Comparator.reverseOrder()).toList();
      for (Path path : paths) {
        Files.deleteIfExists(path);
      }
    } catch (NoSuchFileException e) {
      // An initdb that lost its parent cleans up after itself meanwhile: the next sweep has the
      // rest.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
