package dev.hexlens.workspace;

import dev.hexlens.index.Extractor;
import dev.hexlens.index.StoredModules;
import dev.hexlens.store.Candidates;
import dev.hexlens.store.SymbolDictionary;
import dev.hexlens.store.Symbols;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.DatabaseConfig;
import java.util.function.Consumer;

/** The index of Hex, opened when it is asked for the first time. For many threads. */
public final class HexStore implements AutoCloseable {
  private final DatabaseConfig config;
  private final OnDemand<Opened> store;

  /** The open store. */
  public record Opened(
      Database database, Candidates candidates, Symbols symbols, StoredModules modules) {}

  public HexStore(DatabaseConfig config, Consumer<String> notes) {
    this(
        config,
        new OnDemand<>(
            "the index of Hex",
            () -> opened(Database.open(config, notes)),
            opened -> opened.database().close()));
  }

  private HexStore(DatabaseConfig config, OnDemand<Opened> store) {
    this.config = config;
    this.store = store;
  }

  /** One that is open already; whoever opened it closes it. */
  public static HexStore of(Database database) {
    Opened opened = opened(database);
    return new HexStore(
        database.config(), new OnDemand<>("the index of Hex", () -> opened, left -> {}));
  }

  public String prefix() {
    return config.prefix().name();
  }

  /**
   * The store.
   *
   * @throws dev.hexlens.store.postgres.DatabaseException when the database can't be had; the next
   *     one who asks tries again
   */
  public Opened open() {
    return store.get();
  }

  private static Opened opened(Database database) {
    Candidates candidates = new Candidates(database, new SymbolDictionary(), Extractor.VERSION);
    return new Opened(database, candidates, new Symbols(database), new StoredModules(candidates));
  }

  @Override
  public void close() {
    store.close();
  }
}
