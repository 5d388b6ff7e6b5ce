package dev.hexlens.store;

import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a prefix remembers of registries from run to run, beside the releases themselves: what they
 * said, and which releases are to be linked again.
 */
public final class RegistryMemory {
  private final Database database;

  public RegistryMemory(Database database) {
    this.database = database;
  }

  /** A version of a package. */
  public record ReleaseKey(String name, String version) {}

  /**
   * What a registry said of a release.
   *
   * @param checksum of its tarball, as the registry has it
   * @param updatedAt when the package last changed by then; null where the registry doesn't say
   * @param sources whether the tarball has anything to index
   */
  public record Checked(String checksum, @Nullable Instant updatedAt, boolean sources) {}

  /**
   * Everything that a registry said.
   *
   * @param source names the registry
   */
  public Map<ReleaseKey, Checked> checked(String source) {
    String sql =
        "SELECT name, version, checksum, updated_at, sources FROM checked_release WHERE source = ?";
    return database.withConnection(connection -> {
      Map<ReleaseKey, Checked> checked = new HashMap<>();
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        select.setString(1, source);
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            OffsetDateTime updatedAt = rows.getObject(4, OffsetDateTime.class);
            checked.put(
                new ReleaseKey(rows.getString(1), rows.getString(2)),
                new Checked(
                    rows.getString(3),
                    updatedAt == null ? null : updatedAt.toInstant(),
                    rows.getBoolean(5)));
          }
        }
      }
      return checked;
    });
  }

  /** Remembers what a registry said, in place of what it said of the same releases before. */
  public void remember(String source, Map<ReleaseKey, Checked> checked) {
    if (checked.isEmpty()) {
      return;
    }
    String sql =
        """
        INSERT INTO checked_release (source, name, version, checksum, updated_at, sources)
        SELECT ?, * FROM unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::boolean[])
        ON CONFLICT (source, name, version) DO UPDATE
        SET checksum = excluded.checksum, updated_at = excluded.updated_at,
            sources = excluded.sources
        """;
    // In one order, so that two processes don't wait for each other's rows.
    List<Map.Entry<ReleaseKey, Checked>> rows = new ArrayList<>(checked.entrySet());
    rows.sort(
        Map.Entry.comparingByKey(
            Comparator.comparing(ReleaseKey::name).thenComparing(ReleaseKey::version)));
    database.useTransaction(
        Cancellation.NONE,
        connection -> {
          try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, source);
            insert.setArray(
                2,
                connection.createArrayOf(
                    "text", rows.stream().map(row -> row.getKey().name()).toArray()));
            insert.setArray(
                3,
                connection.createArrayOf(
                    "text", rows.stream().map(row -> row.getKey().version()).toArray()));
            insert.setArray(
                4,
                connection.createArrayOf(
                    "text", rows.stream().map(row -> row.getValue().checksum()).toArray()));
            insert.setArray(
                5,
                connection.createArrayOf(
                    "timestamptz",
                    rows.stream().map(row -> timestamp(row.getValue().updatedAt())).toArray()));
            insert.setArray(
                6,
                connection.createArrayOf(
                    "boolean", rows.stream().map(row -> row.getValue().sources()).toArray()));
            insert.executeUpdate();
          }
        });
  }

  private static @Nullable String timestamp(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC).toString();
  }

  /**
   * Notes that a release is about to be linked without these packages, or with what there is of
   * them instead.
   */
  public void linkedWithout(String ecosystem, ReleaseKey release, Collection<String> dependencies) {
    String sql =
        """
        INSERT INTO linked_without (name, version, dependency, seen)
        SELECT ?, ?, dependency, %s FROM unnest(?::text[]) AS dependency
        ON CONFLICT (name, version, dependency) DO UPDATE SET seen = excluded.seen
        """
            .formatted(LATEST);
    database.useTransaction(
        Cancellation.NONE,
        connection -> {
          try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, release.name());
            insert.setString(2, release.version());
            insert.setString(3, ecosystem);
            insert.setArray(4, connection.createArrayOf("text", dependencies.toArray()));
            insert.executeUpdate();
          }
        });
  }

  /** Notes that a release is stored, and linked without no other packages than these. */
  public void linked(ReleaseKey release, Collection<String> without) {
    String sql =
        "DELETE FROM linked_without WHERE name = ? AND version = ? AND dependency <> ALL (?)";
    database.useTransaction(
        Cancellation.NONE,
        connection -> {
          try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setString(1, release.name());
            delete.setString(2, release.version());
            delete.setArray(3, connection.createArrayOf("text", without.toArray()));
            delete.executeUpdate();
          }
        });
  }

  /** The releases that were linked without something. */
  public Set<ReleaseKey> linkedWithout() {
    return database.withConnection(connection -> {
      Set<ReleaseKey> found = new HashSet<>();
      try (PreparedStatement select =
              connection.prepareStatement("SELECT DISTINCT name, version FROM linked_without");
          ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(new ReleaseKey(rows.getString(1), rows.getString(2)));
        }
      }
      return found;
    });
  }

  /** The complete releases of which a dependency has come that they were linked without. */
  public List<ReleaseKey> toLinkAgain(String ecosystem) {
    String sql =
        """
        SELECT DISTINCT name, version FROM linked_without AS missed, LATERAL (SELECT %s) AS now (latest)
        WHERE now.latest IS NOT NULL AND now.latest IS DISTINCT FROM missed.seen
          AND EXISTS (
            SELECT FROM release JOIN package USING (package_id)
            WHERE ecosystem = ? AND package.name = missed.name
              AND release.version = missed.version AND state = 'complete')
        ORDER BY 1, 2
        """
            .formatted(LATEST);
    return database.withConnection(connection -> {
      List<ReleaseKey> found = new ArrayList<>();
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        select.setString(1, ecosystem);
        select.setString(2, ecosystem);
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            found.add(new ReleaseKey(rows.getString(1), rows.getString(2)));
          }
        }
      }
      return List.copyOf(found);
    });
  }

  /** When the latest release of a dependency was completed. */
  private static final String LATEST =
      """
      (SELECT max(completed_at) FROM release JOIN package USING (package_id)
       WHERE ecosystem = ? AND package.name = dependency AND state = 'complete')
      """;
}
