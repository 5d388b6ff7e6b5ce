package dev.hexlens.store.postgres;

/**
 * The database can't do what was asked. The message is one sentence for the user that names the
 * thing and the remedy; {@link #kind()} is for the program; the cause, where there is one, is what
 * Postgres or the operating system said.
 */
public final class DatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is wrong, so far as a caller may want to do something about it. */
  public enum Kind {
    /** The embedded server finds no port on the loopback interface. */
    NO_FREE_PORT,
    /** The disk that holds the database, or a quota on it, is full. */
    DISK_FULL,
    /** A newer HexLens wrote the prefix. */
    NEWER_SCHEMA,
    /** The schema of that name is not of HexLens, or of a build whose migrations differ. */
    FOREIGN_SCHEMA,
    /** The prefix must be migrated or dropped, and another process still uses it as it is. */
    IN_USE,
    /** The data folder is of another Postgres, of another user, or not HexLens' at all. */
    FOREIGN_DATA_FOLDER,
    /** The server refuses the user or the password. */
    WRONG_PASSWORD,
    /** The server went away; what was under way is lost, the next call connects anew. */
    SERVER_GONE,
    /** There is no PostgreSQL for this platform, or it doesn't run here. */
    NO_BINARIES,
    /** HEXLENS_HOME can't be created or written. */
    HOME_NOT_WRITABLE,
    /** No server answers, or it has no such database. */
    UNREACHABLE,
    /** The server is older than {@link Database#OLDEST_MAJOR}. */
    SERVER_TOO_OLD,
    /** The user may not do it, on a server named by URL. */
    NO_PERMISSION,
    /** All connections are in use, or another process holds the server's lock for too long. */
    BUSY,
    /** A deadlock or a serialization failure: run the transaction again. */
    CONFLICT,
    /** A setting is wrong: the URL, the prefix. */
    BAD_CONFIGURATION,
    /** Anything else. */
    FAILED
  }

  private final Kind kind;

  DatabaseException(Kind kind, String sentence) {
    super(sentence);
    this.kind = kind;
  }

  DatabaseException(Kind kind, String sentence, Throwable cause) {
    super(sentence, cause);
    this.kind = kind;
  }

  /** What is wrong. */
  public Kind kind() {
    return kind;
  }
}
