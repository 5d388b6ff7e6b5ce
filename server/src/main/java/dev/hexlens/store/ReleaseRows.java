package dev.hexlens.store;

import com.google.gson.Gson;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes the rows of releases and of their files; not visible before {@link #publish}. */
final class ReleaseRows {
  private static final Gson GSON = new Gson();

  private ReleaseRows() {}

  /** A package's name within its ecosystem. */
  record PackageName(String ecosystem, String name) {
    static PackageName of(ReleaseRecord release) {
      return new PackageName(release.ecosystem(), release.name());
    }
  }

  /**
   * The ids of the packages of these releases, which are made where they are missing. In the order
   * of their names, so that loaders wait for each other and never in a circle.
   */
  static Map<PackageName, Integer> packageIds(
      Connection connection, Collection<ReleaseRecord> releases) throws SQLException {
    String sql =
        """
        INSERT INTO package (ecosystem, name)
        SELECT DISTINCT * FROM unnest(?::text[], ?::text[]) AS named ORDER BY 1, 2
        ON CONFLICT (ecosystem, name) DO UPDATE SET name = excluded.name
        RETURNING package_id, ecosystem, name
        """;
    Map<PackageName, Integer> ids = new HashMap<>();
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setArray(
          1,
          connection.createArrayOf(
              "text", releases.stream().map(ReleaseRecord::ecosystem).toArray()));
      insert.setArray(
          2,
          connection.createArrayOf("text", releases.stream().map(ReleaseRecord::name).toArray()));
      try (ResultSet rows = insert.executeQuery()) {
        while (rows.next()) {
          ids.put(new PackageName(rows.getString(2), rows.getString(3)), rows.getInt(1));
        }
      }
    }
    return ids;
  }

  /** Writes what there is to say of a release, and leaves its files; returns its id. */
  static int upsert(Connection connection, ReleaseRecord release, int packageId)
      throws SQLException {
    String sql =
        """
        INSERT INTO release (package_id, version, checksum, state, reasons, requirements, source, files, problems)
        VALUES (?, ?, ?, 'claimed', ARRAY[?::text], ?::jsonb, ?, ?, ?::jsonb)
        ON CONFLICT (package_id, version) DO UPDATE
        SET checksum = excluded.checksum, requirements = excluded.requirements,
            source = excluded.source, files = excluded.files, problems = excluded.problems,
            reasons = CASE WHEN release.reasons @> excluded.reasons THEN release.reasons
                           ELSE release.reasons || excluded.reasons END
        RETURNING release_id
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setInt(1, packageId);
      insert.setString(2, release.version());
      insert.setString(3, release.checksum());
      insert.setString(4, release.reason());
      insert.setString(5, GSON.toJson(release.requirements()));
      insert.setString(6, release.source());
      insert.setInt(7, release.files().size());
      insert.setString(8, GSON.toJson(release.problems()));
      try (ResultSet rows = insert.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }

  /** Adds files to releases, given by id. */
  static void copyFiles(Connection connection, Map<Integer, List<FileRecord>> files)
      throws SQLException, IOException {
    try (BinaryCopy copy =
        BinaryCopy.into(
            connection, "release_file (release_id, path, content_id, signature, generated)")) {
      for (Map.Entry<Integer, List<FileRecord>> release : files.entrySet()) {
        for (FileRecord file : release.getValue()) {
          copy.row(5);
          copy.integer(release.getKey());
          copy.text(file.path());
          copy.bigint(file.content().id());
          copy.bigint(file.extraction() == null ? 0 : file.extraction().signature());
          copy.bool(file.isGenerated());
        }
      }
    }
  }

  /** Brings the number of files of a release up to date. */
  static void countFiles(Connection connection, int release) throws SQLException {
    String sql =
        """
        UPDATE release SET files = (SELECT count(*) FROM release_file WHERE release_id = ?)
        WHERE release_id = ?
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setInt(1, release);
      update.setInt(2, release);
      update.executeUpdate();
    }
  }

  /** Makes these releases visible. */
  static void publish(Connection connection, List<Integer> releases) throws SQLException {
    String sql =
        """
        UPDATE release SET state = 'complete', claimed_by = NULL, lease_until = NULL, completed_at = now()
        WHERE release_id = ANY (?)
        """;
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setArray(1, connection.createArrayOf("int4", releases.toArray()));
      update.executeUpdate();
    }
  }
}
