package dev.hexlens.store;

import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.postgresql.PGStatement;

/**
 * Which contents may hold a text. Loading a content costs a row among the pending ones; many
 * together become a segment later, which takes some 10 ms to a megabyte of source. Own lists rather
 * than a GIN index over trigrams: over 107 MB of source pg_trgm's index has 25 MB and takes 7 s,
 * and needs the sources uncompressed.
 */
public final class TextPostings {
  /** Fewer than this are searched without an index: it takes milliseconds. */
  private static final int FEW = 256;

  /** A segment of which less is left is made anew, as 1 / this. */
  private static final int LEFT = 2;

  private final Database database;

  public TextPostings(Database database) {
    this.database = database;
  }

  /** Makes segments of what is pending, if that is enough to be worth it. */
  public void build() {
    if (!database.withConnection(TextPostings::isWorthIt)) {
      return;
    }
    database.useTransaction(Cancellation.NONE, TextPostings::reopen);
    boolean more = true;
    while (more) {
      more =
          database.inTransaction(connection -> {
            try {
              return buildSegment(connection);
            } catch (IOException e) {
              if (e.getCause() instanceof SQLException refused) {
                throw refused;
              }
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  /** Whether much is pending. */
  static boolean isWorthIt(Connection connection) throws SQLException {
    String sql = "SELECT count(*) FROM (SELECT FROM text_pending LIMIT %d) AS few".formatted(FEW);
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet rows = select.executeQuery()) {
      rows.next();
      return rows.getInt(1) == FEW;
    }
  }

  private record Segment(long id, int size) {}

  /**
   * Takes apart the segments that are small beside what is pending, so that there are few in the
   * end and each content is indexed some ten times at most; and those of which little is left.
   */
  private static void reopen(Connection connection) throws SQLException {
    List<Segment> segments = new ArrayList<>();
    try (PreparedStatement select =
            connection.prepareStatement(
                "SELECT segment_id, length(contents) / 8 FROM text_segment ORDER BY 2 FOR UPDATE SKIP LOCKED");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        segments.add(new Segment(rows.getLong(1), rows.getInt(2)));
      }
    }
    int pending = count(connection, "SELECT count(*) FROM text_pending");
    for (Segment segment : segments) {
      boolean small = segment.size() <= pending && segment.size() <= TextSegment.MOST / 2;
      if (small || left(connection, segment) * LEFT < segment.size()) {
        reopen(connection, segment);
        pending += segment.size();
      }
    }
  }

  private static int left(Connection connection, Segment segment) throws SQLException {
    long[] contents = new long[0];
    try (PreparedStatement select =
        connection.prepareStatement("SELECT contents FROM text_segment WHERE segment_id = ?")) {
      select.setLong(1, segment.id());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          contents = TextSegment.contents(rows.getBytes(1));
        }
      }
    }
    try (PreparedStatement select =
        connection.prepareStatement("SELECT count(*) FROM content WHERE content_id = ANY (?)")) {
      select.setArray(1, connection.createArrayOf("int8", boxed(contents)));
      try (ResultSet rows = select.executeQuery()) {
        rows.next();
        return rows.getInt(1);
      }
    }
  }

  private static void reopen(Connection connection, Segment segment) throws SQLException {
    String pending =
        """
        INSERT INTO text_pending
        SELECT content_id FROM content WHERE content_id = ANY (?)
        ON CONFLICT (content_id) DO NOTHING
        """;
    try (PreparedStatement delete =
            connection.prepareStatement(
                "DELETE FROM text_segment WHERE segment_id = ? RETURNING contents");
        PreparedStatement insert = connection.prepareStatement(pending);
        PreparedStatement lists =
            connection.prepareStatement(
                "DELETE FROM text_postings WHERE slot = ANY (?) AND segment_id = ?")) {
      delete.setLong(1, segment.id());
      try (ResultSet rows = delete.executeQuery()) {
        while (rows.next()) {
          long[] contents = TextSegment.contents(rows.getBytes(1));
          insert.setArray(1, connection.createArrayOf("int8", boxed(contents)));
          insert.executeUpdate();
        }
      }
      Object[] slots = Stream.iterate(0, slot -> slot + 1).limit(TextGrams.SLOTS).toArray();
      lists.setArray(1, connection.createArrayOf("int2", slots));
      lists.setLong(2, segment.id());
      lists.executeUpdate();
    }
  }

  private static Long[] boxed(long[] ids) {
    Long[] boxed = new Long[ids.length];
    for (int i = 0; i < ids.length; i++) {
      boxed[i] = ids[i];
    }
    return boxed;
  }

  private static int count(Connection connection, String sql) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet rows = select.executeQuery()) {
      rows.next();
      return rows.getInt(1);
    }
  }

  /** Makes one segment of what is pending, in the order in which it came; whether there is more. */
  private static boolean buildSegment(Connection connection) throws SQLException, IOException {
    String take =
        """
        DELETE FROM text_pending WHERE content_id = ANY (ARRAY (
          SELECT content_id FROM text_pending LIMIT %d FOR UPDATE SKIP LOCKED))
        RETURNING content_id
        """
            .formatted(TextSegment.MOST);
    List<Long> taken = new ArrayList<>();
    try (PreparedStatement delete = connection.prepareStatement(take);
        ResultSet rows = delete.executeQuery()) {
      while (rows.next()) {
        taken.add(rows.getLong(1));
      }
    }
    TextSegment segment = new TextSegment();
    TextGrams grams = new TextGrams();
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT content_id, source FROM content WHERE content_id = ANY (?)")) {
      select.setFetchSize(FEW);
      select.setArray(1, connection.createArrayOf("int8", taken.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          grams.read(Compression.decompress(rows.getBytes(2)));
          segment.add(rows.getLong(1), grams);
        }
      }
    }
    if (segment.size() > 0) {
      write(connection, segment);
    }
    return taken.size() == TextSegment.MOST;
  }

  private static void write(Connection connection, TextSegment segment)
      throws SQLException, IOException {
    try (BinaryCopy copy = BinaryCopy.into(connection, "text_segment (segment_id, contents)")) {
      copy.row(2);
      copy.bigint(segment.id());
      copy.bytes(segment.contents());
    }
    try (BinaryCopy copy = BinaryCopy.into(connection, "text_postings (segment_id, slot, lists)")) {
      for (int slot = 0; slot < TextGrams.SLOTS; slot++) {
        if (!segment.isEmpty(slot)) {
          copy.row(3);
          copy.bigint(segment.id());
          copy.smallint(slot);
          copy.bytes(segment.lists(slot));
        }
      }
    }
  }

  /** All at one moment, so that no content slips through on its way from pending to a segment. */
  static final String FIND =
      """
      SELECT content_id, NULL::integer, NULL::bytea FROM text_pending
      UNION ALL SELECT segment_id, NULL, contents FROM text_segment
      UNION ALL SELECT segment_id, slot, lists FROM text_postings WHERE slot = ANY (?)
      """;

  private record Stored(long[] contents, Map<Integer, byte[]> slots) {}

  /** The contents that may hold a text. */
  static LongSet find(Connection connection, TextTerms terms) throws SQLException {
    LongSet found = new LongSet();
    Map<Long, long[]> segments = new HashMap<>();
    Map<Long, Map<Integer, byte[]>> slots = new HashMap<>();
    Object[] wanted =
        terms.runs().stream()
            .flatMap(run -> TextGrams.of(run.bytes()).stream())
            .map(TextGrams.Gram::slot)
            .distinct()
            .toArray();
    try (PreparedStatement select = connection.prepareStatement(FIND)) {
      select.unwrap(PGStatement.class).setPrepareThreshold(Candidates.BINARY);
      select.setArray(1, connection.createArrayOf("int2", wanted));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          long id = rows.getLong(1);
          byte[] value = rows.getBytes(3);
          if (value == null) {
            found.add(id);
            continue;
          }
          int slot = rows.getInt(2);
          if (rows.wasNull()) {
            segments.put(id, TextSegment.contents(value));
          } else {
            slots.computeIfAbsent(id, key -> new HashMap<>()).put(slot, value);
          }
        }
      }
    }
    segments.forEach((id, contents) -> {
      Stored stored = new Stored(contents, slots.getOrDefault(id, Map.of()));
      held(terms, stored).stream().forEach(place -> found.add(contents[place]));
    });
    return found;
  }

  /** The places of the contents of a segment that may hold it. */
  private static BitSet held(TextTerms terms, Stored segment) {
    int size = segment.contents().length;
    BitSet found = new BitSet(size);
    if (terms.isAnything()) {
      found.set(0, size);
      return found;
    }
    return switch (terms) {
      case TextTerms.Run run -> {
        found.set(0, size);
        for (TextGrams.Gram gram : TextGrams.of(run.bytes())) {
          byte[] lists = segment.slots().get(gram.slot());
          if (lists == null) {
            yield new BitSet();
          }
          found.and(TextSegment.read(lists, gram.list(), size));
          if (found.isEmpty()) {
            break;
          }
        }
        yield found;
      }
      case TextTerms.AllOf all -> {
        found.set(0, size);
        all.terms().forEach(each -> found.and(held(each, segment)));
        yield found;
      }
      case TextTerms.AnyOf any -> {
        any.terms().forEach(each -> found.or(held(each, segment)));
        yield found;
      }
    };
  }
}
