package dev.hexlens.store;

import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.store.ReleaseRows.PackageName;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stores releases in batches. The symbols go first, in a transaction of their own: an id that is
 * not used does no harm. Then contents and files in one transaction, by binary COPY. What makes a
 * release visible is one row at the very end, so a release is there as a whole or not at all.
 */
public final class Loader {
  private final Database database;
  private final SymbolDictionary symbols;
  private final @Nullable String worker;

  /** A loader of releases that nobody claims. */
  public Loader(Database database, SymbolDictionary symbols) {
    this(database, symbols, null);
  }

  /**
   * A loader of claimed releases.
   *
   * @param worker whose claims they are; null for releases that nobody claims
   */
  public Loader(Database database, SymbolDictionary symbols, @Nullable String worker) {
    this.database = database;
    this.symbols = symbols;
    this.worker = worker;
  }

  /**
   * Stores these releases; one that is there already under its name and version is replaced, one
   * whose claim another worker took over is left to that one.
   *
   * @return those that are stored
   * @throws dev.hexlens.store.postgres.DatabaseException when the database refuses; then nothing of
   *     the batch is visible, and the same batch may be loaded again
   */
  public List<ReleaseRecord> load(List<ReleaseRecord> releases) {
    Map<Symbol, Integer> ids = symbolIds(releases);
    return database.inTransaction(connection -> {
      try {
        StoreLock.storing(connection);
        List<ReleaseRecord> ours =
            worker == null ? releases : Claims.claimed(connection, releases, worker);
        contents(connection, ours, ids);
        Map<Integer, List<FileRecord>> files = new LinkedHashMap<>();
        Map<PackageName, Integer> packages = ReleaseRows.packageIds(connection, ours);
        for (ReleaseRecord release : ours) {
          int packageId = Objects.requireNonNull(packages.get(PackageName.of(release)));
          files.put(ReleaseRows.upsert(connection, release, packageId), release.files());
        }
        List<Long> replaced = Removal.files(connection, List.copyOf(files.keySet()));
        ReleaseRows.copyFiles(connection, files);
        Removal.orphans(connection, replaced);
        ReleaseRows.publish(connection, List.copyOf(files.keySet()));
        return ours;
      } catch (IOException e) {
        throw refused(e);
      }
    });
  }

  /**
   * Replaces some files of a release and leaves the others; makes the release where it is missing.
   * All of it is visible at once, or nothing.
   *
   * @param changes the release with the files that are new or differ
   * @param removed paths of files that are no more
   * @param stamps by which the changed files are known to be unchanged, by path
   */
  public void update(
      ReleaseRecord changes, Collection<String> removed, Map<String, FileStamps.Stamp> stamps) {
    Map<Symbol, Integer> ids = symbolIds(List.of(changes));
    database.useTransaction(
        Cancellation.NONE,
        connection -> {
          try {
            StoreLock.storing(connection);
            contents(connection, List.of(changes), ids);
            int packageId =
                Objects.requireNonNull(
                    ReleaseRows.packageIds(connection, List.of(changes))
                        .get(PackageName.of(changes)));
            int id = ReleaseRows.upsert(connection, changes, packageId);
            List<String> gone = new ArrayList<>(removed);
            changes.files().forEach(file -> gone.add(file.path()));
            List<Long> replaced = Removal.files(connection, id, gone);
            ReleaseRows.copyFiles(connection, Map.of(id, changes.files()));
            FileStamps.replace(connection, id, removed, stamps);
            ReleaseRows.countFiles(connection, id);
            Removal.orphans(connection, replaced);
            ReleaseRows.publish(connection, List.of(id));
          } catch (IOException e) {
            throw refused(e);
          }
        });
  }

  /** What the copying of rows hides in an IOException. */
  private static SQLException refused(IOException e) {
    if (e.getCause() instanceof SQLException refused) {
      return refused;
    }
    throw new UncheckedIOException(e);
  }

  private Map<Symbol, Integer> symbolIds(List<ReleaseRecord> releases) {
    Set<Symbol> wanted = new HashSet<>();
    Map<Symbol, ReleaseRecord> definers = new HashMap<>();
    Map<Symbol, String> kinds = new HashMap<>();
    for (ReleaseRecord release : releases) {
      for (FileRecord file : release.files()) {
        if (file.extraction() != null) {
          wanted.addAll(file.extraction().facts().symbols());
          file.extraction()
              .facts()
              .definitions()
              .forEach(d -> {
                kinds.putIfAbsent(d.symbol(), d.kind().printed());
                definers.putIfAbsent(d.symbol(), release);
              });
        }
      }
    }
    try {
      return database.inTransaction(connection -> {
        try (Statement statement = connection.createStatement()) {
          // An id that others know must not be lost in a crash and given to another symbol.
          statement.execute("SET LOCAL synchronous_commit = on");
        }
        Map<PackageName, Integer> packages = ReleaseRows.packageIds(connection, releases);
        Map<Symbol, SymbolDictionary.Defined> defined = new HashMap<>();
        definers.forEach((symbol, release) ->
            defined.put(
                symbol,
                new SymbolDictionary.Defined(
                    Objects.requireNonNull(kinds.get(symbol)),
                    Objects.requireNonNull(packages.get(PackageName.of(release))))));
        return symbols.ids(connection, wanted, defined);
      });
    } catch (RuntimeException e) {
      symbols.forget(); // what was not committed is not there
      throw e;
    }
  }

  private void contents(
      Connection connection, List<ReleaseRecord> releases, Map<Symbol, Integer> ids)
      throws SQLException, IOException {
    Map<Long, FileRecord> byContent = new LinkedHashMap<>();
    Map<Key, FileRecord> byExtraction = new LinkedHashMap<>();
    Map<Key, FileRecord> byLinkage = new LinkedHashMap<>();
    for (ReleaseRecord release : releases) {
      for (FileRecord file : release.files()) {
        long content = file.content().id();
        byContent.putIfAbsent(content, file);
        if (file.extraction() != null) {
          byExtraction.putIfAbsent(new Key(content, file.extraction().extractor()), file);
          byLinkage.putIfAbsent(new Key(content, file.extraction().signature()), file);
        }
      }
    }
    byContent.keySet().removeAll(checked(connection, byContent));
    byExtraction
        .keySet()
        .removeAll(existing(connection, "extraction", "extractor", byExtraction.keySet()));
    byLinkage.keySet().removeAll(existing(connection, "linkage", "signature", byLinkage.keySet()));
    copyContents(connection, byContent.values());
    copyPending(connection, byContent.keySet());
    copyExtractions(connection, byExtraction.values());
    copyLinkages(connection, byLinkage.values(), ids);
  }

  private record Key(long content, long other) {}

  /** The contents that are there already; that they are the same is checked by the whole hash. */
  private static Set<Long> checked(Connection connection, Map<Long, FileRecord> wanted)
      throws SQLException {
    Set<Long> existing = new HashSet<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT content_id, hash FROM content WHERE content_id = ANY (?)")) {
      select.setArray(1, connection.createArrayOf("int8", wanted.keySet().toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          FileRecord file = wanted.get(rows.getLong(1));
          if (file != null && !java.util.Arrays.equals(rows.getBytes(2), file.content().hash())) {
            throw new IllegalStateException(
                "two contents share the first 8 bytes of their SHA-256; "
                    + file.path()
                    + " is one");
          }
          existing.add(rows.getLong(1));
        }
      }
    }
    return existing;
  }

  private static Set<Key> existing(
      Connection connection, String table, String column, Set<Key> wanted) throws SQLException {
    Set<Key> existing = new HashSet<>();
    Object[] contents = wanted.stream().map(Key::content).distinct().toArray();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT content_id, %s FROM %s WHERE content_id = ANY (?)".formatted(column, table))) {
      select.setArray(1, connection.createArrayOf("int8", contents));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          existing.add(new Key(rows.getLong(1), rows.getLong(2)));
        }
      }
    }
    return existing;
  }

  private static void copyContents(Connection connection, Collection<FileRecord> files)
      throws SQLException, IOException {
    try (BinaryCopy copy =
        BinaryCopy.into(connection, "content (content_id, hash, language, ascii, bytes, source)")) {
      for (FileRecord file : files) {
        copy.row(6);
        copy.bigint(file.content().id());
        copy.bytes(file.content().hash());
        copy.text(file.content().language());
        copy.bool(file.content().isAscii());
        copy.integer(file.content().bytes().length);
        copy.bytes(file.source());
      }
    }
  }

  /** Their texts are indexed later, many together. */
  private static void copyPending(Connection connection, Collection<Long> contents)
      throws SQLException, IOException {
    try (BinaryCopy copy = BinaryCopy.into(connection, "text_pending (content_id)")) {
      for (long content : contents) {
        copy.row(1);
        copy.bigint(content);
      }
    }
  }

  private static void copyExtractions(Connection connection, Collection<FileRecord> files)
      throws SQLException, IOException {
    try (BinaryCopy copy =
        BinaryCopy.into(connection, "extraction (content_id, extractor, state, tree)")) {
      for (FileRecord file : files) {
        FileRecord.Extraction extraction = file.extraction();
        if (extraction != null) {
          copy.row(4);
          copy.bigint(file.content().id());
          copy.integer(extraction.extractor());
          copy.text(extraction.state().stored());
          if (extraction.tree() == null) {
            copy.nothing();
          } else {
            copy.bytes(extraction.tree());
          }
        }
      }
    }
  }

  private static void copyLinkages(
      Connection connection, Collection<FileRecord> files, Map<Symbol, Integer> ids)
      throws SQLException, IOException {
    try (BinaryCopy copy =
        BinaryCopy.into(connection, "linkage (content_id, signature, facts, terms)")) {
      for (FileRecord file : files) {
        FileRecord.Extraction extraction = file.extraction();
        if (extraction != null) {
          copy.row(4);
          copy.bigint(file.content().id());
          copy.bigint(extraction.signature());
          copy.bytes(Compression.compress(FactsCodec.write(extraction.facts(), ids::get)));
          copy.integers(extraction.terms());
        }
      }
    }
  }
}
