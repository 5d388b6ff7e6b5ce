package dev.hexlens.cli;

import dev.hexlens.store.Candidates.Scope.PackageName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Folders that hold packages, each in a folder NAME, as Mix has it, or NAME-VERSION: of these the
 * ones that were chosen. Names of packages have no hyphen, so the first one ends it.
 */
final class PackageFolders {
  private final @Nullable List<Path> chosen;

  /**
   * @param packages NAME or NAME@VERSION each; none for all files
   * @param roots where to look for their folders
   */
  PackageFolders(List<String> packages, List<Path> roots) {
    if (packages.isEmpty()) {
      chosen = null;
      return;
    }
    List<Path> folders = folders(roots);
    List<Path> found = new ArrayList<>();
    for (String each : packages) {
      PackageName wanted = ScopeOptions.named(each);
      List<Path> its = folders.stream().filter(folder -> is(folder, wanted)).toList();
      if (its.isEmpty()) {
        throw new CommandFailure(
            "--package: there is no folder %s%s in %s"
                .formatted(
                    wanted.name(),
                    wanted.version() == null
                        ? " or %s-VERSION".formatted(wanted.name())
                        : "-" + wanted.version(),
                    String.join(", ", roots.stream().map(Path::toString).toList())));
      }
      found.addAll(its);
    }
    chosen = List.copyOf(found);
  }

  /** Whether a file is in one of them. */
  boolean admits(Path file) {
    return chosen == null || chosen.stream().anyMatch(file::startsWith);
  }

  private static List<Path> folders(List<Path> roots) {
    List<Path> folders = new ArrayList<>();
    for (Path root : roots) {
      if (Files.isDirectory(root)) {
        try (Stream<Path> inside = Files.list(root)) {
          inside.filter(Files::isDirectory).forEach(folders::add);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return folders;
  }

  private static boolean is(Path folder, PackageName wanted) {
    String name = String.valueOf(folder.getFileName());
    if (wanted.version() != null) {
      return name.equals(wanted.name() + "-" + wanted.version());
    }
    int hyphen = name.indexOf('-');
    return name.equals(wanted.name())
        || (hyphen >= 0 && name.substring(0, hyphen).equals(wanted.name()));
  }
}
