package dev.hexlens.store.postgres;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * A process that uses the database, driven by lines on its standard input: what the tests of
 * sharing start, kill and count.
 */
final class UsesDatabase {
  private UsesDatabase() {}

  /**
   * Opens the database that the environment names; the argument is the folder of migrations.
   * Answers each line with one: {@code query} with a number that Postgres computes, {@code fill}
   * with what ends the filling of the disk.
   */
  public static void main(String[] args) throws Exception {
    try {
      use(Map.copyOf(System.getenv()), args[0]);
    } catch (DatabaseException e) {
      say("failed " + e.kind() + " " + e.getMessage());
    }
  }

  private static void use(Map<String, String> environment, String scripts) throws Exception {
    var migrations = new Migrations(MigrationScripts.in(scripts), Duration.ofSeconds(2));
    var config = DatabaseConfig.fromEnvironment(environment, Prefix.DEFAULT);
    var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (var database = Database.open(config, migrations, note -> say("note " + note))) {
      say("ready " + database.url());
      String line;
      while ((line = lines.readLine()) != null) {
        switch (line) {
          case "query" -> say("answer " + answer(database));
          case "fill" -> fill(database);
          default -> throw new IllegalArgumentException(line);
        }
      }
    }
    say("closed");
  }

  private static int answer(Database database) {
    return database.withConnection(connection -> {
      try (var statement = connection.createStatement();
          var rows = statement.executeQuery("SELECT 6 * 7")) {
        rows.next();
        return rows.getInt(1);
      }
    });
  }

  private static void fill(Database database) {
    database.useConnection(
        Cancellation.NONE,
        connection -> {
          try (var statement = connection.createStatement()) {
            statement.execute(
                "CREATE TABLE heap AS"
                    + " SELECT repeat(md5(n::text), 30) FROM generate_series(1, 1000000) AS n");
          }
        });
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
