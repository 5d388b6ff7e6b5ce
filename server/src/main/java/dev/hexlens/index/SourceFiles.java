package dev.hexlens.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Finds the sources under folders. */
public final class SourceFiles {
  /** What Mix keeps beside a mix.exs that is not the project's own source. */
  private static final Set<String> BESIDE_MIX = Set.of("_build", "deps");

  private SourceFiles() {}

  /**
   * The sources under these paths, each root's in order of their names. A path that is a file
   * counts whatever it is called; links to folders are not followed.
   *
   * @param wanted which files of a folder count
   * @throws UncheckedIOException when a path does not exist or can't be read
   */
  public static List<Path> under(List<Path> roots, Predicate<Path> wanted) {
    List<Path> files = new ArrayList<>();
    for (Path root : roots) {
      try {
        if (Files.isDirectory(root)) {
          files.addAll(inFolder(root, wanted));
        } else if (Files.exists(root)) {
          files.add(root);
        } else {
          throw new NoSuchFileException(root.toString());
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return files;
  }

  private static List<Path> inFolder(Path root, Predicate<Path> wanted) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = String.valueOf(folder.getFileName());
            boolean left =
                name.startsWith(".")
                    || name.equals("node_modules")
                    || (BESIDE_MIX.contains(name)
                        && Files.exists(folder.resolveSibling("mix.exs")));
            boolean skipped = !folder.equals(root) && left;
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && wanted.test(file)) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE; // a folder that may not be read has nothing for us
          }
        });
    Collections.sort(files);
    return files;
  }

  /** Whether a file's name says that it is a source of a language that is kept. */
  public static boolean isSource(Path file) {
    return SourceLanguage.of(file.toString()).isPresent();
  }

  /** Whether a file's name says that it is Elixir, or a template with Elixir in it. */
  public static boolean isElixir(Path file) {
    return SourceLanguage.of(file.toString())
        .filter(language -> language != SourceLanguage.ERLANG)
        .isPresent();
  }
}
