package dev.hexlens.hex;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A folder of tarballs named {@code NAME-VERSION.tar}, in place of a repository: no network, no
 * registry, nothing is known of retirement. Its files are trusted as the user's own; what they say
 * of their checksum must still be true.
 */
public final class TarballFolder implements ReleaseSource {
  private final Path folder;
  private final TarballReader tarballs;

  /**
   * By name, as of the last look: going through 150,000 names once for each package takes too long.
   */
  private volatile @Nullable Map<String, PackageVersions> listing;

  private TarballFolder(Path folder, TarballLimits limits, Predicate<String> wanted) {
    this.folder = folder;
    this.tarballs = new TarballReader(limits, wanted);
  }

  /**
   * A folder of tarballs.
   *
   * @param wanted which files of a tarball to hold, by path relative to the package
   */
  public static TarballFolder open(Path folder, TarballLimits limits, Predicate<String> wanted) {
    return new TarballFolder(folder, limits, wanted);
  }

  @Override
  public String origin() {
    return folder.toAbsolutePath().normalize().toString();
  }

  @Override
  public RegistryNames names() throws HexException {
    RegistryVersions versions = versions();
    return new RegistryNames(
        versions.packages().stream()
            .map(each -> new RegistryNames.Entry(each.name(), null))
            .toList(),
        versions.problems());
  }

  @Override
  public RegistryVersions versions() throws HexException {
    Map<String, TreeSet<Version>> packages = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.tar")) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        Optional<ReleaseId> release = ReleaseId.ofFileName(name);
        if (release.isEmpty()) {
          problems.add(file + " is not named NAME-VERSION.tar; it is left out.");
        } else {
          packages
              .computeIfAbsent(release.get().name(), each -> new TreeSet<>())
              .add(release.get().version());
        }
      }
    } catch (IOException | DirectoryIteratorException | UncheckedIOException e) {
      throw unreadable(folder, e);
    }
    problems.sort(null);
    RegistryVersions fresh =
        new RegistryVersions(
            packages.entrySet().stream()
                .map(each -> packageVersions(each.getKey(), each.getValue()))
                .toList(),
            problems);
    listing = byName(fresh);
    return fresh;
  }

  private static Map<String, PackageVersions> byName(RegistryVersions versions) {
    return versions.packages().stream()
        .collect(Collectors.toMap(PackageVersions::name, each -> each));
  }

  private static PackageVersions packageVersions(String name, SortedSet<Version> versions) {
    return new PackageVersions(
        name, versions.stream().map(each -> new PackageVersions.Listed(each, false)).toList());
  }

  @Override
  public PackageReleases packageReleases(String name) throws HexException {
    PackageNames.require(name);
    List<PackageReleases.Release> releases = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    Map<String, PackageVersions> known = listing;
    PackageVersions found = (known == null ? byName(versions()) : known).get(name);
    if (found != null) {
      for (Version version : found.eligible(false)) {
        addRelease(new ReleaseId(name, version), releases, problems);
      }
    }
    return new PackageReleases(name, releases, problems);
  }

  private void addRelease(
      ReleaseId release, List<PackageReleases.Release> releases, List<String> problems)
      throws HexException {
    byte[] bytes = bytes(release);
    List<Dependency> dependencies = List.of();
    try {
      dependencies = tarballs.metadata(release, bytes).requirements();
    } catch (HexException.BadTarball | HexException.TooLarge e) {
      // Still listed: asking for the tarball tells the same, as the failure of that release.
      problems.add(String.valueOf(e.getMessage()));
    }
    releases.add(
        new PackageReleases.Release(
            release.version(), Checksum.ofTarball(bytes), dependencies, null, null));
  }

  @Override
  public Tarball tarball(ReleaseId release, Checksum checksum) throws HexException {
    byte[] bytes = bytes(release);
    tarballs.verify(release, checksum, bytes);
    return tarballs.read(release, bytes);
  }

  private byte[] bytes(ReleaseId release) throws HexException {
    Path file = folder.resolve(release.fileName());
    try {
      long size = Files.size(file);
      if (size > tarballs.limits().tarball()) {
        throw new HexException.TooLarge(
            release.toString(),
            file
                + " has "
                + size
                + " bytes, more than "
                + tarballs.limits().tarball()
                + ": it is left out.");
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new HexException.Missing(
          release.toString(), file + " is not there: check the name and the folder.");
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static HexException.LocalFailure unreadable(Path path, Exception e) {
    return new HexException.LocalFailure(
        path.toString(),
        path + " can't be read (" + e + "): check that it is there and may be read.",
        e);
  }

  @Override
  public void close() {}
}
