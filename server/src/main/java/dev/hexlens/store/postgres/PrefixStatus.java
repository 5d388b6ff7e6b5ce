package dev.hexlens.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A prefix as `db status` shows it.
 *
 * @param schemaVersion the last migration's; empty where none is done
 * @param bytes of its tables with their indexes and TOAST; on a distributed database the
 *     coordinator's part
 * @param contents null where nobody looked, or where the schema is not this HexLens'
 */
public record PrefixStatus(
    String name, String schemaVersion, long bytes, @Nullable PrefixContents contents) {

  /** A schema is a prefix if it has HexLens' migration history. */
  private static final String LIST =
      """
      SELECT n.nspname,
             (SELECT coalesce(sum(pg_total_relation_size(t.oid)), 0)::bigint
                FROM pg_class t
               WHERE t.relnamespace = n.oid AND t.relkind IN ('r', 'm'))
        FROM pg_namespace n
        JOIN pg_class h ON h.relnamespace = n.oid AND h.relname = '%s'
       ORDER BY n.nspname COLLATE "C"
      """
          .formatted(Migrations.HISTORY);

  static List<PrefixStatus> list(Connection connection) throws SQLException {
    var found = new ArrayList<PrefixStatus>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(LIST)) {
      while (rows.next()) {
        found.add(new PrefixStatus(rows.getString(1), "", rows.getLong(2), null));
      }
    }
    var prefixes = new ArrayList<PrefixStatus>();
    for (PrefixStatus prefix : found) {
      String version =
          Migrations.latestIn(connection, new Prefix(prefix.name()))
              .map(Object::toString)
              .orElse("");
      prefixes.add(new PrefixStatus(prefix.name(), version, prefix.bytes(), null));
    }
    return List.copyOf(prefixes);
  }

  /** As {@link #list}, and what is in them. */
  static List<PrefixStatus> listWithContents(Connection connection) throws SQLException {
    String mark = Migrations.ofHexLens().scripts().mark();
    var prefixes = new ArrayList<PrefixStatus>();
    for (PrefixStatus each : list(connection)) {
      var prefix = new Prefix(each.name());
      boolean ours = mark.equals(Migrations.markOf(prefix, connection));
      prefixes.add(
          new PrefixStatus(
              each.name(),
              each.schemaVersion(),
              each.bytes(),
              ours ? PrefixContents.of(connection, prefix) : null));
    }
    return List.copyOf(prefixes);
  }
}
