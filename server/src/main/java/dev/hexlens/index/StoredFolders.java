package dev.hexlens.index;

import dev.hexlens.store.Loader;
import dev.hexlens.store.OutdatedReleases;
import dev.hexlens.store.OutdatedReleases.Outdated;
import dev.hexlens.store.ReleaseRecord;
import dev.hexlens.store.SymbolDictionary;
import dev.hexlens.store.postgres.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Releases that were read from folders, by an earlier version of HexLens: without being read again
 * they would be missing from answers. Their sources are in the store, so the folders needn't be
 * there any more.
 */
final class StoredFolders {
  private final Database database;
  private final OutdatedReleases outdated;
  private final RunLog log;

  StoredFolders(Database database, RunLog log) {
    this.database = database;
    this.outdated = new OutdatedReleases(database, Extractor.VERSION);
    this.log = log;
  }

  private record Read(Outdated release, Extractor.Extracted extracted) {}

  /** Reads them again. */
  void refresh() {
    List<Outdated> found = outdated.ofFolders(HexIndexer.ECOSYSTEM);
    if (found.isEmpty()) {
      return;
    }
    log.stage("reading again what another version of HexLens read");
    KnownExports exports = new KnownExports(new StoredExports(database), true);
    Loader loader = new Loader(database, new SymbolDictionary());
    try (Extractor extractor = new Extractor()) {
      List<Read> read = new ArrayList<>();
      for (Outdated each : found) {
        files(each)
            .ifPresent(files -> {
              Extractor.Extracted extracted = log.timed("extract", () -> extractor.extract(files));
              exports.add(each.name(), each.version(), extracted.exports(), each.requirements());
              read.add(new Read(each, extracted));
            });
      }
      for (Read each : read) {
        ReleaseRecord release =
            log.timed("link", () -> linked(each.release(), each.extracted(), extractor, exports));
        log.timed("load", () -> loader.load(List.of(release)));
      }
    }
    outdated.forget();
  }

  private Optional<List<Extractor.Source>> files(Outdated release) {
    return outdated
        .files(release.ecosystem(), release.name(), release.version(), release.checksum())
        .map(files ->
            files.stream().map(file -> new Extractor.Source(file.path(), file.bytes())).toList());
  }

  private static ReleaseRecord linked(
      Outdated release, Extractor.Extracted extracted, Extractor extractor, KnownExports exports) {
    return new ReleaseRecord(
        release.ecosystem(),
        release.name(),
        release.version(),
        release.checksum(),
        PathIndexer.REASON,
        release.requirements(),
        release.source(),
        extractor.link(extracted, exports.seenBy(extracted.exports(), release.requirements())),
        extracted.problems());
  }
}
