package dev.hexlens.store.postgres;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;

/**
 * What it takes to talk to an embedded server. Kept in the data folder, readable by its owner only;
 * that the file is there also says that HexLens made the folder.
 *
 * @param port on the loopback interface; may change from start to start
 * @param password generated with the data folder, 128 random bits
 */
record ServerKey(int port, String password) {

  static final String FILE = "hexlens.properties";

  /** The server's only role. */
  static final String USER = "hexlens";

  /** The database that initdb makes; HexLens needs no other. */
  static final String DATABASE = "postgres";

  private static final int PASSWORD_BYTES = 16;

  static ServerKey generate() {
    var bytes = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(bytes);
    return new ServerKey(0, HexFormat.of().formatHex(bytes));
  }

  static ServerKey read(Path data) throws IOException {
    var properties = new Properties();
    properties.load(new StringReader(Files.readString(data.resolve(FILE))));
    String port = properties.getProperty("port", "0");
    return new ServerKey(
        port.matches("\\d{1,5}") ? Integer.parseInt(port) : 0,
        properties.getProperty("password", ""));
  }

  /** Replaces the file at once: a reader sees the old one or the new one. */
  void write(Path data) throws IOException {
    Path fresh = data.resolve(FILE + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(fresh, ownerOnly());
    Files.writeString(fresh, "port=" + port + "\npassword=" + password + "\n");
    Files.move(fresh, data.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
  }

  ServerKey withPort(int another) {
    return new ServerKey(another, password);
  }

  PostgresUrl url() {
    return new PostgresUrl("127.0.0.1:" + port, DATABASE, USER, password, Map.of());
  }

  /** Leaves the password out. */
  @Override
  public String toString() {
    return "ServerKey[port=" + port + "]";
  }

  /** Mode 0600 from the first moment; on Windows the user's folder is closed already. */
  static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }
}
