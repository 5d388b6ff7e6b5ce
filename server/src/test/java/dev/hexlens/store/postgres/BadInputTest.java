package dev.hexlens.store.postgres;

import static dev.hexlens.store.postgres.MigrationsTest.assertThatKind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.hexlens.store.postgres.DatabaseConfig.Place;
import dev.hexlens.store.postgres.DatabaseException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each trouble as it comes, and the sentence that it gives. */
class BadInputTest {

  private static final Migrations MIGRATIONS =
      new Migrations(MigrationScripts.in("db/test-first"), Duration.ofSeconds(5));

  @TempDir private static Path folder;
  private static Path home;

  @BeforeAll
  static void makeHome() throws IOException {
    home = TestHome.fresh(folder);
    EmbeddedPostgres.use(home, note -> {}).close();
  }

  @AfterAll
  static void removeLinks() throws IOException {
    TestHome.removeLinks(folder);
  }

  @Test
  void everyPortIsTaken() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var server = new SharedServer(home, preferred -> OptionalInt.of(taken.getLocalPort()));
      assertThatKind(() -> server.enter(note -> {}), Kind.NO_FREE_PORT)
          .hasMessageContaining("no free port on 127.0.0.1: close programs that hold ports");
    }
  }

  @Test
  void noPortIsToBeHad() {
    var server = new SharedServer(home, preferred -> OptionalInt.empty());
    assertThatKind(() -> server.enter(note -> {}), Kind.NO_FREE_PORT);
  }

  @Test
  void theDiskIsFullBeforePostgresIsUnpacked() throws Exception {
    try (var child = onSmallDisk("2m", "true")) {
      assertThat(child.line()).startsWith("failed DISK_FULL The disk that holds ");
    }
  }

  @Test
  void theDiskIsFullBeforeTheDatabaseIsMade() throws Exception {
    try (var child = onSmallDisk("30m", "ln -s $BINARIES $HEXLENS_HOME/postgres")) {
      assertThat(child.line())
          .startsWith("failed DISK_FULL The disk that holds ")
          .contains("is full: free space there");
    }
  }

  @Test
  void theDiskGetsFullWhileTheDatabaseIsLoaded() throws Exception {
    try (var child = onSmallDisk("80m", "ln -s $BINARIES $HEXLENS_HOME/postgres")) {
      assertThat(child.line()).startsWith("ready");
      assertThat(child.ask("fill")).startsWith("failed DISK_FULL The disk that holds ");
    }
  }

  /** A process that sees a small file system of its own in the home's place. */
  private static Child onSmallDisk(String size, String preparation) throws IOException {
    assumeThat(Account.current().isRoot()).as("only root mounts").isTrue();
    Path mountPoint = Files.createDirectories(folder.resolve("disk"));
    String script =
        "mount -t tmpfs -o size=%s tmpfs $HEXLENS_HOME && mkdir $HEXLENS_HOME/postgres && %s"
                .formatted(size, preparation)
            + " && exec \"$@\"";
    return Child.start(
        mountPoint,
        List.of("unshare", "--mount", "sh", "-c", script, "sh"),
        Map.of("BINARIES", TestHome.binaries().toString()),
        System.getProperty("java.class.path"));
  }

  @Test
  void theFolderIsOfAnotherPostgres() throws IOException {
    Path data = copyOfData("older");
    Files.writeString(data.resolve("PG_VERSION"), "17\n");
    assertThatKind(() -> useHomeOf(data), Kind.FOREIGN_DATA_FOLDER)
        .hasMessageContaining("was made by PostgreSQL 17, and this HexLens runs 18: move it away");
  }

  @Test
  void theFolderIsNotOfHexLens() throws IOException {
    Path data = copyOfData("strange");
    Files.delete(data.resolve(ServerKey.FILE));
    assertThatKind(() -> useHomeOf(data), Kind.FOREIGN_DATA_FOLDER)
        .hasMessageContaining("holds Postgres data, but not of HexLens");
  }

  @Test
  void theFolderHoldsSomethingElse() throws IOException {
    Path data = Files.createDirectories(folder.resolve("else/postgres/data"));
    Files.writeString(data.resolve("thesis.txt"), "years of work");
    assertThatKind(() -> useHomeOf(data), Kind.FOREIGN_DATA_FOLDER)
        .hasMessageContaining("holds no Postgres data: move it away");
    assertThat(data.resolve("thesis.txt")).hasContent("years of work");
  }

  @Test
  void theFolderIsDamaged() throws IOException {
    Path data = copyOfData("damaged");
    Leftovers.delete(data.resolve("global"));
    assertThatKind(() -> useHomeOf(data), Kind.FAILED)
        .hasMessageContaining("The database server doesn't start (")
        .hasMessageContaining("move the folder");
  }

  @Test
  void thePasswordIsWrong() throws IOException {
    Path data = copyOfData("password");
    Files.writeString(data.resolve(ServerKey.FILE), "port=0\npassword=guessed\n");
    assertThatKind(
            () ->
                Database.open(
                    DatabaseConfig.embedded(homeOf(data), Prefix.DEFAULT), MIGRATIONS, note -> {}),
            Kind.WRONG_PASSWORD)
        .hasMessageContaining(
            "refuses the password in " + data.toRealPath().resolve(ServerKey.FILE));
    assertThat(PostmasterPid.read(data)).as("stopped again").isEmpty();
  }

  @Test
  void theHomeIsAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatKind(() -> EmbeddedPostgres.use(file, note -> {}), Kind.HOME_NOT_WRITABLE)
        .hasMessageContaining("HexLens can't write " + file);
  }

  @Test
  void thereIsNoPostgresForThePlatform() {
    assertThatKind(() -> new Platform("plan9-mips").openArchive(), Kind.NO_BINARIES)
        .hasMessage(
            "HexLens brings no PostgreSQL for plan9-mips: set HEXLENS_DATABASE_URL to a Postgres 15"
                + " or newer");
  }

  @Test
  void nobodyAnswers() throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThatKind(() -> openUrl("postgresql://me@127.0.0.1:" + port + "/db"), Kind.UNREACHABLE)
        .hasMessage(
            "No Postgres answers at postgresql://me@127.0.0.1:%d/db: start it, or correct HEXLENS_DATABASE_URL"
                .formatted(port));
  }

  @Test
  void theServerIsTooOld() throws Exception {
    try (var old = new FakeServer("14.9", "UTF8")) {
      assertThatKind(() -> openUrl(urlOf(old)), Kind.SERVER_TOO_OLD)
          .hasMessageContaining("is PostgreSQL 14.9: HexLens needs 15 or newer");
    }
  }

  @Test
  void theDatabaseHasAnotherEncoding() throws Exception {
    try (var strange = new FakeServer("18.6", "SQL_ASCII")) {
      assertThatKind(() -> openUrl(urlOf(strange)), Kind.BAD_CONFIGURATION)
          .hasMessageContaining("has the encoding SQL_ASCII: create one with ENCODING 'UTF8'");
    }
  }

  private static String urlOf(FakeServer server) {
    return "postgresql://me@127.0.0.1:" + server.port() + "/db";
  }

  @Test
  void theServerByUrlRefuses() {
    PostgresUrl server = TestHome.running().url();
    String place = "@" + server.hosts() + "/";
    assertThatKind(
            () -> openUrl("postgresql://hexlens:guessed" + place + "postgres"), Kind.WRONG_PASSWORD)
        .hasMessageContaining("refuses the user or the password")
        .hasMessageNotContaining("guessed");
    assertThatKind(() -> openUrl("postgresql://hexlens" + place + "postgres"), Kind.WRONG_PASSWORD);
    assertThatKind(
            () -> openUrl("postgresql://hexlens:" + server.password() + place + "nowhere"),
            Kind.UNREACHABLE)
        .hasMessageContaining("database \"nowhere\" does not exist): create it");
  }

  @Test
  void theUserOfTheUrlMayTooLittle() throws Exception {
    var admin = TestHome.running();
    String place = "@" + admin.url().hosts() + "/postgres";
    EmbeddedPostgresTest.execute(
        admin,
        """
        DROP ROLE IF EXISTS guest;
        CREATE ROLE guest LOGIN PASSWORD 'g';
        DROP ROLE IF EXISTS crowd;
        CREATE ROLE crowd LOGIN PASSWORD 'c' CONNECTION LIMIT 0;
        """);
    assertThatKind(() -> openUrl("postgresql://guest:g" + place), Kind.NO_PERMISSION)
        .hasMessageContaining("permission denied for database postgres): have its administrator");
    assertThatKind(() -> openUrl("postgresql://crowd:c" + place), Kind.BUSY)
        .hasMessageContaining("has no connection left");
  }

  @Test
  void aServerByUrlServesAsWell() {
    var place = new Place.ByUrl(PostgresUrl.parse(TestHome.running().url().withPassword()));
    var config = new DatabaseConfig(place, new Prefix("by_url"), 2);
    try (Database database = Database.open(config, MIGRATIONS, note -> {})) {
      assertThat(database.isEmbedded()).isFalse();
      assertThat(database.prefixes()).extracting(PrefixStatus::name).contains("by_url");
    }
    assertThat(Database.dropPrefix(config, note -> {})).isTrue();
  }

  private static Database openUrl(String url) {
    // Of its own: what other tests made in the default one would meet another error first.
    var config =
        new DatabaseConfig(
            new Place.ByUrl(PostgresUrl.parse(url)), new Prefix("opened_by_nobody"), 1);
    return Database.open(config, MIGRATIONS, note -> {});
  }

  private static Path copyOfData(String name) throws IOException {
    Path copy = TestHome.fresh(folder.resolve(name));
    Path data = copy.resolve("postgres/data");
    TestHome.copy(home.resolve("postgres/data"), data);
    return data;
  }

  private static Path homeOf(Path data) {
    return data.resolve("../..").normalize();
  }

  private static void useHomeOf(Path data) {
    EmbeddedPostgres.use(homeOf(data), note -> {}).close();
  }
}
