package dev.hexlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hexlens.index.LoopbackHex;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Commands over an index of every version of the fixtures, made once. */
final class AllVersions {
  private static final String PREFIX = "search_options_test";

  private static boolean indexed;

  private AllVersions() {}

  static synchronized void index() throws Exception {
    if (!indexed) {
      try (LoopbackHex hex = LoopbackHex.ofFixturesAnd();
          Database all = TestDatabase.empty(PREFIX)) {
        assertThat(hex.indexAll(all).failures()).isEmpty();
      }
      indexed = true;
    }
  }

  static CommandRun run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--prefix", PREFIX));
    return CommandRun.hexlens(all.toArray(String[]::new));
  }

  static List<JsonObject> json(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--json");
    return run(all.toArray(String[]::new)).answers().stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .toList();
  }

  static Set<String> each(String field, List<JsonObject> answers) {
    return answers.stream().map(a -> a.get(field).getAsString()).collect(Collectors.toSet());
  }
}
