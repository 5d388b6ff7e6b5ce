package dev.hexlens.store;

import dev.hexlens.store.postgres.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads whole packages back: their sources with their trees. */
public final class PackageSources {
  private final Database database;
  private final int extractor;

  /**
   * @param extractor the version whose trees are wanted
   */
  public PackageSources(Database database, int extractor) {
    this.database = database;
    this.extractor = extractor;
  }

  /** A file's bytes and its compact tree. */
  public record Source(byte[] bytes, byte[] tree) {}

  /**
   * A release as it is stored.
   *
   * @param requirements what it depends on, name to requirement
   */
  public record Stored(List<Source> sources, Map<String, String> requirements) {}

  /** The versions of a package that are complete. */
  public Set<String> versions(String packageName) {
    return database.withConnection(connection -> {
      String sql =
          """
          SELECT version FROM release JOIN package USING (package_id)
          WHERE name = ? AND state = 'complete'
          """;
      Set<String> versions = new HashSet<>();
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        select.setString(1, packageName);
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            versions.add(rows.getString(1));
          }
        }
      }
      return Set.copyOf(versions);
    });
  }

  /** A complete release; empty when there is none such. */
  public Optional<Stored> find(String packageName, String version) {
    return database.withConnection(connection -> find(connection, packageName, version));
  }

  private Optional<Stored> find(Connection connection, String packageName, String version)
      throws SQLException {
    String sql =
        """
        SELECT release_id, requirements FROM release JOIN package USING (package_id)
        WHERE name = ? AND version = ? AND state = 'complete'
        ORDER BY completed_at DESC LIMIT 1
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, packageName);
      select.setString(2, version);
      try (ResultSet rows = select.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        return Optional.of(
            new Stored(
                sources(connection, rows.getInt(1)), Releases.requirements(rows.getString(2))));
      }
    }
  }

  private List<Source> sources(Connection connection, int release) throws SQLException {
    String sql =
        """
        SELECT DISTINCT ON (content_id) source, tree
        FROM release_file JOIN content USING (content_id) JOIN extraction USING (content_id)
        WHERE release_id = ? AND extractor = ? AND tree IS NOT NULL
        """;
    List<Source> sources = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, release);
      select.setInt(2, extractor);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          sources.add(
              new Source(
                  Compression.decompress(rows.getBytes(1)),
                  Compression.decompress(rows.getBytes(2))));
        }
      }
    }
    return sources;
  }
}
