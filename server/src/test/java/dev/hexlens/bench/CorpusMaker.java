package dev.hexlens.bench;

import dev.hexlens.fixtures.FixtureRelease;
import dev.hexlens.fixtures.HexTarball;
import dev.hexlens.fixtures.TarWriter;
import dev.hexlens.hex.Dependency;
import dev.hexlens.hex.HexException;
import dev.hexlens.hex.PackageReleases;
import dev.hexlens.hex.ReleaseId;
import dev.hexlens.hex.ReleaseSelection;
import dev.hexlens.hex.SourceFile;
import dev.hexlens.hex.TarballFolder;
import dev.hexlens.hex.TarballLimits;
import dev.hexlens.index.SourceLanguage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Makes many packages out of few: each is cut into pieces, and each piece is written again and
 * again under other names, so that an index is tried at a size for which nobody has the packages at
 * hand. See {@link CorpusCopy} for how copies differ. The same sources make the same corpus.
 */
@CommandLine.Command(
    name = "make-corpus",
    mixinStandardHelpOptions = true,
    description = "Writes as many valid tarballs of Hex as you like, made of some real ones.")
final class CorpusMaker implements Callable<Integer> {
  /** A package of Hex has three dependencies in the mean; some have many. */
  private static final int MAX_DEPENDENCIES = 8;

  /** A copy's size over that of its original, in the mean. */
  private static final double GROWTH = 1.06;

  /** Written at once. */
  private static final int SLICE = 50;

  private static final Pattern ALIAS = Pattern.compile("(?<![\\w.])[A-Z]\\w*(?:\\.[A-Z]\\w*)*");

  @Parameters(index = "0", paramLabel = "TARBALLS", description = "Folder of NAME-VERSION.tar.")
  private Path tarballs = Path.of("");

  @Parameters(index = "1", paramLabel = "OUT", description = "New folder for those made.")
  private Path out = Path.of("");

  @Option(names = "--packages", defaultValue = "20000", description = "At least so many.")
  private int packages;

  @Option(
      names = "--bytes",
      defaultValue = "1200000000",
      description = "At least so many bytes of source.")
  private long bytes;

  CorpusMaker() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new CorpusMaker()).execute(args));
  }

  /** A package as it was published, its sources only. */
  private record Original(ReleaseId id, List<Dependency> dependencies, List<SourceFile> sources) {}

  /** Some of a package's sources, to become a package of their own. */
  private static final class Piece {
    final Original original;
    final int index;
    final List<SourceFile> files = new ArrayList<>();
    long bytes;

    /** Pieces of the same package, and of others, that it needs. */
    final List<Piece> own = new ArrayList<>();

    final List<Piece> others = new ArrayList<>();

    Piece(Original original, int index) {
      this.original = original;
      this.index = index;
    }

    String name(int copy) {
      String name = original.id().name();
      return (copy == 0 && index == 0) ? name : name + "_" + index + "_" + copy;
    }

    boolean isOf(Original other) {
      return original.id().equals(other.id());
    }

    String version() {
      return original.id().version().toString();
    }
  }

  @Override
  public Integer call() throws IOException, HexException, InterruptedException, ExecutionException {
    Files.createDirectories(out);
    try (var files = Files.list(out)) {
      if (files.findAny().isPresent()) {
        System.err.println("make-corpus: " + out + " is not empty");
        return CommandLine.ExitCode.USAGE;
      }
    }
    List<Original> originals = read();
    if (originals.isEmpty()) {
      System.err.println("make-corpus: no tarball in " + tarballs + " has sources");
      return CommandLine.ExitCode.USAGE;
    }
    Map<String, CorpusNames> names =
        CorpusNames.of(
            originals.stream()
                .collect(Collectors.toMap(each -> each.id().name(), Original::sources)));
    List<Piece> pieces = cut(originals);
    depend(pieces);
    Written written = write(pieces, names);
    System.out.printf(
        Locale.ROOT,
        "%d packages, %.1f MB of source: %d packages in %d pieces%n",
        written.packages(),
        written.bytes() / 1e6,
        originals.size(),
        pieces.size());
    return 0;
  }

  private List<Original> read() throws HexException, InterruptedException {
    List<Original> originals = new ArrayList<>();
    try (TarballFolder folder =
        TarballFolder.open(
            tarballs, TarballLimits.DEFAULT, path -> SourceLanguage.of(path).isPresent())) {
      for (ReleaseId id : new ReleaseSelection.Latest(false).choose(folder.versions())) {
        PackageReleases.Release release =
            folder.packageReleases(id.name()).release(id.version()).orElseThrow();
        List<SourceFile> sources = folder.tarball(id, release.checksum()).files();
        if (!sources.isEmpty()) {
          originals.add(new Original(id, release.dependencies(), sources));
        }
      }
    }
    return originals;
  }

  /** Into pieces of about the size that a package must have in the mean. */
  private List<Piece> cut(List<Original> originals) {
    double wanted = bytes / (double) packages / GROWTH;
    // A piece ends with a whole file, beyond its size; a small package makes one that is smaller.
    double size = wanted / 4;
    List<Piece> pieces = cut(originals, size);
    while (mean(pieces) < wanted && size < 8 * wanted) {
      size *= 1.03;
      pieces = cut(originals, size);
    }
    return pieces;
  }

  private static double mean(List<Piece> pieces) {
    return pieces.stream().mapToLong(piece -> piece.bytes).average().orElseThrow();
  }

  private static List<Piece> cut(List<Original> originals, double size) {
    List<Piece> pieces = new ArrayList<>();
    for (Original original : originals) {
      Piece piece = new Piece(original, 0);
      pieces.add(piece);
      for (SourceFile file : original.sources()) {
        if (piece.bytes >= size) {
          piece = new Piece(original, piece.index + 1);
          pieces.add(piece);
        }
        piece.files.add(file);
        piece.bytes += file.bytes().length;
      }
    }
    return pieces;
  }

  /** A piece depends on those that define what it names most, as far as its package does. */
  private static void depend(List<Piece> pieces) {
    Map<String, Map<String, Piece>> definers = new HashMap<>();
    for (Piece piece : pieces) {
      Map<String, Piece> defined =
          definers.computeIfAbsent(piece.original.id().name(), name -> new HashMap<>());
      find(CorpusNames.MODULE, 1, piece).forEach((name, count) -> defined.putIfAbsent(name, piece));
    }
    for (Piece piece : pieces) {
      Set<String> reach = new HashSet<>();
      reach.add(piece.original.id().name());
      piece.original.dependencies().forEach(each -> reach.add(each.name()));
      Map<Piece, Integer> mentioned = new HashMap<>();
      find(ALIAS, 0, piece)
          .forEach((name, count) -> {
            for (String each : reach) {
              Piece definer = definers.getOrDefault(each, Map.of()).get(name);
              if (definer != null
                  && (!definer.isOf(piece.original) || definer.index < piece.index)) {
                mentioned.merge(definer, count, Integer::sum);
              }
            }
          });
      mentioned.entrySet().stream()
          .sorted(
              Map.Entry.<Piece, Integer>comparingByValue(Comparator.reverseOrder())
                  .thenComparing(entry -> entry.getKey().name(1)))
          .limit(MAX_DEPENDENCIES)
          .map(Map.Entry::getKey)
          .forEach(each -> (each.isOf(piece.original) ? piece.own : piece.others).add(each));
    }
  }

  private static Map<String, Integer> find(Pattern pattern, int group, Piece piece) {
    Map<String, Integer> found = new TreeMap<>();
    for (SourceFile file : piece.files) {
      Matcher each = pattern.matcher(new String(file.bytes(), StandardCharsets.ISO_8859_1));
      while (each.find()) {
        found.merge(String.valueOf(each.group(group)), 1, Integer::sum);
      }
    }
    return found;
  }

  private record Written(int packages, long bytes) {}

  private Written write(List<Piece> pieces, Map<String, CorpusNames> names)
      throws InterruptedException, ExecutionException {
    int processors = Runtime.getRuntime().availableProcessors();
    int count = 0;
    long written = 0;
    try (ExecutorService executor = Executors.newFixedThreadPool(processors)) {
      for (int copy = 0; count < packages || written < bytes; copy++) {
        int number = copy;
        for (int at = 0; at < pieces.size() && (count < packages || written < bytes); at += SLICE) {
          List<Piece> slice = pieces.subList(at, Math.min(at + SLICE, pieces.size()));
          List<Future<Long>> work =
              slice.stream()
                  .map(piece ->
                      executor.submit(() -> write(piece, number, copy(piece, names, number))))
                  .toList();
          for (Future<Long> each : work) {
            written += each.get();
            count++;
          }
        }
      }
    }
    return new Written(count, written);
  }

  private static CorpusCopy copy(Piece piece, Map<String, CorpusNames> names, int number) {
    return new CorpusCopy(Objects.requireNonNull(names.get(piece.original.id().name())), number);
  }

  private long write(Piece piece, int number, CorpusCopy copy) throws IOException {
    TarWriter archive = new TarWriter();
    long size = 0;
    for (SourceFile file : piece.files) {
      byte[] content = copy.of(file);
      size += content.length;
      archive.file(file.path(), content);
    }
    List<FixtureRelease.Requirement> requirements = new ArrayList<>();
    piece.own.forEach(each -> requirements.add(requirement(each, number)));
    piece.others.forEach(each -> requirements.add(requirement(each, 0)));
    HexTarball tarball =
        HexTarball.of(piece.name(number), piece.version())
            .contents(gzip(archive.toByteArray()))
            .requirements(requirements)
            .build();
    Files.write(out.resolve(tarball.fileName()), tarball.bytes());
    return size;
  }

  private static FixtureRelease.Requirement requirement(Piece piece, int copy) {
    String name = piece.name(copy);
    return new FixtureRelease.Requirement(name, "== " + piece.version(), false, name);
  }

  /** At the lowest level: there is much of it, and it is read once. */
  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(content.length / 3);
    try (GZIPOutputStream gzip =
        new GZIPOutputStream(packed) {
          {
            def.setLevel(1);
          }
        }) {
      gzip.write(content);
    }
    return packed.toByteArray();
  }
}
