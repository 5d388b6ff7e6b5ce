package dev.hexlens.store;

import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGStatement;

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
   * @param rank its package's place in the order of packages, from 1
   */
  public record Known(Symbol symbol, String kind, int rank) {}

  /** As the index {@code symbol_last} has it. */
  private static final String LAST =
      "lower(CASE WHEN name = '' THEN regexp_replace(module, '^.*\\.', '') ELSE name END)";

  /** As the index {@code symbol_words} has it. */
  private static final String WORDS =
      """
      array_to_tsvector(array_remove(string_to_array(lower(translate(
        module || '.' || name || CASE WHEN name = '' THEN regexp_replace(module, '([a-z0-9])([A-Z])', '\\1.\\2', 'g') ELSE '' END,
        '_@:?! ', '......')), '.'), ''))
      """;

  /** Texts up to so many letters begin so many names that not all can be put in order. */
  private static final int SHORT = 2;

  private static final int FEW = 2_000;

  private static final String FIND =
      """
      SELECT symbol_id, namespace, module, name, arity, kind,
             coalesce(rank, 2147483647) AS place
      FROM (%s) AS found
        LEFT JOIN (SELECT package_id, rank FROM package) AS ranked USING (package_id)
      ORDER BY %s place, length(module) + length(name), module COLLATE "C", name COLLATE "C", arity,
               namespace
      LIMIT ?
      """;

  /** Every text that begins with another comes before that with this behind it. */
  private static final String LAST_CHARACTER = "\udbff\udfff";

  /** As a range: LIKE would look at each row that the index gives once more. */
  private static final String BEGINNING =
      LAST + " COLLATE \"C\" >= ? AND " + LAST + " COLLATE \"C\" < ?";

  /** False for what is nothing but its beginning, given the beginning and its length. */
  private static final String LONGER =
      "CASE WHEN name = '' THEN " + LAST + " <> ? ELSE length(name) <> ? END";

  /**
   * The defined symbols whose last part begins with a text, those first that are nothing but it,
   * then by their packages' rank.
   *
   * @param last in small letters, without a dot; of one or two letters only the first names in the
   *     order of the alphabet are looked at
   * @param words in small letters: beginnings of words that the name must have as well
   * @param limit at most so many
   */
  public List<Known> beginning(
      String last, List<String> words, int limit, Cancellation cancellation) {
    boolean alone = words.isEmpty();
    String found =
        "SELECT * FROM symbol WHERE kind IS NOT NULL AND "
            + BEGINNING
            + (alone ? "" : " AND " + WORDS + " @@ ?::tsquery");
    if (alone && last.length() <= SHORT) {
      found += " ORDER BY " + LAST + " COLLATE \"C\" LIMIT " + FEW;
    }
    List<Object> values = new ArrayList<>(List.of(last, last + LAST_CHARACTER));
    if (!alone) {
      values.add(tsquery(words));
    }
    values.add(last);
    values.add(last.codePointCount(0, last.length()));
    return find(FIND.formatted(found, LONGER + ","), cancellation, values, limit);
  }

  /**
   * The defined symbols that have words with all these beginnings, in any order, by their packages'
   * rank.
   *
   * @param words in small letters, at least one
   * @param limit at most so many
   */
  public List<Known> withWords(List<String> words, int limit, Cancellation cancellation) {
    String found = "SELECT * FROM symbol WHERE kind IS NOT NULL AND " + WORDS + " @@ ?::tsquery";
    return find(FIND.formatted(found, ""), cancellation, List.of(tsquery(words)), limit);
  }

  private static String tsquery(List<String> words) {
    return words.stream()
        .map(word -> "'" + word.replace("'", "''").replace("\\", "\\\\") + "':*")
        .collect(Collectors.joining(" & "));
  }

  private List<Known> find(String sql, Cancellation cancellation, List<?> values, int limit) {
    return database.withConnection(
        cancellation,
        connection -> {
          List<Known> found = new ArrayList<>();
          try (PreparedStatement select = connection.prepareStatement(sql)) {
            // A plan for any text would not know how it begins, and read the whole table.
            select.unwrap(PGStatement.class).setPrepareThreshold(0);
            for (int i = 0; i < values.size(); i++) {
              select.setObject(i + 1, values.get(i));
            }
            select.setInt(values.size() + 1, limit);
            try (ResultSet rows = select.executeQuery()) {
              while (rows.next()) {
                found.add(
                    new Known(SymbolDictionary.symbol(rows), rows.getString(6), rows.getInt(7)));
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
