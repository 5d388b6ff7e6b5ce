package dev.hexlens.index;

import dev.hexlens.elixir.facts.ModuleExports;
import dev.hexlens.hex.Requirement;
import dev.hexlens.store.FileRecord;
import dev.hexlens.store.Loader;
import dev.hexlens.store.ReleaseRecord;
import dev.hexlens.store.Releases;
import dev.hexlens.store.SymbolDictionary;
import dev.hexlens.store.TextPostings;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Indexes the packages that a project has on disk beside its own sources. */
public final class DependencyIndexer {
  private static final String ECOSYSTEM = "hex";
  private static final String REASON = "locked";

  /** Sources of tests and generated files can be large, and nobody calls what is in them. */
  private static final long MAX_FILE_BYTES = 8L << 20;

  private final Database database;
  private final Loader loader;
  private final Releases releases;

  /**
   * A package on disk.
   *
   * @param checksum changes when its contents do
   * @param dependencies names of the packages that it needs itself
   */
  public record OnDisk(
      String name, String version, String checksum, Set<String> dependencies, Path folder) {
    String stored() {
      return checksum + " by extractor " + Extractor.VERSION;
    }
  }

  public DependencyIndexer(Database database, SymbolDictionary symbols) {
    this.database = database;
    this.loader = new Loader(database, symbols);
    this.releases = new Releases(database);
  }

  /**
   * Brings the packages up to date; those that are not among these go.
   *
   * @param listener gets the name of each package before it is read
   * @return the modules of the packages that are new or have changed
   */
  public Set<String> update(
      Collection<OnDisk> packages, Consumer<String> listener, Cancellation cancellation) {
    Map<String, Releases.Indexed> there = new HashMap<>();
    for (Releases.Indexed release : releases.indexed()) {
      if (release.ecosystem().equals(ECOSYSTEM)) {
        there.put(release.name(), release);
      }
    }
    Set<String> modules = new HashSet<>();
    KnownExports exports = new KnownExports(new StoredExports(database), true);
    try (ParallelExtractor extractor =
        new ParallelExtractor(Runtime.getRuntime().availableProcessors())) {
      for (OnDisk each : inOrder(packages)) {
        cancellation.throwIfCancelled();
        Releases.Indexed known = there.remove(each.name());
        boolean same =
            known != null
                && known.version().equals(each.version())
                && known.checksum().equals(each.stored());
        if (!same) {
          listener.accept(each.name());
          if (known != null && !known.version().equals(each.version())) {
            releases.drop(each.name(), null);
          }
          modules.addAll(index(each, exports, extractor, cancellation));
        }
      }
    }
    there.keySet().forEach(name -> releases.drop(name, null));
    new TextPostings(database).build();
    return modules;
  }

  private Set<String> index(
      OnDisk each, KnownExports exports, ParallelExtractor extractor, Cancellation cancellation) {
    List<String> problems = new ArrayList<>();
    Extractor.Extracted read = extractor.extract(sources(each, problems), cancellation);
    problems.addAll(read.problems());
    Map<String, String> requirements =
        each.dependencies().stream()
            .collect(Collectors.toMap(name -> name, name -> Requirement.ANY));
    exports.add(each.name(), each.version(), read.exports(), requirements);
    List<FileRecord> files =
        extractor.link(read, exports.seenBy(read.exports(), requirements), cancellation);
    loader.load(
        List.of(
            new ReleaseRecord(
                ECOSYSTEM,
                each.name(),
                each.version(),
                each.stored(),
                REASON,
                requirements,
                each.folder().toString(),
                files,
                problems)));
    return read.exports().values().stream().map(ModuleExports::name).collect(Collectors.toSet());
  }

  private static List<Extractor.Source> sources(OnDisk each, List<String> problems) {
    List<Extractor.Source> sources = new ArrayList<>();
    for (Path file :
        SourceFiles.under(
            List.of(each.folder()), path -> SourceLanguage.of(path.toString()).isPresent())) {
      String path = each.folder().relativize(file).toString().replace('\\', '/');
      try {
        if (Files.size(file) > MAX_FILE_BYTES) {
          problems.add(path + " is larger than " + (MAX_FILE_BYTES >> 20) + " MB and left out");
        } else {
          sources.add(new Extractor.Source(path, Files.readAllBytes(file)));
        }
      } catch (IOException e) {
        problems.add(path + " can't be read: " + e.getMessage());
      }
    }
    return sources;
  }

  /** What is needed first: a package is linked with the exports of those that it needs. */
  private static List<OnDisk> inOrder(Collection<OnDisk> packages) {
    Map<String, OnDisk> byName = new HashMap<>();
    packages.forEach(each -> byName.put(each.name(), each));
    Set<OnDisk> ordered = new LinkedHashSet<>();
    Set<String> visited = new HashSet<>();
    packages.forEach(each -> visit(each, byName, visited, ordered));
    return List.copyOf(ordered);
  }

  private static void visit(
      OnDisk each, Map<String, OnDisk> byName, Set<String> visited, Set<OnDisk> ordered) {
    if (visited.add(each.name())) {
      for (String dependency : each.dependencies()) {
        OnDisk known = byName.get(dependency);
        if (known != null) {
          visit(known, byName, visited, ordered);
        }
      }
      ordered.add(each);
    }
  }
}
