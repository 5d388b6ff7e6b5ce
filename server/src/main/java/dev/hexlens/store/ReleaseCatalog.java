package dev.hexlens.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which releases there are, in the order of answers, and which files they have: kept in memory as
 * long as the store says that it is the same, which costs one question. For many threads.
 */
final class ReleaseCatalog {
  /** The files of 20,000 releases, 142,000 in all, take some 12 MB. */
  private static final long MAX_BYTES = 32L << 20;

  private final Database database;
  private volatile @Nullable Order last;

  private final Cache<Key, FileTable> tables =
      Caffeine.newBuilder()
          .maximumWeight(MAX_BYTES)
          .weigher((Key key, FileTable table) -> table.weight())
          .executor(Runnable::run) // a put makes room itself: no thread comes and goes for it
          .build();

  ReleaseCatalog(Database database) {
    this.database = database;
  }

  /**
   * A release that can be searched.
   *
   * @param change the transaction that changed it last: with it, its files are others
   * @param files how many it has
   * @param hasGenerated whether a program wrote some of them
   */
  record Release(
      int id, long change, String name, String version, int files, boolean hasGenerated) {
    private Key key() {
      return new Key(id, change);
    }
  }

  private record Key(int release, long change) {}

  /**
   * All releases at a moment.
   *
   * @param revision of the store; what was read is of this one or of a later one
   * @param snapshot of the order of packages; 0 before there is one
   * @param releases the best first
   * @param places of the releases in this order, by id
   */
  record Order(long revision, int snapshot, List<Release> releases, Map<Integer, Integer> places) {}

  /** The releases as they are now. */
  Order order(Cancellation cancellation) {
    return database.withConnection(cancellation, this::order);
  }

  private static final String REVISION =
      "SELECT number, (SELECT coalesce(max(snapshot_id), 0) FROM rank_snapshot) FROM store_revision";

  private Order order(Connection connection) throws SQLException {
    long revision;
    int snapshot;
    try (PreparedStatement select = connection.prepareStatement(REVISION);
        ResultSet rows = select.executeQuery()) {
      rows.next();
      revision = rows.getLong(1);
      snapshot = rows.getInt(2);
    }
    Order known = last;
    if (known != null && known.revision == revision && known.snapshot == snapshot) {
      return known;
    }
    List<Release> releases = releases(connection);
    Map<Integer, Integer> places = new HashMap<>();
    releases.forEach(release -> places.put(release.id, places.size()));
    Order now = new Order(revision, snapshot, releases, Map.copyOf(places));
    last = now;
    return now;
  }

  private static final String RELEASES =
      """
      SELECT release_id, release.xmin::text::bigint, package.name, version, files
      FROM release JOIN package USING (package_id)
      WHERE state = 'complete'
      ORDER BY rank, package_id, release_id
      """;

  private static List<Release> releases(Connection connection) throws SQLException {
    Set<Integer> generated = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT DISTINCT release_id FROM release_file WHERE generated")) {
      while (rows.next()) {
        generated.add(rows.getInt(1));
      }
    }
    List<Release> releases = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(RELEASES)) {
      while (rows.next()) {
        int id = rows.getInt(1);
        releases.add(
            new Release(
                id,
                rows.getLong(2),
                rows.getString(3),
                rows.getString(4),
                rows.getInt(5),
                generated.contains(id)));
      }
    }
    return List.copyOf(releases);
  }

  /** The files of a release, if they are at hand. */
  @Nullable FileTable known(Release release) {
    return tables.getIfPresent(release.key());
  }

  /** The files of releases, by release. */
  Map<Release, FileTable> read(Collection<Release> releases, Cancellation cancellation) {
    return database.withConnection(cancellation, connection -> read(connection, releases));
  }

  private Map<Release, FileTable> read(Connection connection, Collection<Release> releases)
      throws SQLException {
    Map<Integer, FileTable.Builder> builders = new HashMap<>();
    releases.forEach(release -> builders.put(release.id, new FileTable.Builder()));
    String sql =
        """
        SELECT release_id, path, content_id, signature, generated FROM release_file
        WHERE release_id = ANY (?)
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setArray(1, connection.createArrayOf("int4", builders.keySet().toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          FileTable.Builder builder = builders.get(rows.getInt(1));
          if (builder != null) {
            builder.add(rows.getBytes(2), rows.getLong(3), rows.getLong(4), rows.getBoolean(5));
          }
        }
      }
    }
    Map<Release, FileTable> read = new HashMap<>();
    for (Release release : releases) {
      FileTable table = Objects.requireNonNull(builders.get(release.id)).build();
      tables.put(release.key(), table);
      read.put(release, table);
    }
    return read;
  }
}
