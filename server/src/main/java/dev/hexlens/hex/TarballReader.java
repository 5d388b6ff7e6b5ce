package dev.hexlens.hex;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Verifies and unpacks tarballs. */
final class TarballReader {
  private final TarballLimits limits;
  private final Predicate<String> wanted;

  /**
   * Reads within limits.
   *
   * @param wanted which files to hold, by path relative to the package
   */
  TarballReader(TarballLimits limits, Predicate<String> wanted) {
    this.limits = limits;
    this.wanted = wanted;
  }

  TarballLimits limits() {
    return limits;
  }

  /**
   * Compares a tarball's bytes with what the registry signed for. With an outer checksum nothing in
   * the bytes is looked at before.
   */
  void verify(ReleaseId release, Checksum expected, byte[] tarball) throws HexException {
    Checksum actual =
        switch (expected.kind()) {
          case OUTER -> Checksum.ofTarball(tarball);
          case INNER -> TarballMembers.read(release.toString(), tarball, limits).inner();
        };
    if (!actual.equals(expected)) {
      throw new HexException.WrongChecksum(
          release.toString(),
          expected,
          actual,
          "The tarball of "
              + release
              + " has the checksum "
              + actual
              + ", the registry says "
              + expected
              + ": try again later, or use another mirror.");
    }
  }

  /** Unpacks a tarball that was verified, or that is trusted because it is the user's own. */
  Tarball read(ReleaseId release, byte[] tarball) throws HexException {
    String resource = release.toString();
    TarballMembers members = TarballMembers.read(resource, tarball, limits);
    List<FileProblem> problems = new ArrayList<>();
    PackageMetadata metadata = metadata(release, members.metadata(), problems);
    ContentsReader contents = new ContentsReader(resource, limits, wanted);
    contents.read(members.contents());
    problems.addAll(contents.problems());
    return new Tarball(
        release, Checksum.ofTarball(tarball), tarball.length, metadata, contents.files(), problems);
  }

  /** What the tarball says of itself, without unpacking its contents. */
  PackageMetadata metadata(ReleaseId release, byte[] tarball) throws HexException {
    TarballMembers members = TarballMembers.read(release.toString(), tarball, limits);
    return metadata(release, members.metadata(), new ArrayList<>());
  }

  private static PackageMetadata metadata(
      ReleaseId release, byte[] config, List<FileProblem> problems) {
    try {
      PackageMetadata metadata = MetadataReader.read(config);
      if (!release.name().equals(metadata.name())
          || !release.version().toString().equals(metadata.version())) {
        problems.add(
            metadataProblem(
                "says that it is "
                    + EntryPath.printable(metadata.name() + " " + metadata.version())));
      }
      return metadata;
    } catch (ErlangTermReader.SyntaxException e) {
      problems.add(metadataProblem("can't be read: " + e.getMessage()));
      return PackageMetadata.NONE;
    }
  }

  private static FileProblem metadataProblem(String detail) {
    return new FileProblem("metadata.config", FileProblem.Kind.METADATA, detail);
  }
}
