package dev.hexlens.store;

import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Searches the dictionary of symbols. */
public final class Symbols {
  private final Database database;

  public Symbols(Database database) {
    this.database = database;
  }

  /**
   * A symbol that something defines.
   *
   * @param kind the word for the kind of its definition
   */
  public record Known(Symbol symbol, String kind) {}

  /**
   * The defined symbols whose printed name holds the text, whatever its case: exact names first,
   * then beginnings of the name or of a module's last part, then the rest; short ones first.
   *
   * @param limit at most so many
   */
  public List<Known> search(String text, int limit, Cancellation cancellation) {
    String sql =
        """
        SELECT symbol_id, namespace, module, name, arity, kind FROM (
          SELECT symbol_id, namespace, module, name, arity, kind,
                 CASE WHEN name = '' THEN module ELSE module || '.' || name END AS qualified
          FROM symbol WHERE kind IS NOT NULL
        ) AS known
        WHERE lower(qualified) LIKE '%' || ? || '%' ESCAPE '!'
        ORDER BY CASE WHEN lower(name) = ? OR lower(qualified) = ? THEN 0
                      WHEN lower(qualified) LIKE ? || '%' ESCAPE '!' THEN 1
                      WHEN lower(name) LIKE ? || '%' ESCAPE '!' THEN 1
                      WHEN lower(qualified) LIKE '%.' || ? || '%' ESCAPE '!' THEN 2
                      ELSE 3 END,
                 length(qualified), qualified COLLATE "C", arity, namespace
        LIMIT ?
        """;
    String lower = text.toLowerCase(Locale.ROOT);
    String pattern = lower.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    return database.withConnection(
        cancellation,
        connection -> {
          List<Known> found = new ArrayList<>();
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, pattern);
            select.setString(2, lower);
            select.setString(3, lower);
            select.setString(4, pattern);
            select.setString(5, pattern);
            select.setString(6, pattern);
            select.setInt(7, limit);
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                found.add(new Known(SymbolDictionary.symbol(rows), rows.getString(6)));
              }
            }
          }
          return List.copyOf(found);
        });
  }

  /**
   * The symbols of a module and name, of every arity and namespace, defined or only referred to.
   *
   * @param name empty for the module itself
   */
  public List<Symbol> named(String module, String name, Cancellation cancellation) {
    return database.withConnection(
        cancellation,
        connection -> {
          String sql =
              """
              SELECT symbol_id, namespace, module, name, arity FROM symbol
              WHERE namespace = ANY (ARRAY['module', 'function', 'type', 'callback', 'attribute'])
                AND module = ? AND name = ?
              ORDER BY namespace, arity
              """;
          List<Symbol> found = new ArrayList<>();
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, module);
            select.setString(2, name);
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                found.add(SymbolDictionary.symbol(rows));
              }
            }
          }
          return List.copyOf(found);
        });
  }
}
