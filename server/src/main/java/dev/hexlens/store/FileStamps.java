package dev.hexlens.store;

import dev.hexlens.store.postgres.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** By what the files of a folder are known to be as they were when they were indexed. */
public final class FileStamps {
  private final Database database;

  public FileStamps(Database database) {
    this.database = database;
  }

  /**
   * What a file system tells of a file without reading it.
   *
   * @param modified nanoseconds since 1970
   */
  public record Stamp(long size, long modified) {}

  /** The stamps of a package's files, by path; none when it is not there. */
  public Map<String, Stamp> of(String ecosystem, String packageName) {
    String sql =
        """
        SELECT path, size, modified
        FROM file_stamp JOIN release USING (release_id) JOIN package USING (package_id)
        WHERE ecosystem = ? AND name = ? AND state = 'complete'
        """;
    return database.withConnection(connection -> {
      Map<String, Stamp> stamps = new HashMap<>();
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        select.setString(1, ecosystem);
        select.setString(2, packageName);
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            stamps.put(rows.getString(1), new Stamp(rows.getLong(2), rows.getLong(3)));
          }
        }
      }
      return stamps;
    });
  }

  /** How many there are. */
  public int count(String ecosystem, String packageName) {
    String sql =
        """
        SELECT count(*)
        FROM file_stamp JOIN release USING (release_id) JOIN package USING (package_id)
        WHERE ecosystem = ? AND name = ? AND state = 'complete'
        """;
    return database.withConnection(connection -> {
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        select.setString(1, ecosystem);
        select.setString(2, packageName);
        try (ResultSet rows = select.executeQuery()) {
          rows.next();
          return rows.getInt(1);
        }
      }
    });
  }

  static void replace(
      Connection connection, int release, Collection<String> gone, Map<String, Stamp> stamps)
      throws SQLException {
    String delete = "DELETE FROM file_stamp WHERE release_id = ? AND path = ANY (?)";
    try (PreparedStatement statement = connection.prepareStatement(delete)) {
      statement.setInt(1, release);
      statement.setArray(2, connection.createArrayOf("text", gone.toArray()));
      statement.executeUpdate();
    }
    List<Map.Entry<String, Stamp>> entries = List.copyOf(stamps.entrySet());
    String insert =
        """
        INSERT INTO file_stamp (release_id, path, size, modified)
        SELECT ?, * FROM unnest(?::text[], ?::bigint[], ?::bigint[])
        ON CONFLICT (release_id, path) DO UPDATE
        SET size = excluded.size, modified = excluded.modified
        """;
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      statement.setInt(1, release);
      statement.setArray(
          2, connection.createArrayOf("text", entries.stream().map(Map.Entry::getKey).toArray()));
      statement.setArray(
          3,
          connection.createArrayOf(
              "int8", entries.stream().map(entry -> entry.getValue().size()).toArray()));
      statement.setArray(
          4,
          connection.createArrayOf(
              "int8", entries.stream().map(entry -> entry.getValue().modified()).toArray()));
      statement.executeUpdate();
    }
  }
}
