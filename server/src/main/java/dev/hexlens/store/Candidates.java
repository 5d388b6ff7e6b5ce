package dev.hexlens.store;

import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/** Finds the files that the index proposes, best first, and reads what is kept of them. */
public final class Candidates {
  private final Database database;
  private final SymbolDictionary symbols;
  private final int extractor;

  /**
   * @param extractor the version whose trees are read
   */
  public Candidates(Database database, SymbolDictionary symbols, int extractor) {
    this.database = database;
    this.symbols = symbols;
    this.extractor = extractor;
  }

  /** A file of a release, as the index proposes it. */
  public record Candidate(
      String packageName, String version, String path, long contentId, long signature) {}

  /**
   * What is kept of a file.
   *
   * @param tree the compact tree
   */
  public record StoredFile(Candidate at, byte[] tree, FileFacts facts, byte[] source) {}

  /**
   * Which files count.
   *
   * @param packageName null for all
   * @param version null for all
   */
  public record Scope(@Nullable String packageName, @Nullable String version) {
    public static final Scope ALL = new Scope(null, null);
  }

  private static final String FIND =
      """
      SELECT package.name, release.version, release_file.path, content_id, signature
      FROM linkage
      JOIN release_file USING (content_id, signature)
      JOIN release USING (release_id)
      JOIN package USING (package_id)
      WHERE release.state = 'complete'
        %s
      ORDER BY package.rank, package.package_id, release.release_id, release_file.path COLLATE "C"
      """;

  /**
   * The files that have all these terms, packages by rank, inside a package by path.
   *
   * @param terms none: every file
   */
  public List<Candidate> find(Collection<Integer> terms, Scope scope, Cancellation cancellation) {
    return database.withConnection(
        cancellation, connection -> find(connection, "", terms, scope, Candidates::candidate));
  }

  /** The plan by which Postgres would find them, line by line. */
  public List<String> plan(Collection<Integer> terms, Scope scope) {
    return database.withConnection(connection ->
        find(connection, "EXPLAIN (ANALYZE, COSTS OFF) ", terms, scope, row -> row.getString(1)));
  }

  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private static <T> List<T> find(
      Connection connection,
      String before,
      Collection<Integer> terms,
      Scope scope,
      RowReader<T> reader)
      throws SQLException {
    String conditions =
        (terms.isEmpty() ? "" : "AND linkage.terms @> ? ")
            + (scope.packageName() == null ? "" : "AND package.name = ? ")
            + (scope.version() == null ? "" : "AND release.version = ?");
    try (PreparedStatement select =
        connection.prepareStatement(before + FIND.formatted(conditions))) {
      // A plan for any terms would not know how rare these are, and read the whole table.
      select.unwrap(PGStatement.class).setPrepareThreshold(0);
      int parameter = 1;
      if (!terms.isEmpty()) {
        select.setArray(parameter++, connection.createArrayOf("int4", terms.toArray()));
      }
      if (scope.packageName() != null) {
        select.setString(parameter++, scope.packageName());
      }
      if (scope.version() != null) {
        select.setString(parameter, scope.version());
      }
      List<T> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(reader.read(rows));
        }
      }
      return found;
    }
  }

  private static Candidate candidate(ResultSet row) throws SQLException {
    return new Candidate(
        row.getString(1), row.getString(2), row.getString(3), row.getLong(4), row.getLong(5));
  }

  private static final String READ =
      """
      SELECT content_id, signature, tree, facts, source
      FROM linkage JOIN extraction USING (content_id) JOIN content USING (content_id)
      WHERE content_id = ANY (?) AND extractor = ? AND tree IS NOT NULL
      """;

  /**
   * What is kept of these files, in their order; one that has gone meanwhile is left out. Ask for
   * some dozens at a time.
   */
  public List<StoredFile> read(List<Candidate> candidates, Cancellation cancellation) {
    return database.withConnection(
        cancellation,
        connection -> {
          java.util.Map<Key, Row> rows = rows(connection, candidates);
          java.util.Set<Integer> ids = new java.util.HashSet<>();
          for (Row row : rows.values()) {
            for (int id : FactsCodec.ids(row.facts)) {
              ids.add(id);
            }
          }
          java.util.Map<Integer, dev.hexlens.elixir.facts.Symbol> known =
              symbols.symbols(connection, ids);
          List<StoredFile> files = new ArrayList<>();
          for (Candidate candidate : candidates) {
            Row row = rows.get(new Key(candidate.contentId(), candidate.signature()));
            if (row != null) {
              FileFacts facts =
                  FactsCodec.read(row.facts, id -> java.util.Objects.requireNonNull(known.get(id)));
              files.add(new StoredFile(candidate, row.tree, facts, row.source));
            }
          }
          return files;
        });
  }

  private record Key(long content, long signature) {}

  private record Row(byte[] tree, byte[] facts, byte[] source) {}

  private java.util.Map<Key, Row> rows(Connection connection, List<Candidate> candidates)
      throws SQLException {
    java.util.Map<Key, Row> found = new java.util.HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(READ)) {
      Object[] contents = candidates.stream().map(Candidate::contentId).distinct().toArray();
      select.setArray(1, connection.createArrayOf("int8", contents));
      select.setInt(2, extractor);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.put(
              new Key(rows.getLong(1), rows.getLong(2)),
              new Row(
                  Compression.decompress(rows.getBytes(3)),
                  Compression.decompress(rows.getBytes(4)),
                  Compression.decompress(rows.getBytes(5))));
        }
      }
    }
    return found;
  }
}
