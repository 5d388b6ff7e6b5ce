package dev.hexlens.store;

import com.google.gson.Gson;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Packages and releases: what is there, why, and what goes. */
public final class Releases {
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

  /** The packages among these of which several complete releases have a reason to be kept. */
  public List<String> withSeveral(String ecosystem, String reason, Collection<String> names) {
    String sql =
        """
        SELECT name FROM package JOIN release USING (package_id)
        WHERE ecosystem = ? AND name = ANY (?) AND state = 'complete' AND ?::text = ANY (reasons)
        GROUP BY name HAVING count(*) > 1
        """;
    return database.withConnection(connection -> {
      List<String> several = new ArrayList<>();
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        select.setString(1, ecosystem);
        select.setArray(2, connection.createArrayOf("text", names.toArray()));
        select.setString(3, reason);
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            several.add(rows.getString(1));
          }
        }
      }
      return several;
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
      StoreLock.removing(connection);
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
      StoreLock.removing(connection);
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
    List<Long> contents = Removal.files(connection, releases);
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM release WHERE release_id = ANY (?)")) {
      delete.setArray(1, connection.createArrayOf("int4", releases.toArray()));
      delete.executeUpdate();
    }
    Removal.emptyPackages(connection);
    Removal.orphans(connection, contents);
    return releases.size();
  }
}
