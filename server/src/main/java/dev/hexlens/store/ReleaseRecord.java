package dev.hexlens.store;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A release ready to be stored.
 *
 * @param ecosystem {@code hex}, or {@code path} for folders
 * @param reason why it is kept: latest, all, listed, path or locked
 * @param requirements what it depends on, name to requirement
 * @param source where it came from, for people; null for a registry's tarball
 * @param problems of files that are missing or not whole, for people
 */
public record ReleaseRecord(
    String ecosystem,
    String name,
    String version,
    String checksum,
    String reason,
    Map<String, String> requirements,
    @Nullable String source,
    List<FileRecord> files,
    List<String> problems) {
  public ReleaseRecord {
    requirements = Map.copyOf(requirements);
    files = List.copyOf(files);
    problems = List.copyOf(problems);
  }

  @Override
  public String toString() {
    return name + "@" + version;
  }
}
