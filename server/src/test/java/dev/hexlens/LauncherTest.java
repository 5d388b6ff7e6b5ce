package dev.hexlens;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Runs bin/hexlens in a copy of the checkout, with a java that prints how it was called. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  @TempDir private Path folder;
  private Path server;
  private Path jdk;

  @BeforeEach
  void checkout() throws IOException {
    server = folder.toRealPath().resolve("a check out").resolve("server");
    Files.createDirectories(server.resolve("bin"));
    for (String script : List.of("hexlens", "find-jdk.sh")) {
      Path copy = server.resolve("bin").resolve(script);
      Files.copy(Path.of("bin").resolve(script), copy);
      Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.createFile(server.resolveSibling("pom.xml"));
    jdk = jdk("jdk 25", "25.0.3");
  }

  @Test
  void argumentsReachTheProgramUnchanged() throws IOException, InterruptedException {
    built();
    Ran ran = launch(server.resolve("bin/hexlens"), "grep", "Enum.map(_, _)", "", "*", "a b");
    assertThat(ran.out)
        .contains("java of jdk 25\n")
        .endsWith("[grep]\n[Enum.map(_, _)]\n[]\n[*]\n[a b]\n");
    assertThat(ran.err).isEmpty();
  }

  @Test
  void itsExitCodeIsTheProgramsOwn() throws IOException, InterruptedException {
    built();
    assertThat(launch(server.resolve("bin/hexlens"), "exit", "1").exit).isOne();
  }

  @Test
  void aChainOfSymlinksLeadsToTheCheckout() throws IOException, InterruptedException {
    built();
    Path relative = Files.createSymbolicLink(server.resolve("bin/alias"), Path.of("hexlens"));
    Path absolute = Files.createSymbolicLink(folder.resolve("hl"), relative);
    assertThat(launch(absolute, "--version").out)
        .contains("[" + server.resolve("target/hexlens-server.jar") + "]\n");
  }

  @Test
  void anOldJavaHomeIsPassedOver() throws IOException, InterruptedException {
    built();
    Path old = jdk("jdk 17", "17.0.15");
    Path onPath = Files.createDirectories(folder.resolve("on path"));
    Files.createSymbolicLink(onPath.resolve("java"), jdk.resolve("bin/java"));
    Ran ran =
        launch(
            Map.of("JAVA_HOME", old.toString(), "PATH", onPath + File.pathSeparator + path()),
            server.resolve("bin/hexlens"),
            "--version");
    assertThat(ran.out).contains("java of jdk 25\n");
  }

  @Test
  void theFirstStartBuilds() throws IOException, InterruptedException {
    maven("mkdir -p server/target && : >server/target/hexlens-server.jar; echo built by \"$@\"");
    Ran ran = launch(server.resolve("bin/hexlens"), "--version");
    assertThat(ran.out).as("standard output is the program's").startsWith("java of jdk 25\n");
    assertThat(ran.err).contains("building HexLens").contains("built by -q -B");
    assertThat(launch(server.resolve("bin/hexlens"), "--version").err).isEmpty();
  }

  @Test
  void aFailedBuildIsOneSentenceMore() throws IOException, InterruptedException {
    maven("exit 1");
    Ran ran = launch(server.resolve("bin/hexlens"), "--version");
    assertThat(ran.exit).isEqualTo(2);
    assertThat(ran.out).isEmpty();
    assertThat(ran.err.lines()).last().asString().startsWith("hexlens: the build failed: run 'mvn");
  }

  @Test
  void withoutMavenItNamesTheRemedy() throws IOException, InterruptedException {
    Path bare = Files.createDirectories(folder.resolve("bare"));
    for (String needed : List.of("sh", "dirname", "readlink", "mkdir", "uname", "cksum")) {
      Files.createSymbolicLink(bare.resolve(needed), which(needed));
    }
    Ran ran = launch(Map.of("PATH", bare.toString()), server.resolve("bin/hexlens"), "--version");
    assertThat(ran.exit).isEqualTo(2);
    assertThat(ran.err.lines())
        .singleElement()
        .asString()
        .contains("no mvn")
        .contains("install it");
  }

  @Test
  void theArchiveOfClassesGoesWithTheJar() throws IOException, InterruptedException {
    built();
    Path before = archive(launch(server.resolve("bin/hexlens"), "grep"));
    Files.createFile(before);
    assertThat(archive(launch(server.resolve("bin/hexlens"), "grep"))).isEqualTo(before);

    Files.setLastModifiedTime(
        server.resolve("target/hexlens-server.jar"), FileTime.fromMillis(86_400_000));

    assertThat(archive(launch(server.resolve("bin/hexlens"), "grep"))).isNotEqualTo(before);
    assertThat(before).as("of no use to anybody").doesNotExist();
  }

  /** The file in which the JVM was told to keep the classes that it loaded. */
  private static Path archive(Ran ran) {
    String option = "[-XX:SharedArchiveFile=";
    return ran.out
        .lines()
        .filter(line -> line.startsWith(option))
        .map(line -> Path.of(line.substring(option.length(), line.length() - 1)))
        .findFirst()
        .orElseThrow();
  }

  private void built() throws IOException {
    Files.createDirectories(server.resolve("target"));
    Files.createFile(server.resolve("target/hexlens-server.jar"));
  }

  private Path jdk(String name, String version) throws IOException {
    Path home = folder.toRealPath().resolve(name);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    executable(
        home.resolve("bin/java"),
        "echo 'java of "
            + name
            + "'\nprintf '[%s]\\n' \"$@\"\nfor a; do [ \"$b\" = exit ] && exit \"$a\"; b=$a; done\nexit 0\n");
    executable(home.resolve("bin/javac"), "exit 0\n");
    return home;
  }

  private void maven(String script) throws IOException {
    executable(Files.createDirectories(folder.resolve("maven")).resolve("mvn"), script + "\n");
  }

  private static void executable(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path which(String program) {
    for (String each : path().split(File.pathSeparator)) {
      Path file = Path.of(each, program);
      if (Files.isExecutable(file)) {
        return file;
      }
    }
    throw new AssertionError("no " + program + " on the PATH");
  }

  private static String path() {
    return String.valueOf(System.getenv("PATH"));
  }

  private record Ran(int exit, String out, String err) {}

  private Ran launch(Path launcher, String... args) throws IOException, InterruptedException {
    return launch(
        Map.of("PATH", folder.resolve("maven") + File.pathSeparator + path()), launcher, args);
  }

  private Ran launch(Map<String, String> environment, Path launcher, String... args)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(args));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().putAll(environment);
    int exit = builder.start().waitFor();
    return new Ran(
        exit,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
