package dev.hexlens.workspace;

import dev.hexlens.index.DependencyIndexer.OnDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The packages that a project has under {@code deps}. */
final class FolderDependencies {
  private FolderDependencies() {}

  /** What is there now, whether or not mix.lock names it. */
  static List<OnDisk> of(Path root) throws IOException {
    Path deps = root.resolve("deps");
    if (!Files.isDirectory(deps)) {
      return List.of();
    }
    MixLock lock = MixLock.read(root.resolve("mix.lock"));
    List<OnDisk> packages = new ArrayList<>();
    for (Path folder : folders(deps)) {
      String name = String.valueOf(folder.getFileName());
      MixLock.Locked locked = lock.packages().get(name);
      packages.add(
          locked == null
              ? unlocked(name, folder)
              : new OnDisk(
                  name, locked.version(), locked.checksum(), locked.dependencies(), folder));
    }
    return packages;
  }

  private static List<Path> folders(Path deps) throws IOException {
    try (Stream<Path> entries = Files.list(deps)) {
      return entries
          .filter(
              entry -> Files.isDirectory(entry) && !entry.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }

  /** A package that no lock names: its files' sizes and times stand for its contents. */
  private static OnDisk unlocked(String name, Path folder) throws IOException {
    MixProject project = MixProject.in(folder);
    String version = project == null ? null : project.version();
    Map<String, ?> stamps = new FolderFiles(folder).list();
    String checksum = Integer.toHexString(new TreeSet<>(entries(stamps)).hashCode());
    return new OnDisk(name, version == null ? "0" : version, checksum, Set.of(), folder);
  }

  private static List<String> entries(Map<String, ?> stamps) {
    return stamps.entrySet().stream().map(Object::toString).toList();
  }
}
