package dev.hexlens.store;

import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/** Finds the files that the index proposes, best first, and reads what is kept of them. */
public final class Candidates implements CandidateSource {
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
  @Override
  public List<Candidate> find(Collection<Integer> terms, Scope scope, Cancellation cancellation) {
    return database.withConnection(
        cancellation,
        connection -> find(connection, "", "@>", terms, scope, Candidates::candidate));
  }

  @Override
  public List<Candidate> findAny(
      Collection<Integer> terms, Scope scope, Cancellation cancellation) {
    if (terms.isEmpty()) {
      return List.of();
    }
    return database.withConnection(
        cancellation,
        connection -> find(connection, "", "&&", terms, scope, Candidates::candidate));
  }

  /** The plan by which Postgres would find them, line by line. */
  public List<String> plan(Collection<Integer> terms, Scope scope) {
    return database.withConnection(connection ->
        find(
            connection,
            "EXPLAIN (ANALYZE, COSTS OFF) ",
            "@>",
            terms,
            scope,
            row -> row.getString(1)));
  }

  /** The files of a package at these paths, whatever they hold. */
  public List<Candidate> at(
      String packageName, Collection<String> paths, Cancellation cancellation) {
    String sql =
        """
        SELECT package.name, release.version, release_file.path, content_id, signature
        FROM release_file JOIN release USING (release_id) JOIN package USING (package_id)
        WHERE release.state = 'complete' AND package.name = ? AND release_file.path = ANY (?)
        """;
    return database.withConnection(
        cancellation,
        connection -> {
          List<Candidate> found = new ArrayList<>();
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, packageName);
            select.setArray(2, connection.createArrayOf("text", paths.toArray()));
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                found.add(candidate(rows));
              }
            }
          }
          return found;
        });
  }

  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private static <T> List<T> find(
      Connection connection,
      String before,
      String having,
      Collection<Integer> terms,
      Scope scope,
      RowReader<T> reader)
      throws SQLException {
    String conditions =
        (terms.isEmpty() ? "" : "AND linkage.terms " + having + " ? ")
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

  /** The contents of an unread part. */
  private static final byte[] UNREAD = {};

  @Override
  public List<StoredFile> read(List<Candidate> candidates, Parts parts, Cancellation cancellation) {
    return database.withConnection(
        cancellation,
        connection -> {
          Map<Key, Row> rows = rows(connection, candidates, parts);
          Set<Integer> ids = new HashSet<>();
          for (Row row : rows.values()) {
            for (int id : FactsCodec.ids(row.facts)) {
              ids.add(id);
            }
          }
          Map<Integer, Symbol> known = symbols.symbols(connection, ids);
          List<StoredFile> files = new ArrayList<>();
          for (Candidate candidate : candidates) {
            Row row = rows.get(new Key(candidate.contentId(), candidate.signature()));
            if (row != null) {
              FileFacts facts =
                  FactsCodec.read(row.facts, id -> Objects.requireNonNull(known.get(id)));
              files.add(new StoredFile(candidate, row.tree, facts, row.source));
            }
          }
          return files;
        });
  }

  private record Key(long content, long signature) {}

  private record Row(byte[] tree, byte[] facts, byte[] source) {}

  private Map<Key, Row> rows(Connection connection, List<Candidate> candidates, Parts parts)
      throws SQLException {
    String sql =
        switch (parts) {
          case ALL ->
              """
              SELECT content_id, signature, facts, source, tree
              FROM linkage JOIN extraction USING (content_id) JOIN content USING (content_id)
              WHERE content_id = ANY (?) AND extractor = ? AND tree IS NOT NULL
              """;
          case FACTS_AND_SOURCE ->
              """
              SELECT content_id, signature, facts, source
              FROM linkage JOIN content USING (content_id)
              WHERE content_id = ANY (?)
              """;
          case FACTS ->
              "SELECT content_id, signature, facts FROM linkage WHERE content_id = ANY (?)";
        };
    Map<Key, Row> found = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      Object[] contents = candidates.stream().map(Candidate::contentId).distinct().toArray();
      select.setArray(1, connection.createArrayOf("int8", contents));
      if (parts == Parts.ALL) {
        select.setInt(2, extractor);
      }
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.put(
              new Key(rows.getLong(1), rows.getLong(2)),
              new Row(
                  parts == Parts.ALL ? Compression.decompress(rows.getBytes(5)) : UNREAD,
                  Compression.decompress(rows.getBytes(3)),
                  parts == Parts.FACTS ? UNREAD : Compression.decompress(rows.getBytes(4))));
        }
      }
    }
    return found;
  }
}
