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
 * Candidates release by release, the best packages first, inside a release by path; then in the
 * same order those that a program wrote. What the index proposes is known by content; which files
 * these are is asked for as far as somebody wants to know: a search that ends at its hundredth
 * match has not looked at the places of ten thousand.
 */
final class ReleasePages implements CandidateSource.Pages {
  /** So few contents are found by themselves, whichever releases they are of. */
  private static final int FEW = 1_024;

  /** Releases looked at together, at first and at most. */
  private static final int FIRST_RELEASES = 8;

  private static final int MOST_RELEASES = 512;

  private final Database database;
  private final @Nullable Proposed proposed;
  private final boolean texts;
  private final Scope scope;
  private final Cancellation cancellation;
  private final int size;
  private final List<Release> releases;
  private final List<Candidate> waiting = new ArrayList<>();

  /** Whether those that a program wrote have their turn. */
  private boolean generated;

  /** The release whose turn it is. */
  private int at;

  private int together = FIRST_RELEASES;

  private record Release(int id, String name, String version, int files) {}

  /**
   * @param proposed what the index proposes; null for every file
   * @param texts whether files count of which only the text is kept
   * @throws UnknownPosition when the scope begins in a release that is not among them
   */
  ReleasePages(
      Database database,
      @Nullable Proposed proposed,
      boolean texts,
      Scope scope,
      Cancellation cancellation) {
    this.database = database;
    this.proposed = proposed;
    this.texts = texts;
    this.scope = scope;
    this.cancellation = cancellation;
    this.releases =
        proposed != null && proposed.size() == 0
            ? List.of()
            : database.withConnection(cancellation, this::releases);
    Scope.Position from = scope.from();
    if (from != null) {
      at = place(from.packageName(), from.version());
      generated = from.generated();
      if (at < 0 || (generated && !scope.generated())) {
        throw new UnknownPosition(from);
      }
    }
    this.size =
        proposed == null ? releases.stream().mapToInt(Release::files).sum() : proposed.size();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public List<Candidate> next(int few) {
    while (waiting.size() < few && hasMore()) {
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

  private boolean hasMore() {
    if (at == releases.size() && !generated && scope.generated()) {
      generated = true;
      at = 0;
      together = MOST_RELEASES; // they are few
    }
    return at < releases.size();
  }

  @Override
  public int releases() {
    return releases.size();
  }

  @Override
  public int releasesBefore(Candidate file) {
    return file.generated()
        ? releases.size() // but for what a program wrote
        : Math.max(0, place(file.packageName(), file.version()));
  }

  /** Which of the releases it is, from 0; -1 for none of them. */
  private int place(String name, String version) {
    for (int i = 0; i < releases.size(); i++) {
      if (releases.get(i).name().equals(name) && releases.get(i).version().equals(version)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public List<Candidate> rest() {
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
    boolean few = proposed != null && proposed.size() <= FEW;
    String condition =
        (few
                ? "AND release_id IN (SELECT release_id FROM release_file WHERE content_id = ANY (?))"
                : "")
            + (scope.packages().isEmpty() ? "" : " AND package.name = ANY (?)");
    try (PreparedStatement select = connection.prepareStatement(RELEASES.formatted(condition))) {
      int parameter = 1;
      if (proposed != null && few) {
        select.setArray(parameter++, contents(connection, proposed));
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

  private static Array contents(Connection connection, Proposed proposed) throws SQLException {
    return connection.createArrayOf("int8", proposed.contents());
  }

  /** Whether a file comes before the one to begin with, in the same release. */
  private boolean isBefore(Candidate file) {
    Scope.Position from = scope.from();
    return from != null && from.isBeside(file) && file.isBefore(from);
  }

  private record Found(int release, byte[] path, Candidate candidate) {}

  private List<Candidate> files(Connection connection, List<Release> some) throws SQLException {
    Map<Integer, Integer> order = new HashMap<>();
    some.forEach(release -> order.put(release.id(), order.size()));
    boolean few = proposed != null && proposed.size() <= FEW;
    String sql =
        "SELECT release_id, path, content_id, signature FROM release_file"
            + " WHERE release_id = ANY (?)"
            + (generated ? " AND generated" : " AND NOT generated")
            + (texts ? "" : " AND signature <> 0")
            + (few ? " AND content_id = ANY (?)" : "");
    List<Found> found = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setArray(1, connection.createArrayOf("int4", order.keySet().toArray()));
      if (proposed != null && few) {
        select.setArray(2, contents(connection, proposed));
      }
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          String path = rows.getString(2);
          long content = rows.getLong(3);
          long signature = rows.getLong(4);
          if ((proposed == null || proposed.has(content, signature)) && scope.paths().test(path)) {
            int place = order.getOrDefault(rows.getInt(1), 0);
            Release release = some.get(place);
            Candidate file =
                new Candidate(
                    release.name(), release.version(), path, content, signature, generated);
            if (!isBefore(file)) {
              found.add(new Found(place, path.getBytes(StandardCharsets.UTF_8), file));
            }
          }
        }
      }
    }
    found.sort(
        Comparator.comparingInt(Found::release)
            .thenComparing(Found::path, Arrays::compareUnsigned));
    return found.stream().map(Found::candidate).toList();
  }
}
