package dev.hexlens.store;

import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.ReleaseCatalog.Order;
import dev.hexlens.store.ReleaseCatalog.Release;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Candidates release by release, the best packages first, inside a release by path; then in the
 * same order those that a program wrote. What the index proposes is known by content; which files
 * these are is looked up as far as somebody wants to know: a search that ends at its hundredth
 * match has not looked at the places of ten thousand.
 */
final class ReleasePages implements CandidateSource.Pages {
  /** So few contents are found by themselves, whichever releases they are of. */
  private static final int FEW = 256;

  /** Releases whose files are read together, at first and at most. */
  private static final int FIRST_RELEASES = 8;

  private static final int MOST_RELEASES = 512;

  private final ReleaseCatalog catalog;
  private final @Nullable Proposed proposed;
  private final boolean texts;
  private final Scope scope;
  private final Cancellation cancellation;
  private final int size;
  private final List<Release> releases;

  /** What was read for this search; the rest is the catalog's. */
  private final Map<Release, FileTable> own = new HashMap<>();

  private final List<Candidate> waiting = new ArrayList<>();

  /** Whether those that a program wrote have their turn. */
  private boolean generated;

  /** The release whose turn it is. */
  private int at;

  private int together = FIRST_RELEASES;

  /**
   * @param proposed what the index proposes; null for every file
   * @param texts whether files count of which only the text is kept
   * @throws UnknownPosition when the scope begins in a release that is not among them
   */
  ReleasePages(
      Database database,
      ReleaseCatalog catalog,
      @Nullable Proposed proposed,
      boolean texts,
      Scope scope,
      Cancellation cancellation) {
    this.catalog = catalog;
    this.proposed = proposed;
    this.texts = texts;
    this.scope = scope;
    this.cancellation = cancellation;
    this.releases = releases(database);
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

  /** Those that count, best first. */
  private List<Release> releases(Database database) {
    if (proposed != null && proposed.size() == 0) {
      return List.of();
    }
    Order order = catalog.order(cancellation);
    List<Release> all = order.releases();
    if (proposed != null && proposed.size() <= FEW) {
      long[] contents = proposed.contents();
      database.useConnection(cancellation, connection -> find(connection, contents, order));
      all = all.stream().filter(own::containsKey).toList();
    }
    if (scope.packages().isEmpty()) {
      return all;
    }
    Set<String> names =
        scope.packages().stream().map(Scope.PackageName::name).collect(Collectors.toSet());
    return all.stream()
        .filter(each -> names.contains(each.name()) && scope.admits(each.name(), each.version()))
        .toList();
  }

  /** Reads where a few contents stand, and nothing else of their releases. */
  private void find(Connection connection, long[] contents, Order order) throws SQLException {
    String sql =
        """
        SELECT release_id, path, content_id, signature, generated FROM release_file
        WHERE content_id = ANY (?)
        """;
    Map<Integer, FileTable.Builder> builders = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setArray(
          1, connection.createArrayOf("int8", Arrays.stream(contents).boxed().toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          builders
              .computeIfAbsent(rows.getInt(1), release -> new FileTable.Builder())
              .add(rows.getBytes(2), rows.getLong(3), rows.getLong(4), rows.getBoolean(5));
        }
      }
    }
    builders.forEach((release, builder) -> {
      Integer place = order.places().get(release);
      if (place != null) {
        own.put(order.releases().get(place), builder.build());
      }
    });
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public List<Candidate> next(int few) {
    while (waiting.size() < few && hasMore()) {
      Release release = releases.get(at);
      if (!generated || release.hasGenerated()) {
        add(release, table(release));
      }
      at++;
    }
    List<Candidate> page = List.copyOf(waiting.subList(0, Math.min(few, waiting.size())));
    waiting.subList(0, page.size()).clear();
    return page;
  }

  private boolean hasMore() {
    if (at == releases.size() && !generated && scope.generated()) {
      generated = true;
      at = 0;
    }
    return at < releases.size();
  }

  /** The files of the release whose turn it is; those of some that follow are read with them. */
  private FileTable table(Release release) {
    FileTable known = own.get(release);
    if (known == null) {
      known = catalog.known(release);
    }
    if (known != null) {
      return known;
    }
    List<Release> unknown = new ArrayList<>();
    for (int i = at; i < releases.size() && unknown.size() < together; i++) {
      Release next = releases.get(i);
      if ((!generated || next.hasGenerated()) && catalog.known(next) == null) {
        unknown.add(next);
      }
    }
    together = Math.min(MOST_RELEASES, 2 * together);
    own.clear(); // so that a search of everything does not keep everything
    own.putAll(catalog.read(unknown, cancellation));
    return Objects.requireNonNull(own.get(release));
  }

  private void add(Release release, FileTable files) {
    for (int file = files.first(generated); file < files.end(generated); file++) {
      long content = files.content(file);
      long signature = files.signature(file);
      if ((texts || signature != 0) && (proposed == null || proposed.has(content, signature))) {
        String path = files.path(file);
        if (scope.paths().test(path)) {
          Candidate candidate =
              new Candidate(release.name(), release.version(), path, content, signature, generated);
          if (!isBefore(candidate)) {
            waiting.add(candidate);
          }
        }
      }
    }
  }

  /** Whether a file comes before the one to begin with, in the same release. */
  private boolean isBefore(Candidate file) {
    Scope.Position from = scope.from();
    return from != null && from.isBeside(file) && file.isBefore(from);
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
}
