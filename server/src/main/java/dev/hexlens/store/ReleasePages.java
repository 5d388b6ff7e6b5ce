package dev.hexlens.store;

import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Candidates release by release, the best packages first, inside a release by path. What the index
 * proposes is known by content; which files these are is asked for as far as somebody wants to
 * know: a search that ends at its hundredth match has not looked at the places of ten thousand.
 */
final class ReleasePages implements CandidateSource.Pages {
  /** So few contents are found by themselves, whichever releases they are of. */
  private static final int FEW = 256;

  /** Releases looked at together, at first and at most. */
  private static final int FIRST_RELEASES = 8;

  private static final int MOST_RELEASES = 512;

  private final Database database;
  private final @Nullable Linked linked;
  private final boolean texts;
  private final Scope scope;
  private final Cancellation cancellation;
  private final int size;
  private List<Release> releases;
  private final List<Candidate> waiting = new ArrayList<>();
  private int at;
  private int together = FIRST_RELEASES;

  private record Release(int id, String name, String version, int files) {}

  /**
   * @param linked what the index proposes; null for every file
   * @param texts whether files count of which only the text is kept
   */
  ReleasePages(
      Database database,
      @Nullable Linked linked,
      boolean texts,
      Scope scope,
      Cancellation cancellation) {
    this.database = database;
    this.linked = linked;
    this.texts = texts;
    this.scope = scope;
    this.cancellation = cancellation;
    this.releases =
        linked != null && linked.size() == 0
            ? List.of()
            : database.withConnection(cancellation, this::releases);
    this.size = linked == null ? releases.stream().mapToInt(Release::files).sum() : linked.size();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public List<Candidate> next(int few) {
    while (waiting.size() < few && at < releases.size()) {
      int to = Math.min(releases.size(), at + together);
      List<Release> some = releases.subList(at, to);
      waiting.addAll(database.withConnection(cancellation, connection -> files(connection, some)));
      at = to;
      together = Math.min(MOST_RELEASES, 2 * together);
    }
    List<Candidate> page = List.copyOf(waiting.subList(0, Math.min(few, waiting.size())));
    waiting.subList(0, page.size()).clear();
    return page;
  }

  /** All that are left. */
  List<Candidate> rest() {
    together = MOST_RELEASES;
    return next(Integer.MAX_VALUE);
  }

  private static final String RELEASES =
      """
      SELECT release_id, package.name, version, files
      FROM release JOIN package USING (package_id)
      WHERE state = 'complete' %s
      ORDER BY rank, package_id, release_id
      """;

  /** Those that count, best first. */
  private List<Release> releases(Connection connection) throws SQLException {
    boolean few = linked != null && linked.size() <= FEW;
    String condition =
        (few
                ? "AND release_id IN (SELECT release_id FROM release_file WHERE content_id = ANY (?))"
                : "")
            + (scope.packages().isEmpty() ? "" : " AND package.name = ANY (?)");
    try (PreparedStatement select = connection.prepareStatement(RELEASES.formatted(condition))) {
      int parameter = 1;
      if (linked != null && few) {
        select.setArray(parameter++, contents(connection, linked));
      }
      if (!scope.packages().isEmpty()) {
        Object[] names = scope.packages().stream().map(Scope.PackageName::name).toArray();
        select.setArray(parameter, connection.createArrayOf("text", names));
      }
      List<Release> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          Release release =
              new Release(rows.getInt(1), rows.getString(2), rows.getString(3), rows.getInt(4));
          if (scope.admits(release.name(), release.version())) {
            found.add(release);
          }
        }
      }
      return found;
    }
  }

  private static Array contents(Connection connection, Linked linked) throws SQLException {
    return connection.createArrayOf("int8", linked.contents());
  }

  private record Found(Release release, byte[] path, Candidate candidate) {}

  private List<Candidate> files(Connection connection, List<Release> some) throws SQLException {
    Map<Integer, Integer> order = new HashMap<>();
    some.forEach(release -> order.put(release.id(), order.size()));
    boolean few = linked != null && linked.size() <= FEW;
    String sql =
        "SELECT release_id, path, content_id, signature FROM release_file"
            + " WHERE release_id = ANY (?)"
            + (texts ? "" : " AND signature <> 0")
            + (few ? " AND content_id = ANY (?)" : "");
    List<Found> found = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setArray(1, connection.createArrayOf("int4", order.keySet().toArray()));
      if (linked != null && few) {
        select.setArray(2, contents(connection, linked));
      }
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          String path = rows.getString(2);
          long content = rows.getLong(3);
          long signature = rows.getLong(4);
          if ((linked == null || linked.has(content, signature)) && scope.paths().test(path)) {
            Release release = some.get(order.getOrDefault(rows.getInt(1), 0));
            found.add(
                new Found(
                    release,
                    path.getBytes(StandardCharsets.UTF_8),
                    new Candidate(release.name(), release.version(), path, content, signature)));
          }
        }
      }
    }
    found.sort(
        Comparator.comparingInt((Found each) -> order.getOrDefault(each.release().id(), 0))
            .thenComparing(Found::path, Arrays::compareUnsigned));
    return found.stream().map(Found::candidate).toList();
  }
}
