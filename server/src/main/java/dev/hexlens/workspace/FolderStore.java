package dev.hexlens.workspace;

import dev.hexlens.index.Extractor;
import dev.hexlens.index.FolderIndexer;
import dev.hexlens.index.StoredModules;
import dev.hexlens.store.Candidates;
import dev.hexlens.store.FileStamps;
import dev.hexlens.store.SymbolDictionary;
import dev.hexlens.store.Symbols;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.DatabaseConfig;
import dev.hexlens.store.postgres.DatabaseException;
import dev.hexlens.store.postgres.Prefix;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * What is stored of one workspace folder: its own files and the packages that it has on disk, in a
 * prefix of their own.
 */
record FolderStore(
    Database database,
    SymbolDictionary dictionary,
    Candidates candidates,
    Symbols symbols,
    FileStamps stamps,
    StoredModules modules)
    implements AutoCloseable {

  /** A writer, a reader for searches, one for the editor, and one to spare. */
  private static final int POOL = 4;

  /**
   * Opens it, and makes it where it is missing.
   *
   * @throws dev.hexlens.store.postgres.DatabaseException when the database can't be had
   */
  static FolderStore open(DatabaseConfig.Place place, Path root, Consumer<String> notes) {
    Database database = database(new DatabaseConfig(place, prefix(root), POOL), notes);
    SymbolDictionary dictionary = new SymbolDictionary();
    Candidates candidates = new Candidates(database, dictionary, Extractor.VERSION);
    return new FolderStore(
        database,
        dictionary,
        candidates,
        new Symbols(database),
        new FileStamps(database),
        new StoredModules(candidates));
  }

  /** What is stored of a folder can be made again: that of another build is dropped. */
  private static Database database(DatabaseConfig config, Consumer<String> notes) {
    try {
      return Database.open(config, notes);
    } catch (DatabaseException e) {
      if (e.kind() != DatabaseException.Kind.FOREIGN_SCHEMA) {
        throw e;
      }
      Database.dropPrefix(config, notes);
      return Database.open(config, notes);
    }
  }

  /** A name for the folder that no other has. */
  static Prefix prefix(Path root) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(root.toString().getBytes(StandardCharsets.UTF_8));
      return new Prefix("workspace_" + HexFormat.of().formatHex(hash, 0, 8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  FolderIndexer indexer(FolderIndexer.Folder folder) {
    return new FolderIndexer(
        folder,
        database,
        dictionary,
        candidates,
        modules,
        Runtime.getRuntime().availableProcessors());
  }

  @Override
  public void close() {
    database.close();
  }
}
