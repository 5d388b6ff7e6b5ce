package dev.hexlens.store;

import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who works on which release, so that several processes share the work and none does it twice. */
public final class Claims {
  private final Database database;

  public Claims(Database database) {
    this.database = database;
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
    return database.withConnection(connection -> {
      String sql =
          """
          WITH claimed AS (
            INSERT INTO package (ecosystem, name) VALUES (?, ?)
            ON CONFLICT (ecosystem, name) DO UPDATE SET name = excluded.name
            RETURNING package_id
          )
          INSERT INTO release (package_id, version, checksum, state, claimed_by, lease_until)
          SELECT package_id, ?, ?, 'claimed', ?, now() + ? * interval '1 second' FROM claimed
          ON CONFLICT (package_id, version) DO UPDATE
          SET claimed_by = excluded.claimed_by, lease_until = excluded.lease_until
          WHERE release.completed_at IS NOT DISTINCT FROM ?::timestamptz
            AND (release.claimed_by IS NULL OR release.claimed_by = excluded.claimed_by
              OR release.lease_until < now() OR %s)
          """
              .formatted(ABANDONED);
      try (PreparedStatement claim = connection.prepareStatement(sql)) {
        claim.setString(1, ecosystem);
        claim.setString(2, name);
        claim.setString(3, version);
        claim.setString(4, checksum);
        claim.setString(5, worker);
        claim.setLong(6, lease.toSeconds());
        claim.setObject(7, seen, java.sql.Types.TIMESTAMP_WITH_TIMEZONE);
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
        WHERE claimed_by = ? AND (ecosystem, name) IN (SELECT * FROM unnest(?::text[], ?::text[]))
        """;
    Set<List<String>> claimed = new HashSet<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, worker);
      select.setArray(
          2,
          connection.createArrayOf(
              "text", releases.stream().map(ReleaseRecord::ecosystem).toArray()));
      select.setArray(
          3,
          connection.createArrayOf("text", releases.stream().map(ReleaseRecord::name).toArray()));
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
          StoreLock.removing(connection);
          String left = "claimed_by IS NOT NULL AND (claimed_by = ? OR " + ABANDONED + ")";
          update(connection, "DELETE FROM release WHERE state = 'claimed' AND " + left, worker);
          update(
              connection,
              "UPDATE release SET claimed_by = NULL, lease_until = NULL WHERE " + left,
              worker);
          Removal.emptyPackages(connection);
        });
  }

  private static void update(Connection connection, String sql, String value) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, value);
      update.executeUpdate();
    }
  }
}
