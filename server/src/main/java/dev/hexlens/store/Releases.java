package dev.hexlens.store;

import com.google.gson.Gson;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Packages and releases: what is there, who works on what, what goes. */
public final class Releases {
  /** One process at a time stores contents or removes them. "HXLS" in ASCII. */
  private static final int STORING = 0x48584C53;

  private final Database database;

  public Releases(Database database) {
    this.database = database;
  }

  /**
   * A complete release.
   *
   * @param checksum of what was indexed
   * @param completedAt tells this state of it from a later one
   */
  public record Indexed(
      String ecosystem,
      String name,
      String version,
      String checksum,
      List<String> reasons,
      int files,
      OffsetDateTime completedAt) {}

  /** Every complete release, by package and version. */
  public List<Indexed> indexed() {
    return database.withConnection(connection -> {
      String sql =
          """
          SELECT ecosystem, name, version, checksum, reasons, files, completed_at
          FROM release JOIN package USING (package_id)
          WHERE state = 'complete'
          ORDER BY ecosystem, name COLLATE "C", release_id
          """;
      List<Indexed> indexed = new ArrayList<>();
      try (PreparedStatement select = connection.prepareStatement(sql);
          ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          String[] reasons = (String[]) rows.getArray(5).getArray();
          indexed.add(
              new Indexed(
                  rows.getString(1),
                  rows.getString(2),
                  rows.getString(3),
                  rows.getString(4),
                  List.of(reasons),
                  rows.getInt(6),
                  rows.getObject(7, OffsetDateTime.class)));
        }
      }
      return List.copyOf(indexed);
    });
  }

  /** How much is there. */
  public record Totals(int packages, int releases, long files) {}

  /** How much is complete. */
  public Totals totals(Cancellation cancellation) {
    String sql =
        """
        SELECT count(DISTINCT package_id), count(*), coalesce(sum(files), 0)
        FROM release WHERE state = 'complete'
        """;
    return database.withConnection(
        cancellation,
        connection -> {
          try (PreparedStatement select = connection.prepareStatement(sql);
              ResultSet rows = select.executeQuery()) {
            rows.next();
            return new Totals(rows.getInt(1), rows.getInt(2), rows.getLong(3));
          }
        });
  }

  /** The requirements of a complete release, name to requirement; empty when there is none such. */
  public Optional<Map<String, String>> requirements(String ecosystem, String name, String version) {
    return database.withConnection(connection -> {
      String sql =
          """
          SELECT requirements FROM release JOIN package USING (package_id)
          WHERE ecosystem = ? AND name = ? AND version = ? AND state = 'complete'
          """;
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        select.setString(1, ecosystem);
        select.setString(2, name);
        select.setString(3, version);
        try (ResultSet rows = select.executeQuery()) {
          return rows.next() ? Optional.of(requirements(rows.getString(1))) : Optional.empty();
        }
      }
    });
  }

  /** As they are stored. */
  static Map<String, String> requirements(String json) {
    Map<String, String> requirements = new HashMap<>();
    new Gson()
        .fromJson(json, com.google.gson.JsonObject.class)
        .entrySet()
        .forEach(entry -> requirements.put(entry.getKey(), entry.getValue().getAsString()));
    return requirements;
  }

  /** What a process had in work that is no more: the lock of its {@link Worker} went with it. */
  private static final String ABANDONED =
      """
      NOT EXISTS (
        SELECT FROM pg_locks
        WHERE locktype = 'advisory' AND classid = %d AND objsubid = 2
          AND objid = (hashtext(release.claimed_by)::bigint & 4294967295)::oid
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
      """
          .formatted(Worker.SPACE);

  /**
   * Keeps every other process from storing or removing releases until the end of the transaction,
   * and from beginning with one; first of all in a transaction, so that nobody waits in a circle.
   */
  static void exclusively(Connection connection) throws SQLException {
    try (PreparedStatement lock =
        connection.prepareStatement(
            "SELECT pg_advisory_xact_lock(?, hashtext(current_schema()))")) {
      lock.setInt(1, STORING);
      lock.execute();
    }
  }

  /** As {@link #exclusively}; whoever finds a package without releases may then remove it. */
  private static void removing(Connection connection) throws SQLException {
    exclusively(connection);
    try (PreparedStatement lock =
        connection.prepareStatement("LOCK TABLE package IN SHARE ROW EXCLUSIVE MODE")) {
      lock.execute();
    }
  }

  /**
   * Takes a release to work on, so that no other process does the same: nobody has it in work, or
   * the one who took it is gone or needs longer than the lease; and nobody has completed it since
   * it was looked at.
   *
   * @param seen when what the caller saw of it was completed; null when it saw none
   * @param worker the name of a {@link Worker}
   * @return whether it is ours now
   */
  public boolean claim(
      String ecosystem,
      String name,
      String version,
      String checksum,
      @Nullable OffsetDateTime seen,
      String worker,
      Duration lease) {
    return database.inTransaction(connection -> {
      int packageId = packageId(connection, ecosystem, name);
      String sql =
          """
          INSERT INTO release (package_id, version, checksum, state, claimed_by, lease_until)
          VALUES (?, ?, ?, 'claimed', ?, now() + ? * interval '1 second')
          ON CONFLICT (package_id, version) DO UPDATE
          SET claimed_by = excluded.claimed_by, lease_until = excluded.lease_until
          WHERE release.completed_at IS NOT DISTINCT FROM ?::timestamptz
            AND (release.claimed_by IS NULL OR release.claimed_by = excluded.claimed_by
              OR release.lease_until < now() OR %s)
          """
              .formatted(ABANDONED);
      try (PreparedStatement claim = connection.prepareStatement(sql)) {
        claim.setInt(1, packageId);
        claim.setString(2, version);
        claim.setString(3, checksum);
        claim.setString(4, worker);
        claim.setLong(5, lease.toSeconds());
        claim.setObject(6, seen, java.sql.Types.TIMESTAMP_WITH_TIMEZONE);
        return claim.executeUpdate() == 1;
      }
    });
  }

  /** Whether a living process has a release of a package in work. */
  public boolean isInWork(String ecosystem, String name) {
    return database.withConnection(connection -> {
      String sql =
          """
          SELECT FROM release JOIN package USING (package_id)
          WHERE ecosystem = ? AND name = ? AND claimed_by IS NOT NULL AND NOT (%s)
          """
              .formatted(ABANDONED);
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        select.setString(1, ecosystem);
        select.setString(2, name);
        try (ResultSet rows = select.executeQuery()) {
          return rows.next();
        }
      }
    });
  }

  /** Which of these releases a worker has in work; what another one took from it is not. */
  static List<ReleaseRecord> claimed(
      Connection connection, List<ReleaseRecord> releases, String worker) throws SQLException {
    String sql =
        """
        SELECT ecosystem, name, version FROM release JOIN package USING (package_id)
        WHERE claimed_by = ?
        """;
    Set<List<String>> claimed = new HashSet<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, worker);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          claimed.add(List.of(rows.getString(1), rows.getString(2), rows.getString(3)));
        }
      }
    }
    return releases.stream()
        .filter(each -> claimed.contains(List.of(each.ecosystem(), each.name(), each.version())))
        .toList();
  }

  /**
   * Gives back what this worker took and did not finish, and what workers did that are no more; new
   * releases among it disappear.
   */
  public void release(String worker) {
    database.useTransaction(
        Cancellation.NONE,
        connection -> {
          removing(connection);
          String left = "claimed_by IS NOT NULL AND (claimed_by = ? OR " + ABANDONED + ")";
          update(connection, "DELETE FROM release WHERE state = 'claimed' AND " + left, worker);
          update(
              connection,
              "UPDATE release SET claimed_by = NULL, lease_until = NULL WHERE " + left,
              worker);
          removeEmptyPackages(connection);
        });
  }

  private static void update(Connection connection, String sql, String value) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, value);
      update.executeUpdate();
    }
  }

  /** Adds a reason to keep a release that is there already. */
  public void keep(String ecosystem, String name, String version, String reason) {
    database.useTransaction(
        Cancellation.NONE,
        connection -> {
          String sql =
              """
              UPDATE release SET reasons = array_append(reasons, ?::text)
              FROM package
              WHERE package.package_id = release.package_id AND ecosystem = ? AND name = ?
                AND version = ? AND NOT ?::text = ANY (reasons)
              """;
          try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, reason);
            update.setString(2, ecosystem);
            update.setString(3, name);
            update.setString(4, version);
            update.setString(5, reason);
            update.executeUpdate();
          }
        });
  }

  /**
   * Takes a reason away from all releases of a package but one, and removes those that have no
   * other.
   *
   * @param kept the version that keeps it, out of all that have it
   * @return how many releases went
   */
  public int supersede(
      String ecosystem, String name, String reason, Function<List<String>, String> kept) {
    return database.inTransaction(connection -> {
      removing(connection);
      List<String> versions = versions(connection, ecosystem, name, reason);
      if (versions.size() < 2) {
        return 0;
      }
      String sql =
          """
          UPDATE release SET reasons = array_remove(reasons, ?::text)
          FROM package
          WHERE package.package_id = release.package_id AND ecosystem = ? AND name = ?
            AND version <> ? AND state = 'complete' AND ?::text = ANY (reasons)
          """;
      try (PreparedStatement update = connection.prepareStatement(sql)) {
        update.setString(1, reason);
        update.setString(2, ecosystem);
        update.setString(3, name);
        update.setString(4, kept.apply(versions));
        update.setString(5, reason);
        update.executeUpdate();
      }
      return remove(
          connection,
          "ecosystem = ? AND name = ? AND state = 'complete' AND reasons = '{}'",
          ecosystem,
          name);
    });
  }

  private static List<String> versions(
      Connection connection, String ecosystem, String name, String reason) throws SQLException {
    String sql =
        """
        SELECT version FROM release JOIN package USING (package_id)
        WHERE ecosystem = ? AND name = ? AND state = 'complete' AND ?::text = ANY (reasons)
        """;
    List<String> versions = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, ecosystem);
      select.setString(2, name);
      select.setString(3, reason);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          versions.add(rows.getString(1));
        }
      }
    }
    return versions;
  }

  /**
   * Removes a package, or one version of it, with all contents that nothing else has.
   *
   * @param version null for all
   * @return how many releases went
   */
  public int drop(String name, @Nullable String version) {
    return database.inTransaction(connection -> {
      removing(connection);
      return version == null
          ? remove(connection, "name = ?", name)
          : remove(connection, "name = ? AND version = ?", name, version);
    });
  }

  private static int remove(Connection connection, String condition, String... values)
      throws SQLException {
    List<Integer> releases = new ArrayList<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT release_id FROM release JOIN package USING (package_id) WHERE " + condition)) {
      for (int i = 0; i < values.length; i++) {
        select.setString(i + 1, values[i]);
      }
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          releases.add(rows.getInt(1));
        }
      }
    }
    List<Long> contents = removeFiles(connection, releases);
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM release WHERE release_id = ANY (?)")) {
      delete.setArray(1, connection.createArrayOf("int4", releases.toArray()));
      delete.executeUpdate();
    }
    removeEmptyPackages(connection);
    collect(connection, contents);
    return releases.size();
  }

  private static void removeEmptyPackages(Connection connection) throws SQLException {
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
  private static List<Long> removeFiles(Connection connection, List<Integer> releases)
      throws SQLException {
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

  /** Removes those of these contents, and of their linkages, that no release has any more. */
  static void collect(Connection connection, List<Long> candidates) throws SQLException {
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

  static int packageId(Connection connection, String ecosystem, String name) throws SQLException {
    String sql =
        """
        INSERT INTO package (ecosystem, name) VALUES (?, ?)
        ON CONFLICT (ecosystem, name) DO UPDATE SET name = excluded.name
        RETURNING package_id
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setString(1, ecosystem);
      insert.setString(2, name);
      try (ResultSet rows = insert.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }

  /**
   * Writes a release without making it visible, and takes away the files that it had.
   *
   * @param replaced gets the contents of those files
   */
  static int upsert(Connection connection, ReleaseRecord release, Gson gson, List<Long> replaced)
      throws SQLException {
    int id = upsertHeader(connection, release, gson);
    replaced.addAll(removeFiles(connection, List.of(id)));
    return id;
  }

  /** As {@link #upsert}, and leaves the files that are there. */
  static int upsertHeader(Connection connection, ReleaseRecord release, Gson gson)
      throws SQLException {
    int packageId = packageId(connection, release.ecosystem(), release.name());
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
      insert.setString(5, gson.toJson(release.requirements()));
      insert.setString(6, release.source());
      insert.setInt(7, release.files().size());
      insert.setString(8, gson.toJson(release.problems()));
      try (ResultSet rows = insert.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }

  /** Removes these files of a release and returns the contents that they had. */
  static List<Long> removeFiles(Connection connection, int release, List<String> paths)
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
