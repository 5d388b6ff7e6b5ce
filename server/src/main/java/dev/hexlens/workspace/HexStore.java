package dev.hexlens.workspace;

import dev.hexlens.index.Extractor;
import dev.hexlens.index.StoredModules;
import dev.hexlens.store.Candidates;
import dev.hexlens.store.SymbolDictionary;
import dev.hexlens.store.Symbols;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.DatabaseConfig;
import dev.hexlens.store.postgres.DatabaseException;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The index of Hex, opened when it is asked for the first time. For many threads. */
public final class HexStore implements AutoCloseable {
  /** After a failure the database is left in peace for a moment. */
  private static final long RETRY_NANOS = 2_000_000_000L;

  private final DatabaseConfig config;
  private final Consumer<String> notes;
  private @Nullable Opened opened;
  private @Nullable DatabaseException failure;
  private long failedAt;
  private boolean closed;
  private boolean borrowed;

  /** The open store. */
  public record Opened(
      Database database, Candidates candidates, Symbols symbols, StoredModules modules) {}

  public HexStore(DatabaseConfig config, Consumer<String> notes) {
    this.config = config;
    this.notes = notes;
  }

  /** One that is open already; whoever opened it closes it. */
  public static HexStore of(Database database) {
    HexStore store = new HexStore(database.config(), note -> {});
    store.opened = opened(database);
    store.borrowed = true;
    return store;
  }

  public String prefix() {
    return config.prefix().name();
  }

  /**
   * The store.
   *
   * @throws DatabaseException when the database can't be had; the next one who asks tries again
   */
  public synchronized Opened open() {
    if (closed) {
      throw new CancellationException("the index of Hex is closed");
    }
    if (opened == null) {
      if (failure != null && System.nanoTime() - failedAt < RETRY_NANOS) {
        throw failure;
      }
      try {
        Database database = Database.open(config, notes);
        opened = opened(database);
        failure = null;
      } catch (DatabaseException e) {
        failure = e;
        failedAt = System.nanoTime();
        throw e;
      }
    }
    return opened;
  }

  private static Opened opened(Database database) {
    Candidates candidates = new Candidates(database, new SymbolDictionary(), Extractor.VERSION);
    return new Opened(database, candidates, new Symbols(database), new StoredModules(candidates));
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (opened != null && !borrowed) {
      opened.database().close();
      opened = null;
    }
  }
}
