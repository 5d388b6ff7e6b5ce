package dev.hexlens.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Root, who may not run Postgres, and users who are not root: real processes of theirs. Only root
 * can change to another user.
 */
class OtherUsersTest {

  private static final Account NOBODY = new Account(65534, 65534);

  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

  /** Jars larger than this hold other platforms' programs. */
  private static final long LARGE = 10 << 20;

  @TempDir private static Path forAll;
  private static String classPath;
  private static Path programs;

  @TempDir private Path folder;
  private Path home;

  @BeforeAll
  static void copyClasses() throws IOException {
    assumeThat(Account.current().isRoot()).as("only root changes to other users").isTrue();
    var copies = new ArrayList<String>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path from = Path.of(entry);
      if (Files.isDirectory(from) || (Files.exists(from) && Files.size(from) < LARGE)) {
        Path to = forAll.resolve(copies.size() + "-" + from.getFileName());
        TestHome.copy(from, to);
        copies.add(to.toString());
      }
    }
    programs = forAll.resolve(TestHome.binaries().getFileName());
    TestHome.copy(TestHome.binaries(), programs);
    TestHome.openToAll(forAll);
    classPath = String.join(File.pathSeparator, copies);
  }

  @BeforeEach
  void makeHome() throws IOException {
    home = TestHome.fresh(folder, programs);
    TestHome.openToAll(folder);
  }

  @AfterEach
  void removeLinks() throws IOException {
    TestHome.removeLinks(folder);
  }

  @Test
  void anOrdinaryUserRunsItDirectly() throws Exception {
    NOBODY.own(folder);
    try (var child = Child.start(home, AS_NOBODY, Map.of(), classPath)) {
      assertThat(child.line()).startsWith("ready");
      assertThat(child.ask("query")).isEqualTo("answer 42");
      assertThat(Account.ownerOf(data())).isEqualTo(NOBODY);
      assertThat(uidOfServer()).isEqualTo(NOBODY.uid());
      child.leave();
    }
    assertThat(PostmasterPid.read(data())).isEmpty();
  }

  @Test
  void anOrdinaryUserCanNotUseTheDatabaseOfAnother() throws Exception {
    EmbeddedPostgres.use(home, note -> {}).close();
    for (String lock : List.of("server.lock", "users.lock")) {
      Files.setPosixFilePermissions(
          home.resolve("postgres").resolve(lock), PosixFilePermissions.fromString("rw-rw-rw-"));
    }
    try (var child = Child.start(home, AS_NOBODY, Map.of(), classPath)) {
      assertThat(child.line())
          .startsWith("failed FOREIGN_DATA_FOLDER The database in " + data())
          .contains(" belongs to the user root: run HexLens as root, or set HEXLENS_HOME");
    }
  }

  @Test
  void anOrdinaryUserCanNotWriteTheHomeOfAnother() throws Exception {
    try (var child = Child.start(home, AS_NOBODY, Map.of(), classPath)) {
      assertThat(child.line())
          .startsWith("failed HOME_NOT_WRITABLE HexLens can't write " + home)
          .contains("make " + home + " writable for you, or set HEXLENS_HOME to another folder");
    }
  }

  @Test
  void rootCanNotUseTheDatabaseOfAnother() throws Exception {
    NOBODY.own(folder);
    try (var child = Child.start(home, AS_NOBODY, Map.of(), classPath)) {
      assertThat(child.line()).startsWith("ready");
      child.leave();
    }
    try (var child = Child.start(home)) {
      assertThat(child.line())
          .startsWith("failed FOREIGN_DATA_FOLDER ")
          .contains(" belongs to the user nobody: run HexLens as nobody");
    }
  }

  /** One data folder: each way takes over what the one before has made. */
  @Test
  void rootHasSeveralWays() throws Exception {
    for (String program : List.of("unshare", "setpriv", "runuser", "su")) {
      try (var child = startWith(program)) {
        assertThat(child.line()).as(program).startsWith("ready");
        assertThat(child.ask("query")).isEqualTo("answer 42");
        boolean namespace = program.equals("unshare");
        assertThat(uidOfServer() == 0).as(program).isEqualTo(namespace);
        assertThat(Account.ownerOf(data()).isRoot()).as(program).isEqualTo(namespace);
        assertThat(Account.ownerOf(data().resolve(ServerKey.FILE)).isRoot()).isTrue();
        child.leave();
      }
      assertThat(PostmasterPid.read(data())).isEmpty();
    }
  }

  @Test
  void rootWithoutAnyWayIsTold() throws Exception {
    try (var child = startWith()) {
      assertThat(child.line())
          .startsWith("failed NO_PERMISSION PostgreSQL refuses to run as root, and no other way")
          .contains("unshare -U: ", "setpriv to user ", "run HexLens as an ordinary user");
    }
  }

  @Test
  void rootIsToldThatAFolderIsClosedToOthers() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    try (var child = startWith("setpriv")) {
      assertThat(child.line())
          .startsWith("failed NO_PERMISSION PostgreSQL refuses to run as root")
          .contains("Permission denied", "such as /var/lib/hexlens");
    }
  }

  /** A process of root's that finds these programs and no others. */
  private Child startWith(String... programs) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    try (var old = Files.list(bin)) {
      for (Path link : (Iterable<Path>) old::iterator) {
        Files.delete(link);
      }
    }
    var names = new ArrayList<>(List.of("sh", "id"));
    names.addAll(List.of(programs));
    for (String name : names) {
      Files.createSymbolicLink(bin.resolve(name), find(name));
    }
    return Child.start(home, List.of(), Map.of("PATH", bin.toString()), classPath);
  }

  private static Path find(String program) {
    for (String folder : System.getenv("PATH").split(File.pathSeparator, -1)) {
      Path candidate = Path.of(folder, program);
      if (Files.isExecutable(candidate)) {
        return candidate;
      }
    }
    assumeThat(program).as("is installed").isEmpty();
    throw new AssertionError("unreachable");
  }

  private Path data() throws IOException {
    return home.toRealPath().resolve("postgres/data");
  }

  private long uidOfServer() throws IOException {
    long pid = PostmasterPid.read(data()).orElseThrow().pid();
    return (Integer) Files.getAttribute(Path.of("/proc/" + pid), "unix:uid");
  }
}
