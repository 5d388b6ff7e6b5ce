package dev.hexlens.store;

import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/** Finds the files that the index proposes, best first, and reads what is kept of them. */
public final class Candidates implements CandidateSource {
  private final Database database;
  private final SymbolDictionary symbols;
  private final StoredFiles files;
  private final ReleaseCatalog catalog;

  /**
   * @param extractor the version whose trees are read
   */
  public Candidates(Database database, SymbolDictionary symbols, int extractor) {
    this.database = database;
    this.symbols = symbols;
    this.files = new StoredFiles(symbols, extractor);
    this.catalog = new ReleaseCatalog(database);
  }

  /**
   * A file of a release, as the index proposes it.
   *
   * @param generated whether a program wrote it
   */
  public record Candidate(
      String packageName,
      String version,
      String path,
      long contentId,
      long signature,
      boolean generated) {
    public Candidate(
        String packageName, String version, String path, long contentId, long signature) {
      this(packageName, version, path, contentId, signature, false);
    }

    /** Where it stands in the order of answers. */
    public Scope.Position position() {
      return new Scope.Position(packageName, version, path, generated);
    }

    /** The order of a release's files: by their bytes, whatever the database's locale. */
    public static final Comparator<Candidate> IN_RELEASE =
        Comparator.comparing(Candidate::generated)
            .thenComparing(
                file -> file.path().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

    /** Whether it comes before a place in the same release, in the order of answers. */
    public boolean isBefore(Scope.Position other) {
      return IN_RELEASE.compare(
              this, new Candidate(packageName, version, other.path(), 0, 0, other.generated()))
          < 0;
    }
  }

  /**
   * What is kept of a file.
   *
   * @param tree the compact tree
   */
  public record StoredFile(Candidate at, byte[] tree, FileFacts facts, byte[] source) {}

  /**
   * Which files count.
   *
   * @param packages of one of these; none: of any
   * @param paths what a path must be like
   * @param generated whether files that a program wrote count; they come last
   * @param from the file to begin with, in the order of answers; null for the first. Who asks for
   *     candidates gets an {@link UnknownPosition} when its release is not among theirs.
   */
  public record Scope(
      List<PackageName> packages,
      Predicate<String> paths,
      boolean generated,
      @Nullable Position from) {
    public static final Scope ALL = new Scope(List.of(), path -> true);

    public Scope {
      packages = List.copyOf(packages);
    }

    public Scope(List<PackageName> packages, Predicate<String> paths) {
      this(packages, paths, true, null);
    }

    /** The same from a file on. */
    public Scope from(@Nullable Position file) {
      return new Scope(packages, paths, generated, file);
    }

    /** The same with the files that a program wrote, or without them. */
    public Scope generated(boolean wanted) {
      return new Scope(packages, paths, wanted, from);
    }

    /**
     * A file in the order of answers: those of the best package first, in a release by path; then
     * those that a program wrote, in the same order.
     */
    public record Position(String packageName, String version, String path, boolean generated) {
      public Position(String packageName, String version, String path) {
        this(packageName, version, path, false);
      }

      /** The first file of the same release, of those that were written in the same way. */
      public Position first() {
        return new Position(packageName, version, "", generated);
      }

      /** Whether a file is of the same release, and was written in the same way. */
      public boolean isBeside(Candidate file) {
        return file.packageName().equals(packageName)
            && file.version().equals(version)
            && file.generated() == generated;
      }
    }

    /** One package, or one version of it; null for all. */
    public Scope(@Nullable String packageName, @Nullable String version) {
      this(
          packageName == null ? List.of() : List.of(new PackageName(packageName, version)),
          path -> true,
          true,
          null);
    }

    /**
     * A package.
     *
     * @param version null for all
     */
    public record PackageName(String name, @Nullable String version) {
      /**
       * Reads {@code NAME} or {@code NAME@VERSION}.
       *
       * @throws IllegalArgumentException with a sentence when it is neither
       */
      public static PackageName parse(String text) {
        int at = text.indexOf('@');
        if (at == 0 || at == text.length() - 1 || text.isEmpty()) {
          throw new IllegalArgumentException(
              "`%s` is no package: write a name or name@version, for example plug@1.15.0"
                  .formatted(text));
        }
        return at < 0
            ? new PackageName(text, null)
            : new PackageName(text.substring(0, at), text.substring(at + 1));
      }
    }

    /** Whether a release is in it. */
    public boolean admits(String packageName, String version) {
      return packages.isEmpty()
          || packages.stream()
              .anyMatch(each ->
                  each.name().equals(packageName)
                      && (each.version() == null || each.version().equals(version)));
    }
  }

  @Override
  public int snapshot() {
    return catalog.order(Cancellation.NONE).snapshot();
  }

  @Override
  public ReleasePages pages(
      List<? extends Collection<Integer>> alternatives, Scope scope, Cancellation cancellation) {
    if (alternatives.stream().anyMatch(Collection::isEmpty)) {
      return new ReleasePages(database, catalog, null, false, scope, cancellation);
    }
    boolean any = alternatives.stream().allMatch(terms -> terms.size() == 1);
    Linked having =
        any
            ? having(
                List.of(alternatives.stream().flatMap(Collection::stream).toList()),
                "&&",
                cancellation)
            : having(alternatives, "@>", cancellation);
    return new ReleasePages(database, catalog, having, false, scope, cancellation);
  }

  @Override
  public ReleasePages texts(
      TextTerms text, @Nullable Collection<Integer> terms, Scope scope, Cancellation cancellation) {
    Proposed proposed =
        text.isAnything()
            ? null
            : new Proposed.Contents(
                database.withConnection(
                    cancellation, connection -> TextPostings.find(connection, text)));
    if (terms != null && !terms.isEmpty()) {
      Linked having = having(List.of(terms), "@>", cancellation);
      proposed = proposed == null ? having : new Proposed.Both(proposed, having);
    }
    return new ReleasePages(database, catalog, proposed, terms == null, scope, cancellation);
  }

  private Linked having(
      List<? extends Collection<Integer>> alternatives, String how, Cancellation cancellation) {
    return database.withConnection(
        cancellation,
        connection -> {
          Linked all = new Linked();
          for (Collection<Integer> terms : alternatives) {
            addHaving(connection, how, terms, all);
          }
          return all;
        });
  }

  private static final String HAVING =
      "SELECT content_id, signature FROM linkage WHERE linkage.terms %s ?";

  private static void addHaving(
      Connection connection, String how, Collection<Integer> terms, Linked having)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(HAVING.formatted(how))) {
      // A plan for any terms would not know how rare these are, and read the whole table.
      select.unwrap(PGStatement.class).setPrepareThreshold(0);
      select.setArray(1, connection.createArrayOf("int4", terms.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          having.add(rows.getLong(1), rows.getLong(2));
        }
      }
    }
  }

  /** The plan by which Postgres would find them, line by line. */
  public List<String> plan(Collection<Integer> terms) {
    String sql =
        "EXPLAIN (ANALYZE, COSTS OFF) "
            + (terms.isEmpty()
                ? "SELECT content_id, signature FROM release_file WHERE signature <> 0"
                : HAVING.formatted("@>"));
    return database.withConnection(connection -> {
      List<String> plan = new ArrayList<>();
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        if (!terms.isEmpty()) {
          select.setArray(1, connection.createArrayOf("int4", terms.toArray()));
        }
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            plan.add(rows.getString(1));
          }
        }
      }
      return plan;
    });
  }

  /** The files of a package at these paths, whatever they hold. */
  public List<Candidate> at(
      String packageName, Collection<String> paths, Cancellation cancellation) {
    String sql =
        """
        SELECT package.name, release.version, release_file.path, content_id, signature, generated
        FROM release_file JOIN release USING (release_id) JOIN package USING (package_id)
        WHERE release.state = 'complete' AND package.name = ? AND release_file.path = ANY (?)
        """;
    return database.withConnection(
        cancellation,
        connection -> {
          List<Candidate> found = new ArrayList<>();
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, packageName);
            select.setArray(2, connection.createArrayOf("text", paths.toArray()));
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                found.add(candidate(rows));
              }
            }
          }
          return found;
        });
  }

  private static Candidate candidate(ResultSet row) throws SQLException {
    return new Candidate(
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getLong(4),
        row.getLong(5),
        row.getBoolean(6));
  }

  /** Has the driver ask for bytes as they are, not as digits, from the first time on. */
  static final int BINARY = -1;

  @Override
  public List<StoredFile> read(List<Candidate> candidates, Parts parts, Cancellation cancellation) {
    IntPredicate references = id -> parts.references();
    return database.withConnection(
        cancellation, connection -> files.read(connection, candidates, parts, references));
  }

  /** What these files define; those that have gone meanwhile are left out. */
  public Map<Candidate, List<FileFacts.Defined>> definitions(
      List<Candidate> candidates, Cancellation cancellation) {
    return database.withConnection(
        cancellation, connection -> files.definitions(connection, candidates));
  }

  /** Asks for the names of all that is defined at once: for who reads the files' definitions. */
  public void rememberDefined(Cancellation cancellation) {
    database.useConnection(cancellation, symbols::rememberDefined);
  }

  @Override
  public List<StoredFile> readUses(
      List<Candidate> candidates, Collection<Symbol> wanted, Cancellation cancellation) {
    return database.withConnection(
        cancellation,
        connection -> {
          Set<Integer> ids = symbols.known(connection, wanted);
          return files.read(connection, candidates, Parts.FACTS_AND_SOURCE, ids::contains);
        });
  }

  @Override
  public List<FilePlaces> readPlaces(
      List<Candidate> candidates,
      Collection<Symbol> wanted,
      boolean definitions,
      Cancellation cancellation) {
    return database.withConnection(
        cancellation,
        connection -> {
          Set<Integer> ids = symbols.known(connection, wanted);
          return files.readPlaces(connection, candidates, definitions, ids::contains);
        });
  }
}
