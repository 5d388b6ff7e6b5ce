package dev.hexlens.store;

import dev.hexlens.store.postgres.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was indexed last, or is being indexed now, by whichever process. */
public final class LatestReleases {
  private final Database database;

  public LatestReleases(Database database) {
    this.database = database;
  }

  /**
   * A release.
   *
   * @param files 0 while it is in work
   * @param completedAt null while it is in work
   */
  public record Latest(String name, String version, int files, @Nullable Instant completedAt) {}

  /**
   * Those that were begun last, the latest first; what a process left when it was killed is not
   * among them.
   *
   * @param limit at most so many
   */
  public List<Latest> begun(int limit) {
    // By number, which the primary key has in order, and which is given when the work begins.
    String sql =
        """
        SELECT name, version, files, CASE WHEN state = 'complete' THEN completed_at END
        FROM release JOIN package USING (package_id)
        WHERE state = 'complete' OR lease_until > now()
        ORDER BY release_id DESC LIMIT ?
        """;
    return database.withConnection(connection -> {
      List<Latest> found = new ArrayList<>();
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        select.setInt(1, limit);
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            OffsetDateTime at = rows.getObject(4, OffsetDateTime.class);
            found.add(
                new Latest(
                    rows.getString(1),
                    rows.getString(2),
                    rows.getInt(3),
                    at == null ? null : at.toInstant()));
          }
        }
      }
      return List.copyOf(found);
    });
  }
}
