package dev.hexlens.store;

import dev.hexlens.elixir.facts.Symbol;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The ids of symbols. Ids are given once and never taken back, so what is known here stays true for
 * every process; an id that nothing uses does no harm.
 */
public final class SymbolDictionary {
  /** Symbols remembered, some 150 bytes each; past that, all are asked for again. */
  private static final int MAX_KNOWN = 300_000;

  private static final Comparator<Symbol> NATURAL =
      Comparator.comparingInt((Symbol symbol) -> symbol.namespace().ordinal())
          .thenComparing(SymbolDictionary::module)
          .thenComparing(SymbolDictionary::name)
          .thenComparingInt(Symbol::arity);

  private final Map<Symbol, Known> known = new ConcurrentHashMap<>();
  private final Map<Integer, Symbol> symbols = new ConcurrentHashMap<>();

  private record Known(int id, boolean defined) {}

  /** The word for the kind of a definition, and the package that has it. */
  record Defined(String kind, int packageId) {}

  private static String module(Symbol symbol) {
    return symbol.module() == null ? "" : symbol.module();
  }

  private static String name(Symbol symbol) {
    return symbol.name() == null ? "" : symbol.name();
  }

  private static String namespace(Symbol symbol) {
    return symbol.namespace().name().toLowerCase(Locale.ROOT);
  }

  /**
   * The ids of these symbols; gives new ones to those that have none. In the order of their names,
   * so that processes that do the same at once wait for each other and never in a circle.
   *
   * @param defined the symbols among them that something defines
   */
  Map<Symbol, Integer> ids(
      Connection connection, Collection<Symbol> wanted, Map<Symbol, Defined> defined)
      throws SQLException {
    Map<Symbol, Integer> ids = new HashMap<>();
    List<Symbol> unknown = new ArrayList<>();
    for (Symbol symbol : wanted) {
      Known entry = known.get(symbol);
      if (entry != null && (entry.defined || !defined.containsKey(symbol))) {
        ids.put(symbol, entry.id);
      } else {
        unknown.add(symbol);
      }
    }
    if (!unknown.isEmpty()) {
      unknown.sort(NATURAL);
      add(connection, unknown, defined, ids);
      find(connection, unknown.stream().filter(each -> !ids.containsKey(each)).toList(), ids);
      remember(unknown, ids, defined);
    }
    return ids;
  }

  /** Forgets everything: the next one who asks gets what the database has. */
  void forget() {
    known.clear();
    symbols.clear();
  }

  private void remember(
      List<Symbol> added, Map<Symbol, Integer> ids, Map<Symbol, Defined> defined) {
    if (known.size() > MAX_KNOWN) {
      known.clear();
    }
    for (Symbol symbol : added) {
      Integer id = ids.get(symbol);
      if (id == null) {
        throw new IllegalStateException("the dictionary lost a symbol: " + symbol);
      }
      known.put(symbol, new Known(id, defined.containsKey(symbol)));
    }
  }

  /** Adds those that are missing; {@code ids} gets theirs and those of changed ones. */
  private static void add(
      Connection connection,
      List<Symbol> symbols,
      Map<Symbol, Defined> defined,
      Map<Symbol, Integer> ids)
      throws SQLException {
    String sql =
        """
        INSERT INTO symbol (namespace, module, name, arity, kind, package_id)
        SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::smallint[], ?::text[], ?::integer[])
        ON CONFLICT (namespace, module, name, arity)
        DO UPDATE SET kind = excluded.kind, package_id = excluded.package_id
        WHERE symbol.kind IS NULL AND excluded.kind IS NOT NULL
        RETURNING symbol_id, namespace, module, name, arity
        """;
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      bind(connection, insert, symbols);
      List<@Nullable String> kinds = new ArrayList<>();
      @Nullable Object[] packages = new @Nullable Object[symbols.size()];
      for (int i = 0; i < symbols.size(); i++) {
        Defined definition = defined.get(symbols.get(i));
        kinds.add(definition == null ? null : definition.kind());
        packages[i] = definition == null ? null : definition.packageId();
      }
      insert.setArray(5, texts(connection, kinds));
      insert.setArray(6, connection.createArrayOf("int4", packages));
      try (ResultSet rows = insert.executeQuery()) {
        while (rows.next()) {
          ids.put(symbol(rows), rows.getInt(1));
        }
      }
    }
  }

  private static void find(Connection connection, List<Symbol> symbols, Map<Symbol, Integer> ids)
      throws SQLException {
    if (symbols.isEmpty()) {
      return;
    }
    String sql =
        """
        SELECT wanted.place, symbol.symbol_id
        FROM unnest(?::text[], ?::text[], ?::text[], ?::smallint[]) WITH ORDINALITY
          AS wanted (namespace, module, name, arity, place)
        JOIN symbol USING (namespace, module, name, arity)
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      bind(connection, select, symbols);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          ids.put(symbols.get(rows.getInt(1) - 1), rows.getInt(2));
        }
      }
    }
  }

  private static void bind(Connection connection, PreparedStatement statement, List<Symbol> symbols)
      throws SQLException {
    statement.setArray(
        1, texts(connection, symbols.stream().map(SymbolDictionary::namespace).toList()));
    statement.setArray(
        2, texts(connection, symbols.stream().map(SymbolDictionary::module).toList()));
    statement.setArray(3, texts(connection, symbols.stream().map(SymbolDictionary::name).toList()));
    Object[] arities = symbols.stream().map(symbol -> (short) symbol.arity()).toArray();
    statement.setArray(4, connection.createArrayOf("int2", arities));
  }

  private static Array texts(Connection connection, List<? extends @Nullable String> texts)
      throws SQLException {
    return connection.createArrayOf("text", texts.toArray());
  }

  /** The ids of those of these symbols that have one. */
  Set<Integer> known(Connection connection, Collection<Symbol> wanted) throws SQLException {
    Map<Symbol, Integer> ids = new HashMap<>();
    List<Symbol> unknown = new ArrayList<>();
    for (Symbol symbol : wanted) {
      Known entry = known.get(symbol);
      if (entry == null) {
        unknown.add(symbol);
      } else {
        ids.put(symbol, entry.id);
      }
    }
    find(connection, unknown, ids);
    unknown.removeIf(symbol -> !ids.containsKey(symbol));
    remember(unknown, ids, Map.of());
    return Set.copyOf(ids.values());
  }

  /** Stands for a symbol whose name is to be asked for. */
  private static final Symbol NAMELESS = Symbol.module("");

  /** Work that asks for the symbols of ids. */
  interface Naming {
    void with(IntFunction<Symbol> symbols);
  }

  /**
   * Does work with the symbols that are at hand, and again, after the others have been asked for,
   * where some were not: only the last time counts.
   */
  void named(Connection connection, Naming work) throws SQLException {
    Map<Integer, Symbol> asked = new HashMap<>();
    Set<Integer> unknown = new HashSet<>();
    do {
      if (!unknown.isEmpty()) {
        asked.putAll(symbols(connection, unknown));
        unknown.clear();
      }
      work.with(id -> {
        Symbol before = asked.get(id);
        Symbol symbol = before == null ? symbols.get(id) : before;
        if (symbol == null) {
          unknown.add(id);
          return NAMELESS;
        }
        return symbol;
      });
    } while (!unknown.isEmpty());
  }

  /** Asks for all that is defined, unless it is more than is remembered. */
  void rememberDefined(Connection connection) throws SQLException {
    String sql =
        "SELECT symbol_id, namespace, module, name, arity FROM symbol WHERE kind IS NOT NULL LIMIT ?";
    Map<Integer, Symbol> found = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setInt(1, MAX_KNOWN);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.put(rows.getInt(1), symbol(rows));
        }
      }
    }
    if (found.size() + symbols.size() <= MAX_KNOWN) {
      symbols.putAll(found);
    }
  }

  /** The symbols of these ids. */
  Map<Integer, Symbol> symbols(Connection connection, Collection<Integer> ids) throws SQLException {
    Map<Integer, Symbol> found = new HashMap<>();
    List<Integer> unknown = new ArrayList<>();
    for (Integer id : ids) {
      Symbol symbol = symbols.get(id);
      if (symbol == null) {
        unknown.add(id);
      } else {
        found.put(id, symbol);
      }
    }
    if (!unknown.isEmpty()) {
      String sql =
          "SELECT symbol_id, namespace, module, name, arity FROM symbol WHERE symbol_id = ANY (?)";
      try (PreparedStatement select = connection.prepareStatement(sql)) {
        select.setArray(1, connection.createArrayOf("int4", unknown.toArray()));
        try (ResultSet rows = select.executeQuery()) {
          while (rows.next()) {
            found.put(rows.getInt(1), symbol(rows));
          }
        }
      }
      if (symbols.size() > MAX_KNOWN) {
        symbols.clear();
      }
      symbols.putAll(found);
    }
    return found;
  }

  /** The symbol in columns 2 to 5 of a row. */
  static Symbol symbol(ResultSet row) throws SQLException {
    Symbol.Namespace namespace =
        Symbol.Namespace.valueOf(row.getString(2).toUpperCase(Locale.ROOT));
    String module = row.getString(3);
    String name = row.getString(4);
    return new Symbol(
        namespace,
        module.isEmpty() ? null : module,
        namespace == Symbol.Namespace.MODULE && name.isEmpty() ? null : name,
        row.getInt(5));
  }
}
