package dev.hexlens.store;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The files of a release, in the order of answers: by the bytes of their paths, those that a
 * program wrote behind the others. Packed: a large registry has some hundred thousand files.
 */
final class FileTable {
  private final byte[] paths;

  /** Where each path ends. */
  private final int[] ends;

  private final long[] contents;
  private final long[] signatures;

  /** From here on a program wrote them. */
  private final int generated;

  private FileTable(List<Row> rows) {
    int size = rows.size();
    this.ends = new int[size];
    this.contents = new long[size];
    this.signatures = new long[size];
    int end = 0;
    int own = 0;
    for (int i = 0; i < size; i++) {
      Row row = rows.get(i);
      end += row.path.length;
      ends[i] = end;
      contents[i] = row.content;
      signatures[i] = row.signature;
      own += row.generated ? 0 : 1;
    }
    this.generated = own;
    this.paths = new byte[end];
    for (int i = 0; i < size; i++) {
      byte[] path = rows.get(i).path;
      System.arraycopy(path, 0, paths, ends[i] - path.length, path.length);
    }
  }

  private record Row(byte[] path, long content, long signature, boolean generated) {}

  private static final Comparator<Row> ORDER =
      Comparator.comparing(Row::generated).thenComparing(Row::path, Arrays::compareUnsigned);

  /** Gathers the files of a release, in any order. */
  static final class Builder {
    private final List<Row> rows = new ArrayList<>();

    void add(byte[] path, long content, long signature, boolean generated) {
      rows.add(new Row(path, content, signature, generated));
    }

    FileTable build() {
      rows.sort(ORDER);
      return new FileTable(rows);
    }
  }

  /** The first of those that a program wrote, or of the others. */
  int first(boolean ofGenerated) {
    return ofGenerated ? generated : 0;
  }

  /** The end of those that a program wrote, or of the others, exclusive. */
  int end(boolean ofGenerated) {
    return ofGenerated ? ends.length : generated;
  }

  String path(int file) {
    int start = file == 0 ? 0 : ends[file - 1];
    return new String(paths, start, ends[file] - start, StandardCharsets.UTF_8);
  }

  long content(int file) {
    return contents[file];
  }

  /** Which linkage of the content holds here; 0 for what has none. */
  long signature(int file) {
    return signatures[file];
  }

  /** In bytes, about. */
  int weight() {
    return 96 + paths.length + ends.length * (Integer.BYTES + 2 * Long.BYTES);
  }
}
