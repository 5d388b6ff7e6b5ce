package dev.hexlens.store;

import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.elixir.syntax.LineIndex;
import dev.hexlens.store.CandidateSource.FilePlaces;
import dev.hexlens.store.CandidateSource.Parts;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.Candidates.StoredFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.postgresql.PGStatement;

/** Reads what is kept of files: trees, facts and sources. For many threads. */
final class StoredFiles {
  /** The contents of an unread part. */
  private static final byte[] UNREAD = {};

  private static final FileFacts NOTHING = new FileFacts(List.of(), List.of(), List.of());

  private static final String TREES =
      "SELECT content_id, tree FROM extraction"
          + " WHERE content_id = ANY (?) AND extractor = %d AND tree IS NOT NULL";
  private static final String SOURCES =
      "SELECT content_id, source FROM content WHERE content_id = ANY (?)";
  private static final String FACTS =
      "SELECT content_id, signature, facts FROM linkage WHERE content_id = ANY (?)";

  private final SymbolDictionary symbols;
  private final int extractor;
  private final RecentBytes<Long> recentTrees = new RecentBytes<>();
  private final RecentBytes<Long> recentSources = new RecentBytes<>();
  private final RecentBytes<Linkage> recentFacts = new RecentBytes<>();
  private final RecentFiles recentPlaces = new RecentFiles();

  /**
   * @param extractor the version whose trees are read
   */
  StoredFiles(SymbolDictionary symbols, int extractor) {
    this.symbols = symbols;
    this.extractor = extractor;
  }

  private record Linkage(long content, long signature) {
    static Linkage of(Candidate candidate) {
      return new Linkage(candidate.contentId(), candidate.signature());
    }
  }

  /**
   * What is kept of these files, in their order, without those that have gone.
   *
   * @param referencesTo of the references, those to the symbols with these ids
   */
  List<StoredFile> read(
      Connection connection, List<Candidate> candidates, Parts parts, IntPredicate referencesTo)
      throws SQLException {
    Set<Long> contents = candidates.stream().map(Candidate::contentId).collect(Collectors.toSet());
    Map<Long, byte[]> trees =
        parts.tree
            ? bytes(connection, TREES.formatted(extractor), contents, recentTrees)
            : Map.of();
    Map<Long, byte[]> sources =
        parts.source ? bytes(connection, SOURCES, contents, recentSources) : Map.of();
    Map<Linkage, byte[]> linkages =
        parts.facts ? facts(connection, linkages(candidates)) : Map.of();
    IntFunction<Symbol> symbol = symbols(connection, linkages.values().stream(), referencesTo);
    return candidates.parallelStream()
        .<StoredFile>mapMulti((candidate, files) -> {
          byte[] tree = parts.tree ? trees.get(candidate.contentId()) : UNREAD;
          byte[] source = parts.source ? sources.get(candidate.contentId()) : UNREAD;
          byte[] facts = parts.facts ? linkages.get(Linkage.of(candidate)) : UNREAD;
          if (tree != null && source != null && facts != null) {
            FileFacts known = parts.facts ? FactsCodec.read(facts, symbol, referencesTo) : NOTHING;
            files.accept(new StoredFile(candidate, tree, known, source));
          }
        })
        .toList();
  }

  /**
   * The same for who shows places and no text.
   *
   * @param definitions whether they are asked for as well
   */
  List<FilePlaces> readPlaces(
      Connection connection,
      List<Candidate> candidates,
      boolean definitions,
      IntPredicate referencesTo)
      throws SQLException {
    Map<Linkage, RecentFiles.Places> places = places(connection, candidates);
    List<FilePlaces> files = new ArrayList<>();
    symbols.named(
        connection,
        symbol -> {
          files.clear();
          for (Candidate candidate : candidates) {
            RecentFiles.Places each = places.get(Linkage.of(candidate));
            if (each != null) {
              FileFacts facts =
                  definitions
                      ? FactsCodec.read(each.facts(), symbol, referencesTo)
                      : FactsCodec.references(each.facts(), symbol, referencesTo);
              files.add(new FilePlaces(candidate, facts, each.lines()));
            }
          }
        });
    return files;
  }

  /** What these files define, without those that have gone. */
  Map<Candidate, List<FileFacts.Defined>> definitions(
      Connection connection, List<Candidate> candidates) throws SQLException {
    Map<Linkage, byte[]> linkages = facts(connection, linkages(candidates));
    Map<Candidate, List<FileFacts.Defined>> files = new HashMap<>();
    symbols.named(
        connection,
        symbol -> {
          for (Candidate candidate : candidates) {
            byte[] facts = linkages.get(Linkage.of(candidate));
            if (facts != null) {
              files.put(candidate, FactsCodec.definitions(facts, symbol));
            }
          }
        });
    return files;
  }

  private Map<Linkage, RecentFiles.Places> places(Connection connection, List<Candidate> candidates)
      throws SQLException {
    Map<Linkage, RecentFiles.Places> known = new HashMap<>();
    Set<Linkage> unknown = new HashSet<>();
    for (Candidate candidate : candidates) {
      RecentFiles.Places recent = recentPlaces.get(candidate.contentId(), candidate.signature());
      if (recent == null) {
        unknown.add(Linkage.of(candidate));
      } else {
        known.put(Linkage.of(candidate), recent);
      }
    }
    if (!unknown.isEmpty()) {
      Set<Long> contents = unknown.stream().map(Linkage::content).collect(Collectors.toSet());
      Map<Long, byte[]> sources = bytes(connection, SOURCES, contents, recentSources);
      facts(connection, unknown)
          .forEach((linkage, facts) -> {
            byte[] source = sources.get(linkage.content);
            if (source != null) {
              var read = new RecentFiles.Places(facts, LineIndex.of(source));
              recentPlaces.put(linkage.content, linkage.signature, read);
              known.put(linkage, read);
            }
          });
    }
    return known;
  }

  /** The symbols that a reading of these facts asks for, by their ids. */
  private IntFunction<Symbol> symbols(
      Connection connection, Stream<byte[]> facts, IntPredicate referencesTo) throws SQLException {
    Set<Integer> ids =
        facts
            .parallel()
            .flatMapToInt(each -> IntStream.of(FactsCodec.ids(each, referencesTo)))
            .boxed()
            .collect(Collectors.toSet());
    Map<Integer, Symbol> known = symbols.symbols(connection, ids);
    return id -> Objects.requireNonNull(known.get(id));
  }

  /** What a query tells of these contents, decompressed; it is not asked for what is at hand. */
  private static Map<Long, byte[]> bytes(
      Connection connection, String sql, Set<Long> contents, RecentBytes<Long> recent)
      throws SQLException {
    Map<Long, byte[]> stored = new HashMap<>(recent.get(contents));
    Object[] unknown = contents.stream().filter(id -> !stored.containsKey(id)).toArray();
    if (unknown.length > 0) {
      try (PreparedStatement select = select(connection, sql, unknown);
          ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          recent.put(rows.getLong(1), rows.getBytes(2));
          stored.put(rows.getLong(1), rows.getBytes(2));
        }
      }
    }
    return decompressed(stored);
  }

  private static Set<Linkage> linkages(List<Candidate> candidates) {
    return candidates.stream().map(Linkage::of).collect(Collectors.toSet());
  }

  /** What is known of these, decompressed; it is not asked for what is at hand. */
  private Map<Linkage, byte[]> facts(Connection connection, Set<Linkage> wanted)
      throws SQLException {
    Map<Linkage, byte[]> stored = new HashMap<>(recentFacts.get(wanted));
    Object[] unknown =
        wanted.stream()
            .filter(linkage -> !stored.containsKey(linkage))
            .map(Linkage::content)
            .distinct()
            .toArray();
    if (unknown.length > 0) {
      try (PreparedStatement select = select(connection, FACTS, unknown);
          ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          Linkage linkage = new Linkage(rows.getLong(1), rows.getLong(2));
          if (wanted.contains(linkage)) {
            byte[] facts = rows.getBytes(3);
            recentFacts.put(linkage, facts);
            stored.put(linkage, facts);
          }
        }
      }
    }
    return decompressed(stored);
  }

  private static PreparedStatement select(Connection connection, String sql, Object[] contents)
      throws SQLException {
    PreparedStatement select = connection.prepareStatement(sql);
    select.unwrap(PGStatement.class).setPrepareThreshold(Candidates.BINARY);
    select.setArray(1, connection.createArrayOf("int8", contents));
    return select;
  }

  private static <K> Map<K, byte[]> decompressed(Map<K, byte[]> stored) {
    Map<K, byte[]> read = new ConcurrentHashMap<>();
    stored.entrySet().parallelStream()
        .forEach(each -> read.put(each.getKey(), Compression.decompress(each.getValue())));
    return read;
  }
}
