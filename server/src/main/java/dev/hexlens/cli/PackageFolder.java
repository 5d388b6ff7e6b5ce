package dev.hexlens.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The Elixir sources in a package's folder, its dependencies and what was built left out. */
record PackageFolder(Path root) {
  private static final Set<String> NOT_SOURCES = Set.of("deps", "_build", "node_modules");

  /** All sources in the order of their paths. */
  List<Path> sources() throws IOException {
    return files(NOT_SOURCES);
  }

  /** Those that a package which depends on this one can see. */
  List<Path> librarySources() throws IOException {
    List<Path> files = files(Set.of("deps", "_build", "node_modules", "test", "bench"));
    files.removeIf(file -> !file.toString().endsWith(".ex"));
    return files;
  }

  private List<Path> files(Set<String> leftOut) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = String.valueOf(folder.getFileName());
            boolean leave =
                !folder.equals(root) && (name.startsWith(".") || leftOut.contains(name));
            return leave ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = file.toString();
            if (name.endsWith(".ex") || name.endsWith(".exs")) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    files.sort(null);
    return files;
  }

  /** The path of a source as answers give it. */
  String relative(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }
}
