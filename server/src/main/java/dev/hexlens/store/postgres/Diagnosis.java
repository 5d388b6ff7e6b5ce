package dev.hexlens.store.postgres;

import dev.hexlens.store.postgres.DatabaseException.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Makes one sentence with a remedy of what Postgres, the driver and the operating system report.
 */
final class Diagnosis {

  /** What Linux, macOS, Windows and Postgres (in any locale but ours: C) call a full disk. */
  private static final Pattern FULL =
      Pattern.compile("No space left on device|Disk quota exceeded|not enough space on the disk");

  /** Bytes at the end of the server's log that tell of its end. */
  private static final int LAST_WORDS = 1000;

  private Diagnosis() {}

  /** A file operation under the home failed. */
  static DatabaseException of(IOException failure, Path home) {
    String file =
        failure instanceof FileSystemException system && system.getFile() != null
            ? system.getFile()
            : home.toString();
    if (isFull(failure.getMessage())) {
      return full(home, failure);
    }
    return new DatabaseException(
        Kind.HOME_NOT_WRITABLE,
        "HexLens can't write "
            + file
            + " ("
            + reason(failure)
            + "): make "
            + home
            + " writable for you, or set HEXLENS_HOME to another folder",
        failure);
  }

  static boolean isFull(@Nullable String message) {
    return message != null && FULL.matcher(message).find();
  }

  static DatabaseException full(Path folder, @Nullable Throwable cause) {
    String sentence =
        "The disk that holds "
            + folder
            + " is full: free space there, or set HEXLENS_HOME to a folder on another disk";
    return cause == null
        ? new DatabaseException(Kind.DISK_FULL, sentence)
        : new DatabaseException(Kind.DISK_FULL, sentence, cause);
  }

  /** A statement or a connection failed. Classes and codes: PostgreSQL's appendix A. */
  static DatabaseException of(SQLException failure, Site site) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    boolean embedded = site.data() != null;
    return switch (state) {
      case "53100" -> noSpace(failure, site);
      case "53300" ->
          new DatabaseException(
              Kind.BUSY,
              "The database at "
                  + site.url()
                  + " has no connection left: close other programs that use it"
                  + (embedded ? "" : ", or raise its max_connections"),
              failure);
      case "40001", "40P01" ->
          new DatabaseException(
              Kind.CONFLICT,
              "Two transactions got in each other's way in the database: run the command again",
              failure);
      case "42501" ->
          new DatabaseException(
              Kind.NO_PERMISSION,
              "The database at "
                  + site.url()
                  + " doesn't allow it ("
                  + said(failure)
                  + "): have its administrator grant CREATE on the database, or use another user",
              failure);
      // 08004: the driver has no password to offer.
      case "28P01", "28000", "08004" -> refused(failure, site);
      case "3D000" ->
          new DatabaseException(
              Kind.UNREACHABLE,
              "The server has no such database ("
                  + said(failure)
                  + "): create it, or correct HEXLENS_DATABASE_URL",
              failure);
      case "08001" ->
          new DatabaseException(
              Kind.UNREACHABLE,
              "No Postgres answers at "
                  + site.url()
                  + (embedded
                      ? ": look into " + site.data() + "/server.log and run the command again"
                      : ": start it, or correct HEXLENS_DATABASE_URL"),
              failure);
      default -> isGone(state) ? gone(failure, site) : failed(failure);
    };
  }

  /**
   * Whether the state says that the connection, and likely the server, is no more: 08 connection
   * exceptions, 57P shutdowns by an administrator or a crash.
   */
  static boolean isGone(@Nullable String state) {
    return state != null
        && (state.startsWith("08") || state.startsWith("57P0"))
        && !state.equals("08004");
  }

  private static DatabaseException noSpace(SQLException failure, Site site) {
    // The same state tells of shared memory for parallel workers, which a container may limit.
    boolean memory = said(failure).contains("shared memory");
    if (!memory && site.data() != null) {
      return full(site.data(), failure);
    }
    return new DatabaseException(
        Kind.DISK_FULL,
        memory
            ? "The server has no shared memory left ("
                + said(failure)
                + "): give its machine or container a larger /dev/shm"
            : "The disk of the database at "
                + site.url()
                + " is full: free space there, and run the command again",
        failure);
  }

  private static DatabaseException refused(SQLException failure, Site site) {
    return new DatabaseException(
        Kind.WRONG_PASSWORD,
        site.data() == null
            ? "Postgres at "
                + site.url()
                + " refuses the user or the password: correct them in HEXLENS_DATABASE_URL"
            : "The embedded server refuses the password in "
                + site.data().resolve(ServerKey.FILE)
                + ": restore that file, or move the folder "
                + site.data()
                + " away and index again",
        failure);
  }

  private static DatabaseException gone(SQLException failure, Site site) {
    // Without space for its log of changes the server gives up: what it says then stands elsewhere.
    if (site.data() != null && isFull(lastWords(site.data().resolve(DataFolder.LOG)))) {
      return full(site.data(), failure);
    }
    return new DatabaseException(
        Kind.SERVER_GONE,
        site.data() == null
            ? "The database server at "
                + site.url()
                + " went away while it was working: see that it runs, and try again"
            : "The database server went away while it was working: try again, it is started anew ("
                + site.data().resolve(DataFolder.LOG)
                + " may say why)",
        failure);
  }

  private static String lastWords(Path log) {
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(Math.max(0, file.length() - LAST_WORDS));
      var bytes = new byte[LAST_WORDS];
      int count = file.read(bytes);
      return new String(bytes, 0, Math.max(0, count), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return ""; // no log, no reason
    }
  }

  private static DatabaseException failed(SQLException failure) {
    return new DatabaseException(
        Kind.FAILED,
        "Postgres refused a statement ("
            + said(failure)
            + ", SQLSTATE "
            + failure.getSQLState()
            + "): please report this as a defect of HexLens",
        failure);
  }

  /** The server's own message where there is one, else the driver's, on one line. */
  private static String said(SQLException failure) {
    if (failure instanceof PSQLException told) {
      ServerErrorMessage message = told.getServerErrorMessage();
      if (message != null && message.getMessage() != null) {
        return oneLine(message.getMessage());
      }
    }
    return oneLine(String.valueOf(failure.getMessage()));
  }

  private static String reason(IOException failure) {
    if (failure instanceof FileSystemException system) {
      String reason = system.getReason();
      return reason == null ? failure.getClass().getSimpleName() : reason;
    }
    return String.valueOf(failure.getMessage());
  }

  static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", "; ");
  }
}
