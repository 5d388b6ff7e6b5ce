package dev.hexlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hexlens.store.postgres.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DbCommandTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void statusOfAHomeThatIsNotThereMakesNothing(@TempDir Path folder) {
    Path home = folder.resolve("home");
    assertThat(run(Map.of("HEXLENS_HOME", home.toString()), "status")).isZero();
    assertThat(printed())
        .isEqualTo(
            """
            server    PostgreSQL, embedded, stopped
            folder    %s/postgres/data  0 bytes
            prefixes  shown while it runs
            """
                .formatted(home));
    assertThat(Files.exists(home)).isFalse();
  }

  @Test
  void urlAndStopOfAServerThatDoesNotRun(@TempDir Path folder) {
    var environment = Map.of("HEXLENS_HOME", folder.resolve("home").toString());
    assertThat(run(environment, "url")).isEqualTo(ExitCode.FAILED);
    assertThat(run(environment, "stop")).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("isn't running: start it with hexlens db start", "The database wasn't running");
  }

  @Test
  void statusOfARunningServer() {
    try (var database = TestDatabase.empty("db_command_test")) {
      var environment = Map.of("HEXLENS_HOME", TestDatabase.home().toString());
      assertThat(run(environment, "status")).isZero();
      assertThat(printed().lines().map(line -> line.replaceAll("\\d+(\\.\\d+)?", "N")))
          .contains(
              "server    PostgreSQL N, embedded, running as process N, in use",
              "url       postgresql://hexlens@N.N:N/postgres",
              "database  N MB")
          .anyMatch(line -> line.matches("(prefixes)? +db_command_test  schema \\w+  N \\w+"));
      assertThat(database.isEmbedded()).isTrue();
    }
  }

  @Test
  void statusAsJson() {
    try (var database = TestDatabase.empty("db_command_test")) {
      var environment = Map.of("HEXLENS_HOME", TestDatabase.home().toString());
      assertThat(run(environment, "status", "--json")).isZero();
      JsonObject json = JsonParser.parseString(printed()).getAsJsonObject();
      assertThat(json.keySet())
          .containsExactly(
              "embedded",
              "running",
              "folder",
              "folder_bytes",
              "pid",
              "in_use",
              "kept",
              "version",
              "url",
              "bytes",
              "source_bytes",
              "prefixes");
      assertThat(json.get("url").getAsString()).isEqualTo(database.url()).doesNotContain(":@");
      assertThat(json.get("version").getAsString()).startsWith("18.");
      assertThat(json.get("in_use").getAsBoolean()).isTrue();
      assertThat(json.getAsJsonArray("prefixes"))
          .anyMatch(
              each -> each.getAsJsonObject().get("name").getAsString().equals("db_command_test"));
    }
  }

  @Test
  void urlOfARunningServerHasThePassword() {
    try (var database = TestDatabase.empty("db_command_test")) {
      assertThat(run(Map.of("HEXLENS_HOME", TestDatabase.home().toString()), "url")).isZero();
      assertThat(printed().strip().replaceAll(":[0-9a-f]{32}@", "@")).isEqualTo(database.url());
    }
  }

  @Test
  void aServerByUrlIsNeitherStartedNorStopped() {
    var environment = Map.of("HEXLENS_DATABASE_URL", "postgresql://me:secret@db.example/lens");
    assertThat(run(environment, "start")).isEqualTo(ExitCode.FAILED);
    assertThat(run(environment, "stop")).isEqualTo(ExitCode.FAILED);
    assertThat(run(environment, "url")).isZero();
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("(postgresql://me@db.example/lens) that isn't started by HexLens: unset it")
        .doesNotContain("secret");
    assertThat(printed()).isEqualTo("postgresql://me:secret@db.example/lens\n");
  }

  private int run(Map<String, String> environment, String... arguments) {
    var console = Console.of(InputStream.nullInputStream(), out, err);
    int exit =
        new CommandLine(new DbCommand(console, environment))
            .setExecutionExceptionHandler((failure, line, parsed) -> {
              console.err().println(failure.getMessage());
              return ExitCode.FAILED;
            })
            .execute(arguments);
    console.out().flush();
    return exit;
  }

  private String printed() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
