package dev.hexlens.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Takes away what nothing refers to any more. */
final class Removal {
  private Removal() {}

  /** Removes the packages that have no release. */
  static void emptyPackages(Connection connection) throws SQLException {
    String sql =
        """
        DELETE FROM package
        WHERE NOT EXISTS (SELECT FROM release WHERE release.package_id = package.package_id)
        """;
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.executeUpdate();
    }
  }

  /** Removes the files of releases and returns the contents that they had. */
  static List<Long> files(Connection connection, List<Integer> releases) throws SQLException {
    List<Long> contents = new ArrayList<>();
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM release_file WHERE release_id = ANY (?) RETURNING content_id")) {
      delete.setArray(1, connection.createArrayOf("int4", releases.toArray()));
      try (ResultSet rows = delete.executeQuery()) {
        while (rows.next()) {
          contents.add(rows.getLong(1));
        }
      }
    }
    return contents;
  }

  /** Removes these files of a release and returns the contents that they had. */
  static List<Long> files(Connection connection, int release, List<String> paths)
      throws SQLException {
    List<Long> contents = new ArrayList<>();
    String sql =
        "DELETE FROM release_file WHERE release_id = ? AND path = ANY (?) RETURNING content_id";
    try (PreparedStatement delete = connection.prepareStatement(sql)) {
      delete.setInt(1, release);
      delete.setArray(2, connection.createArrayOf("text", paths.toArray()));
      try (ResultSet rows = delete.executeQuery()) {
        while (rows.next()) {
          contents.add(rows.getLong(1));
        }
      }
    }
    return contents;
  }

  /** Removes those of these contents, and of their linkages, that no release has any more. */
  static void orphans(Connection connection, List<Long> candidates) throws SQLException {
    List<Long> orphans = new ArrayList<>();
    String sql =
        """
        SELECT candidate FROM unnest(?::bigint[]) AS candidate
        WHERE NOT EXISTS (SELECT FROM release_file WHERE content_id = candidate)
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setArray(1, connection.createArrayOf("int8", candidates.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          orphans.add(rows.getLong(1));
        }
      }
    }
    String relinked =
        """
        DELETE FROM linkage
        WHERE content_id = ANY (?) AND NOT EXISTS (
          SELECT FROM release_file
          WHERE release_file.content_id = linkage.content_id
            AND release_file.signature = linkage.signature)
        """;
    try (PreparedStatement delete = connection.prepareStatement(relinked)) {
      delete.setArray(1, connection.createArrayOf("int8", candidates.toArray()));
      delete.executeUpdate();
    }
    for (String table : List.of("linkage", "extraction", "text_pending", "content")) {
      try (PreparedStatement delete =
          connection.prepareStatement("DELETE FROM " + table + " WHERE content_id = ANY (?)")) {
        delete.setArray(1, connection.createArrayOf("int8", orphans.toArray()));
        delete.executeUpdate();
      }
    }
  }
}
