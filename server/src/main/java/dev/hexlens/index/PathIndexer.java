package dev.hexlens.index;

import dev.hexlens.hex.Requirement;
import dev.hexlens.hex.SourceFile;
import dev.hexlens.store.FileRecord;
import dev.hexlens.store.Indexes;
import dev.hexlens.store.Loader;
import dev.hexlens.store.OutdatedReleases;
import dev.hexlens.store.Ranks;
import dev.hexlens.store.ReleaseRecord;
import dev.hexlens.store.SymbolDictionary;
import dev.hexlens.store.postgres.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Indexes a folder as one version of a package. */
public final class PathIndexer {
  /** Unless said otherwise. */
  public static final String ECOSYSTEM = "path";

  /** Why a folder's release is kept. */
  static final String REASON = "path";

  private final Database database;
  private final Consumer<IndexEvent> listener;

  public PathIndexer(Database database, Consumer<IndexEvent> listener) {
    this.database = database;
    this.listener = listener;
  }

  /**
   * As what a folder is indexed.
   *
   * @param source where it came from, for people, such as a repository and a commit; null for the
   *     folder's path
   * @param dependencies names of packages that its names may come from
   */
  public record Identity(
      String ecosystem,
      String name,
      String version,
      @Nullable String source,
      Set<String> dependencies) {
    public Identity {
      dependencies = Set.copyOf(dependencies);
    }
  }

  /** Indexes a folder as a version of a package of the ecosystem {@code path}. */
  public IndexReport index(Path folder, String name, String version, Set<String> dependencies)
      throws IOException {
    return index(folder, new Identity(ECOSYSTEM, name, version, null, dependencies));
  }

  /**
   * Indexes the sources under a folder; what was there under this name and version is replaced,
   * other versions stay.
   */
  public IndexReport index(Path folder, Identity identity) throws IOException {
    String name = identity.name();
    String version = identity.version();
    RunLog log = new RunLog(listener);
    log.planned(1, 0);
    log.started(name + "@" + version);
    List<String> problems = new ArrayList<>();
    List<Extractor.Source> sources = read(folder, problems);
    KnownExports exports = new KnownExports(new StoredExports(database), true);
    Map<String, String> requirements =
        identity.dependencies().stream()
            .collect(Collectors.toMap(each -> each, each -> Requirement.ANY));
    try (Extractor extractor = new Extractor()) {
      refresh(log);
      Extractor.Extracted extracted = log.timed("extract", () -> extractor.extract(sources));
      problems.addAll(extracted.problems());
      problems.forEach(problem -> log.problem(name + "@" + version, problem));
      List<FileRecord> files =
          log.timed(
              "link",
              () -> extractor.link(extracted, exports.seenBy(extracted.exports(), requirements)));
      ReleaseRecord release =
          new ReleaseRecord(
              identity.ecosystem(),
              name,
              version,
              checksum(sources),
              REASON,
              requirements,
              identity.source() == null
                  ? folder.toAbsolutePath().normalize().toString()
                  : identity.source(),
              files,
              problems);
      log.extracted(
          release.toString(),
          files.size(),
          sources.stream().mapToLong(source -> source.bytes().length).sum());
      if (files.isEmpty()) {
        log.skipped(release.toString(), RunLog.BARE + " under " + folder);
        return log.report();
      }
      log.timed("load", () -> new Loader(database, new SymbolDictionary()).load(List.of(release)));
      log.stored(release.toString());
      log.stage("building indexes");
      new Indexes(database).afterBulk();
      new Ranks(database).refresh();
      return log.report();
    }
  }

  /** After those of Hex, whose exports they may see: they are for `index hex` to read again. */
  private void refresh(RunLog log) {
    int ofHex = new OutdatedReleases(database, Extractor.VERSION).find(HexIndexer.ECOSYSTEM).size();
    if (ofHex == 0) {
      new StoredFolders(database, log).refresh();
    } else {
      log.registryProblem(
          ofHex
              + " releases of Hex were read by another version of HexLens and are missing from"
              + " answers: index hex reads them again, from what is stored.");
    }
  }

  private static List<Extractor.Source> read(Path folder, List<String> problems)
      throws IOException {
    List<Extractor.Source> sources = new ArrayList<>();
    List<Path> files =
        SourceFiles.under(List.of(folder), file -> SourceLanguage.of(file.toString()).isPresent());
    for (Path file : files) {
      String path = folder.relativize(file).toString().replace('\\', '/');
      SourceFile read = new SourceFile(path, Files.readAllBytes(file));
      read.textProblem()
          .ifPresentOrElse(
              problem -> problems.add(problem.toString()),
              () -> sources.add(new Extractor.Source(path, read.bytes())));
    }
    return sources;
  }

  private static String checksum(List<Extractor.Source> sources) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Extractor.Source source : sources) {
        digest.update(source.path().getBytes(StandardCharsets.UTF_8));
        digest.update(source.bytes());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
