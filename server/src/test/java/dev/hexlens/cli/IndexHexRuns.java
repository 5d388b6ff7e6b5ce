package dev.hexlens.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hexlens.fixtures.HexServer;
import dev.hexlens.fixtures.HexTarball;
import dev.hexlens.index.LoopbackHex;
import dev.hexlens.store.StoreRows;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A repository of three packages, an empty prefix, and {@code index hex} from one into the other.
 */
abstract class IndexHexRuns {
  private final String prefix;

  // Set before each test.
  @TempDir Path folder;
  Database database;
  LoopbackHex hex;

  IndexHexRuns(String prefix) {
    this.prefix = prefix;
  }

  @BeforeEach
  void serve() throws IOException {
    database = TestDatabase.empty(prefix);
    hex =
        LoopbackHex.of(
            LoopbackHex.builder()
                .release(tarball("ace", "1.0.0"))
                .release(tarball("ace", "1.1.0"))
                .release(tarball("ace", "2.0.0-rc.1"))
                .release(tarball("bee", "0.1.0"))
                .release(tarball("bee", "0.2.0"))
                .release(tarball("cat", "3.0.0-rc.0"))
                .retire("bee", "0.2.0", 1, "broken"));
  }

  @AfterEach
  void close() {
    hex.close();
    database.close();
  }

  String api() {
    return hex.server().apiUrl().toString();
  }

  CommandRun index(String... options) {
    return indexInto(prefix, options);
  }

  CommandRun indexInto(String prefix, String... options) {
    return run(
        prefix,
        Stream.concat(
                Stream.of(
                    "--mirror",
                    hex.url().toString(),
                    "--registry-key",
                    hex.publicKey().toString(),
                    "--attempts",
                    "2"),
                Stream.of(options))
            .toList());
  }

  CommandRun indexFrom(String... options) {
    return run(prefix, List.of(options));
  }

  static CommandRun run(String prefix, List<String> options) {
    List<String> line = new ArrayList<>(List.of("index", "hex", "--prefix", prefix));
    line.addAll(options);
    return CommandRun.hexlens(line.toArray(String[]::new));
  }

  static List<String> paths(HexServer server) {
    return server.requests().stream().map(HexServer.Request::path).toList();
  }

  static JsonObject json(Path file) throws IOException {
    return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
  }

  static List<String> strings(JsonObject json, String name) {
    return json.getAsJsonArray(name).asList().stream().map(JsonElement::toString).toList();
  }

  List<String> releases() {
    return StoreRows.query(
        database,
        """
        SELECT name, version, reasons FROM release JOIN package USING (package_id)
        WHERE state = 'complete' ORDER BY name, version
        """);
  }

  static HexTarball tarball(String name, String version) {
    String module = name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1);
    return HexTarball.of(name, version)
        .file(
            "lib/" + name + ".ex",
            "defmodule %s do\n  def version, do: \"%s\"\nend\n".formatted(module, version))
        .build();
  }
}
