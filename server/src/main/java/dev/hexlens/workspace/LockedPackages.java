package dev.hexlens.workspace;

import dev.hexlens.store.Candidates.Scope.PackageName;
import dev.hexlens.store.FileStamps.Stamp;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The packages of Hex that a mix.lock names, read again when it has changed. For many threads. */
public final class LockedPackages {
  private final Path file;
  private @Nullable Stamp read;
  private List<PackageName> packages = List.of();

  /**
   * @param file one that is missing locks nothing
   */
  public LockedPackages(Path file) {
    this.file = file;
  }

  /** Each with its version, by name. */
  public synchronized List<PackageName> packages() {
    Stamp now = FolderFiles.stamp(file);
    if (now == null || !now.equals(read)) {
      packages =
          MixLock.read(file).packages().values().stream()
              .filter(each -> each.hexName() != null)
              .map(each -> new PackageName(String.valueOf(each.hexName()), each.version()))
              .sorted(Comparator.comparing(PackageName::name))
              .toList();
      read = now;
    }
    return packages;
  }
}
