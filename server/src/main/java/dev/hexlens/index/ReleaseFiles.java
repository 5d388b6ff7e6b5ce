package dev.hexlens.index;

import dev.hexlens.hex.Checksum;
import dev.hexlens.hex.HexException;
import dev.hexlens.hex.ReleaseSource;
import dev.hexlens.hex.Tarball;
import dev.hexlens.store.OutdatedReleases;
import java.util.List;

/**
 * The files of a release, with those that could not be had.
 *
 * @param checksum of the tarball that they are from
 * @param problems a sentence each
 */
record ReleaseFiles(String checksum, List<Extractor.Source> files, List<String> problems) {

  /** From the store where the plan says so and it has them still, else from the repository. */
  static ReleaseFiles of(ReleasePlan plan, OutdatedReleases stored, ReleaseSource source)
      throws HexException, InterruptedException {
    Checksum checksum = plan.checksum();
    if (plan.stored()) {
      var files =
          stored.files(
              HexIndexer.ECOSYSTEM,
              plan.id().name(),
              plan.id().version().toString(),
              checksum.hex());
      if (files.isPresent()) {
        return new ReleaseFiles(
            checksum.hex(),
            files.get().stream()
                .map(file -> new Extractor.Source(file.path(), file.bytes()))
                .toList(),
            List.of());
      }
    }
    Tarball tarball = source.tarball(plan.id(), checksum);
    return new ReleaseFiles(
        tarball.checksum().hex(),
        tarball.files().stream()
            .map(file -> new Extractor.Source(file.path(), file.bytes()))
            .toList(),
        tarball.problems().stream().map(Object::toString).toList());
  }
}
