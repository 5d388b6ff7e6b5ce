package dev.hexlens.workspace;

import dev.hexlens.index.SourceLanguage;
import dev.hexlens.store.FileStamps.Stamp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.ignore.IgnoreNode;
import org.jspecify.annotations.Nullable;

/**
 * The sources of a workspace folder: what git would not ignore, without what Mix and others keep
 * beside it. Links are not followed.
 */
final class FolderFiles {
  /** What Mix keeps beside a mix.exs that is not the project's own source. */
  private static final Set<String> BESIDE_MIX = Set.of("_build", "deps");

  /** Nobody writes so much in one file; what generated it knows better. */
  static final long MAX_BYTES = 8L << 20;

  private final Path root;

  FolderFiles(Path root) {
    this.root = root;
  }

  /** A file's path inside the folder, with slashes. */
  String relative(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  /** Every source and its stamp, by path inside the folder. */
  Map<String, Stamp> list() throws IOException {
    if (!Files.isDirectory(root)) {
      throw new NoSuchFileException(root.toString()); // not a folder whose files were all removed
    }
    Map<String, Stamp> found = new HashMap<>();
    Deque<Ignored> ignored = new ArrayDeque<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (!folder.equals(root) && (isLeftOut(folder) || isIgnored(ignored, folder, true))) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            ignored.push(Ignored.in(folder));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) {
            ignored.pop();
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()
                && SourceLanguage.of(file.toString()).isPresent()
                && !isIgnored(ignored, file, false)) {
              found.put(relative(file), stamp(attributes));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE; // what may not be read has nothing for us
          }
        });
    return found;
  }

  /** Whether the folder's own sources would hold this file if it existed. */
  boolean counts(Path file) {
    if (!file.startsWith(root) || SourceLanguage.of(file.toString()).isEmpty()) {
      return false;
    }
    Deque<Ignored> ignored = new ArrayDeque<>();
    ignored.push(Ignored.in(root));
    Path at = root;
    Path inside = root.relativize(file);
    for (int i = 0; i < inside.getNameCount(); i++) {
      at = at.resolve(inside.getName(i));
      boolean folder = i < inside.getNameCount() - 1;
      if (isIgnored(ignored, at, folder) || (folder && isLeftOut(at))) {
        return false;
      }
      if (folder) {
        ignored.push(Ignored.in(at));
      }
    }
    return true;
  }

  /** The stamp of a file; null when it is none or is gone. */
  static @Nullable Stamp stamp(Path file) {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(
              file, BasicFileAttributes.class, java.nio.file.LinkOption.NOFOLLOW_LINKS);
      return attributes.isRegularFile() ? stamp(attributes) : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static Stamp stamp(BasicFileAttributes attributes) {
    return new Stamp(attributes.size(), attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS));
  }

  private static boolean isLeftOut(Path folder) {
    String name = String.valueOf(folder.getFileName());
    return name.startsWith(".")
        || name.equals("node_modules")
        || (BESIDE_MIX.contains(name) && Files.exists(folder.resolveSibling("mix.exs")));
  }

  /** The innermost rule that says something about a path decides, as in git. */
  private boolean isIgnored(Deque<Ignored> rules, Path path, boolean folder) {
    for (Ignored each : rules) {
      if (each.node() != null) {
        String inside = each.folder().relativize(path).toString().replace('\\', '/');
        switch (each.node().isIgnored(inside, folder)) {
          case IGNORED -> {
            return true;
          }
          case NOT_IGNORED -> {
            return false;
          }
          default -> {}
        }
      }
    }
    return false;
  }

  /** The rules of one folder; without a node when it has none. */
  private record Ignored(Path folder, @Nullable IgnoreNode node) {
    static Ignored in(Path folder) {
      Path file = folder.resolve(".gitignore");
      if (!Files.isRegularFile(file)) {
        return new Ignored(folder, null);
      }
      try (InputStream rules = Files.newInputStream(file)) {
        IgnoreNode node = new IgnoreNode();
        node.parse(rules);
        return new Ignored(folder, node);
      } catch (IOException e) {
        return new Ignored(folder, null);
      }
    }
  }
}
