package dev.hexlens.hex;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Unpacks contents.tar.gz in memory. Nothing touches the disk, so a path can only mislead; still
 * none is kept that could, since the sources are shown under it. Entries that are not wanted are
 * passed over without being held.
 */
final class ContentsReader {
  private final String resource;
  private final TarballLimits limits;
  private final Predicate<String> wanted;
  private final TreeMap<String, SourceFile> files = new TreeMap<>();
  private final List<FileProblem> problems = new ArrayList<>();

  ContentsReader(String resource, TarballLimits limits, Predicate<String> wanted) {
    this.resource = resource;
    this.limits = limits;
    this.wanted = wanted;
  }

  /** Reads all of it; {@link #files} and {@link #problems} then have the result. */
  void read(byte[] contents) throws HexException {
    // A ratio alone would refuse a small package with one generated table.
    long limit =
        Math.min(
            limits.unpacked(),
            Math.max(limits.ratioFrom(), limits.ratio() * (long) contents.length));
    try (InputStream inflated = new LimitedInputStream(Gzip.open(contents), limit);
        EntryStream entries = EntryStream.over(inflated)) {
      int count = 0;
      for (TarArchiveEntry entry = entries.next(); entry != null; entry = entries.next()) {
        if (++count > limits.entries()) {
          throw new OverLimitException("more than " + limits.entries() + " entries");
        }
        read(entry, entries);
      }
      // To the end, where gzip's checksum is: what was cut off may have been the last file.
      inflated.transferTo(OutputStream.nullOutputStream());
    } catch (OverLimitException e) {
      throw new HexException.TooLarge(
          resource,
          "The contents of "
              + resource
              + " ("
              + contents.length
              + " bytes) unpack to "
              + e.getMessage()
              + ": the package is left out, as a bomb would be.");
    } catch (IOException e) {
      throw new HexException.BadTarball(
          resource,
          "The contents.tar.gz of "
              + resource
              + " can't be unpacked ("
              + e.getMessage()
              + "): it was published so, and is left out.",
          e);
    }
    removeUnreadable();
  }

  List<SourceFile> files() {
    return List.copyOf(files.values());
  }

  List<FileProblem> problems() {
    return List.copyOf(problems);
  }

  private void read(TarArchiveEntry entry, EntryStream entries) throws IOException {
    if (entry.isDirectory()) {
      return;
    }
    Optional<String> name = entries.utf8Name(entry);
    if (name.isEmpty()) {
      report(entry.getName(), FileProblem.Kind.NAME_NOT_UTF8, "has a name that is not UTF-8");
      return;
    }
    Optional<String> path = EntryPath.normalise(name.get());
    if (path.isEmpty()) {
      report(
          name.get(),
          FileProblem.Kind.UNSAFE_PATH,
          EntryPath.complaint(name.get()).orElse("is no path"));
    } else if (wanted.test(path.get())) {
      readWanted(path.get(), entry, entries);
    }
  }

  private void readWanted(String path, TarArchiveEntry entry, EntryStream entries)
      throws IOException {
    String base = path.substring(path.lastIndexOf('/') + 1);
    if (!EntryStream.isFile(entry)) {
      reportNoFile(path, entry);
    } else if (base.startsWith("._")) {
      report(path, FileProblem.Kind.RESOURCE_FORK, "is a Macintosh resource fork");
    } else if (entry.getSize() > limits.file()) {
      report(
          path,
          FileProblem.Kind.TOO_LARGE,
          "has " + entry.getSize() + " bytes, more than " + limits.file());
    } else if (files.put(path, new SourceFile(path, entries.content())) != null) {
      report(path, FileProblem.Kind.DUPLICATE, "is there twice; the last one counts");
    }
  }

  private void reportNoFile(String path, TarArchiveEntry entry) {
    byte type = entry.getLinkFlag();
    if (type == TarConstants.LF_SYMLINK || type == TarConstants.LF_LINK) {
      report(
          path,
          FileProblem.Kind.LINK,
          (type == TarConstants.LF_SYMLINK ? "is a symbolic link to " : "is a hard link to ")
              + EntryPath.printable(entry.getLinkName()));
    } else {
      report(
          path,
          FileProblem.Kind.NOT_A_FILE,
          "is no plain file (tar's entry type " + EntryPath.printable((char) type + "") + ")");
    }
  }

  private void removeUnreadable() {
    files
        .values()
        .removeIf(file -> {
          Optional<FileProblem> problem = file.textProblem();
          problem.ifPresent(problems::add);
          return problem.isPresent();
        });
  }

  private void report(String path, FileProblem.Kind kind, String detail) {
    problems.add(new FileProblem(EntryPath.printable(path), kind, detail));
  }
}
