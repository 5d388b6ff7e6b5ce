package dev.hexlens.store.postgres;

import dev.hexlens.store.postgres.DatabaseException.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * The embedded server's data folder.
 *
 * @param parent absolute, links resolved: the path is compared with what the server's process shows
 */
record DataFolder(Path parent) {

  static final String LOG = "server.log";

  /** Some days of warnings; a longer log is put aside at the next start, one generation. */
  private static final long LOG_SIZE = 1 << 20;

  Path path() {
    return parent.resolve("data");
  }

  Path log() {
    return path().resolve(LOG);
  }

  boolean exists() {
    return Files.exists(path());
  }

  /**
   * Refuses a folder that this HexLens and this user have no business with.
   *
   * @throws DatabaseException of kind {@link Kind#FOREIGN_DATA_FOLDER}
   */
  void check(Account me) throws IOException {
    Path key = path().resolve(ServerKey.FILE);
    if (!Files.isReadable(path())) {
      throw ofAnother(path());
    }
    String version;
    try {
      version = Files.readString(path().resolve("PG_VERSION")).strip();
    } catch (NoSuchFileException e) {
      throw foreign("holds no Postgres data", "");
    }
    if (!Files.exists(key)) {
      throw foreign(
          "holds Postgres data, but not of HexLens (" + ServerKey.FILE + " is missing)", "");
    }
    if (Account.ownerOf(key).uid() != me.uid()) {
      throw ofAnother(key);
    }
    if (!version.equals(Binaries.MAJOR)) {
      throw foreign(
          "was made by PostgreSQL " + version + ", and this HexLens runs " + Binaries.MAJOR,
          ", or use the HexLens that made it");
    }
    if (ServerKey.read(path()).password().isEmpty()) {
      throw foreign("has no password in " + ServerKey.FILE, "");
    }
  }

  /**
   * Makes the folder, complete or not at all: beside its place, then renamed.
   *
   * @throws DatabaseException if initdb fails
   */
  void create(Binaries binaries, RunAs runAs, Consumer<String> notes) throws IOException {
    notes.accept("Making an empty database in " + path());
    Path fresh = parent.resolve("data" + Leftovers.newSuffix());
    Path passwordFile = parent.resolve("password" + Leftovers.newSuffix());
    ServerKey key = ServerKey.generate();
    try {
      Files.createDirectory(fresh);
      Files.createFile(passwordFile, ServerKey.ownerOnly());
      Files.writeString(passwordFile, key.password() + "\n");
      Account account = runAs.account();
      if (account != null) {
        account.own(fresh);
        account.own(passwordFile);
      }
      ChildProcess made = ChildProcess.run(parent, initdb(binaries, runAs, fresh, passwordFile));
      if (!made.succeeded()) {
        throw notMade(made.output());
      }
      key.write(fresh);
      Files.move(fresh, path(), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Leftovers.delete(passwordFile);
      Leftovers.delete(fresh);
    }
  }

  /**
   * The collation is by code point, built into PostgreSQL: the same on every machine, whatever
   * libraries it has, and quick. Page checksums are off: with them every bulk load writes its pages
   * to the log a second time when they are first read (hint bits), and all of it can be made again.
   * One iteration of SCRAM: many are to slow down who guesses a weak password, but this one has 128
   * random bits, and they cost every connection 20 ms and more.
   */
  private static List<String> initdb(
      Binaries binaries, RunAs runAs, Path folder, Path passwordFile) {
    return runAs.command(
        List.of(
            binaries.program("initdb"),
            "--pgdata=" + folder,
            "--username=" + ServerKey.USER,
            "--pwfile=" + passwordFile,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--no-data-checksums",
            "--set=scram_iterations=1",
            "--no-instructions"));
  }

  /** Puts the folder into the state in which a server with these settings can start. */
  void prepare(ServerSettings settings, int port, RunAs runAs) throws IOException {
    if (path().getFileSystem().supportedFileAttributeViews().contains("posix")) {
      // Postgres insists on it, and a copy of the folder, from a backup perhaps, may be more open.
      Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("rwx------"));
    }
    ServerKey.read(path()).withPort(port).write(path());
    Files.writeString(path().resolve("postgresql.conf"), settings.text(port));
    Files.writeString(path().resolve("pg_hba.conf"), ServerSettings.access());
    Path log = log();
    if (Files.exists(log) && Files.size(log) > LOG_SIZE) {
      Files.move(log, path().resolve(LOG + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
    Account account = runAs.account();
    if (account != null) {
      if (!Account.ownerOf(path()).equals(account)) {
        account.own(path());
      }
      account.own(path().resolve("postgresql.conf"));
      account.own(path().resolve("pg_hba.conf"));
      // The key stays root's own, and so tells whose the folder is.
      Account.ROOT.own(path().resolve(ServerKey.FILE));
    }
  }

  long logSize() throws IOException {
    Path log = log();
    return Files.exists(log) ? Files.size(log) : 0;
  }

  /** What the log has gained since it was so long. */
  String logSince(long size) throws IOException {
    Path log = log();
    if (!Files.exists(log)) {
      return "";
    }
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(Math.min(size, file.length()));
      var bytes = new byte[(int) Math.min(LOG_SIZE, file.length() - file.getFilePointer())];
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** Bytes of all files, as far as they stand still. */
  long size() throws IOException {
    var sizes = new LongAdder();
    Files.walkFileTree(
        path(),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            sizes.add(attributes.size());
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE; // deleted meanwhile
          }
        });
    return sizes.sum();
  }

  private DatabaseException notMade(String output) {
    if (Diagnosis.isFull(output)) {
      return Diagnosis.full(parent, null);
    }
    return new DatabaseException(
        Kind.FAILED,
        "initdb can't make a database in "
            + path()
            + " ("
            + Diagnosis.oneLine(output)
            + "): remedy that, or set "
            + DatabaseConfig.URL_VARIABLE
            + " to a Postgres of yours");
  }

  DatabaseException foreign(String what, String alternative) {
    return new DatabaseException(
        Kind.FOREIGN_DATA_FOLDER,
        "The folder "
            + path()
            + " "
            + what
            + ": move it away and index again"
            + alternative
            + ", or set "
            + HexLensHome.VARIABLE
            + " to another folder");
  }

  private DatabaseException ofAnother(Path file) throws IOException {
    String owner = Account.nameOfOwner(file);
    return new DatabaseException(
        Kind.FOREIGN_DATA_FOLDER,
        "The database in "
            + path()
            + " belongs to the user "
            + owner
            + ": run HexLens as "
            + owner
            + ", or set "
            + HexLensHome.VARIABLE
            + " to a folder of your own");
  }
}
