package dev.hexlens.lsp;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.eclipse.lsp4j.Position;

/** A copy of the fixtures' bookshop with its dependencies under deps, as a user has it open. */
final class EditorWorkspace {
  private static final Path PACKAGES =
      Path.of("..", "test-fixtures", "packages").toAbsolutePath().normalize();

  private final Path root;

  private EditorWorkspace(Path root) {
    this.root = root;
  }

  /** A workspace in this folder. */
  static EditorWorkspace in(Path folder) throws IOException {
    Path root = folder.toRealPath().resolve("bookshop");
    copy(PACKAGES.resolve("bookshop"), root);
    for (String dependency : new String[] {"cellar", "harbor", "jot", "pulse"}) {
      copy(PACKAGES.resolve(dependency), root.resolve("deps").resolve(dependency));
    }
    return new EditorWorkspace(root);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path inside = from.relativize(file);
        boolean older = inside.startsWith("versions"); // other versions are other releases
        if (!older && Files.isRegularFile(file)) {
          Path copied = to.resolve(inside.toString());
          Files.createDirectories(requireNonNull(copied.getParent()));
          Files.copy(file, copied);
        }
      }
    }
  }

  Path root() {
    return root;
  }

  String uri() {
    return Uris.of(root);
  }

  Path file(String path) {
    return root.resolve(path);
  }

  String uri(String path) {
    return Uris.of(file(path));
  }

  String text(String path) {
    try {
      return Files.readString(file(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(String path, String text) throws IOException {
    Files.createDirectories(requireNonNull(file(path).getParent()));
    Files.writeString(file(path), text);
  }

  /** The place of the cursor {@code |} in a line of a file that reads so without it. */
  Position at(String path, String line) {
    int cursor = line.indexOf('|');
    String wanted = line.substring(0, cursor) + line.substring(cursor + 1);
    String[] lines = text(path).split("\n", -1);
    for (int number = 0; number < lines.length; number++) {
      int found = lines[number].indexOf(wanted);
      if (found >= 0) {
        return new Position(number, found + cursor);
      }
    }
    throw new AssertionError(path + " has no line with " + wanted);
  }
}
