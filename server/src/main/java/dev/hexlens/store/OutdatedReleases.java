package dev.hexlens.store;

import dev.hexlens.store.postgres.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Complete releases that another version of the extractor read: their sources are here, so nothing
 * needs to be downloaded to read them again.
 */
public final class OutdatedReleases {
  private final Database database;
  private final int extractor;

  /**
   * @param extractor the version that reads now
   */
  public OutdatedReleases(Database database, int extractor) {
    this.database = database;
    this.extractor = extractor;
  }

  /**
   * Such a release.
   *
   * @param checksum of the tarball that it came from
   * @param reason one of those why it is kept
   * @param requirements what it depends on, name to requirement
   * @param source where it came from, for people; null for a registry's tarball
   */
  public record Outdated(
      String ecosystem,
      String name,
      String version,
      String checksum,
      String reason,
      Map<String, String> requirements,
      @Nullable String source,
      OffsetDateTime completedAt) {}

  /** A file of one, with its path in the package. */
  @SuppressWarnings("ArrayRecordComponent") // Read once, compared never.
  public record File(String path, byte[] bytes) {}

  /** Those of an ecosystem, by name and version. */
  public List<Outdated> find(String ecosystem) {
    return find("ecosystem = ?", ecosystem);
  }

  /**
   * Those that were read from folders, by ecosystem, name and version.
   *
   * @param other the ecosystem whose releases are not meant
   */
  public List<Outdated> ofFolders(String other) {
    return find("ecosystem <> ? AND 'path' = ANY (reasons)", other);
  }

  private List<Outdated> find(String condition, String ecosystem) {
    String sql =
        """
        SELECT ecosystem, name, version, checksum, reasons[1], requirements, source, completed_at
        FROM release JOIN package USING (package_id)
        WHERE %s AND state = 'complete' AND release_id IN (
          SELECT release_id FROM release_file
          WHERE signature <> 0 AND NOT EXISTS (
            SELECT FROM extraction
            WHERE extraction.content_id = release_file.content_id AND extractor = ?))
        ORDER BY ecosystem, name COLLATE "C", release_id
        """
            .formatted(condition);
    return database.withConnection(connection -> {
      List<Outdated> found = new ArrayList<>();
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        select.setString(1, ecosystem);
        select.setInt(2, extractor);
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            found.add(
                new Outdated(
                    rows.getString(1),
                    rows.getString(2),
                    rows.getString(3),
                    rows.getString(4),
                    rows.getString(5),
                    Releases.requirements(rows.getString(6)),
                    rows.getString(7),
                    rows.getObject(8, OffsetDateTime.class)));
          }
        }
      }
      return List.copyOf(found);
    });
  }

  /**
   * The files of a release as they were published; empty when it is not here with that checksum.
   */
  public Optional<List<File>> files(
      String ecosystem, String name, String version, String checksum) {
    String sql =
        """
        SELECT path, content.source
        FROM release JOIN package USING (package_id)
          JOIN release_file USING (release_id) JOIN content USING (content_id)
        WHERE ecosystem = ? AND name = ? AND version = ? AND checksum = ? AND state = 'complete'
        ORDER BY path COLLATE "C"
        """;
    return database.withConnection(connection -> {
      List<File> files = new ArrayList<>();
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        select.setString(1, ecosystem);
        select.setString(2, name);
        select.setString(3, version);
        select.setString(4, checksum);
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            files.add(new File(rows.getString(1), Compression.decompress(rows.getBytes(2))));
          }
        }
      }
      return files.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(files));
    });
  }

  /** Removes what other versions read of contents that this one has read too. */
  public void forget() {
    String sql =
        """
        DELETE FROM extraction AS old WHERE extractor <> ? AND EXISTS (
          SELECT FROM extraction AS new WHERE new.content_id = old.content_id AND new.extractor = ?)
        """;
    database.inTransaction(connection -> {
      try (PreparedStatement delete = connection.prepareStatement(sql)) {
        delete.setInt(1, extractor);
        delete.setInt(2, extractor);
        return delete.executeUpdate();
      }
    });
  }
}
