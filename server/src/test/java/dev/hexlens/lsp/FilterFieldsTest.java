package dev.hexlens.lsp;

import static dev.hexlens.lsp.TestClient.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hexlens.cli.CommandRun;
import dev.hexlens.index.LoopbackHex;
import dev.hexlens.protocol.Counts;
import dev.hexlens.protocol.HexLensServer;
import dev.hexlens.protocol.PatternMatch;
import dev.hexlens.protocol.PatternSearchParams;
import dev.hexlens.protocol.PatternSearchResult;
import dev.hexlens.protocol.Scope;
import dev.hexlens.protocol.SourcePlace;
import dev.hexlens.protocol.TextMatch;
import dev.hexlens.protocol.TextSearchParams;
import dev.hexlens.protocol.UsagesParams;
import dev.hexlens.search.FilterTable;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.lsp4j.jsonrpc.json.MessageJsonHandler;
import org.eclipse.lsp4j.jsonrpc.services.ServiceEndpoints;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request's fields say what the command line's flags say, without a workspace. */
class FilterFieldsTest {
  private static final String PREFIX = "filter_fields_test";
  private static final Gson GSON =
      new MessageJsonHandler(ServiceEndpoints.getSupportedMethods(HexLensServer.class)).getGson();

  private static TestClient client;

  @BeforeAll
  static void open() throws Exception {
    try (LoopbackHex hex = LoopbackHex.ofFixturesAnd();
        Database database = TestDatabase.empty(PREFIX)) {
      hex.indexAll(database);
    }
    client = TestClient.connect(Map.of());
    client.initialize(params ->
        params.setInitializationOptions(
            Map.of("hex", Map.of("prefix", PREFIX), "limits", Map.of("search", 100_000))));
  }

  @AfterAll
  static void close() {
    client.close();
  }

  static Stream<FilterTable.Row> rows() {
    return FilterTable.ROWS.stream();
  }

  /** Package, version, path, and line of each answer, in their order. */
  private static List<String> commandLine(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--json", "--prefix", PREFIX));
    return CommandRun.hexlens(all.toArray(String[]::new)).answers().stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .map(each ->
            each.get("package").getAsString()
                + "@"
                + each.get("version").getAsString()
                + " "
                + each.get("path").getAsString()
                + ":"
                + each.getAsJsonArray("start").get(0))
        .toList();
  }

  private static String told(SourcePlace at) {
    return at.packageName()
        + "@"
        + at.version()
        + " "
        + at.path()
        + ":"
        + (at.range().getStart().getLine() + 1);
  }

  private static List<String> patterns(PatternSearchParams params) {
    return get(client.server().patternSearch(params)).matches().stream()
        .map(PatternMatch::at)
        .map(FilterFieldsTest::told)
        .toList();
  }

  private static List<String> texts(TextSearchParams params) {
    return get(client.server().textSearch(params)).texts().stream()
        .map(TextMatch::at)
        .map(FilterFieldsTest::told)
        .toList();
  }

  private static List<String> usages(UsagesParams params) {
    return get(client.server().usages(params)).packages().stream()
        .flatMap(each -> each.usages().stream())
        .map(each -> told(each.at()))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aFieldSaysWhatItsFlagSays(FilterTable.Row row) {
    JsonObject params = new JsonObject();
    params.addProperty("pattern", row.pattern());
    switch (row.field()) {
      case "piped", "first", "last" -> params.addProperty(row.field(), true);
      case "nth" -> params.addProperty("nth", Integer.parseInt(String.valueOf(row.argument())));
      default -> params.addProperty(row.field(), row.argument());
    }
    List<String> flags = new ArrayList<>(row.arguments());
    flags.addFirst("search");
    assertThat(patterns(GSON.fromJson(params, PatternSearchParams.class)))
        .isNotEmpty()
        .isEqualTo(commandLine(flags.toArray(String[]::new)));
  }

  /** The scope of a request, and the flags that say the same. */
  record Narrowed(String scope, String... flags) {
    @Override
    public String toString() {
      return scope;
    }
  }

  static Stream<Narrowed> scopes() {
    return Stream.of(
        new Narrowed(
            "{'packages': ['cellar', 'jot@1.1.0']}",
            "--package",
            "cellar",
            "--package",
            "jot@1.1.0"),
        new Narrowed("{'paths': ['lib/*/*.ex']}", "--path", "lib/*/*.ex"),
        new Narrowed("{'module': 'Cellar.Schema'}", "--module", "Cellar.Schema"),
        new Narrowed(
            "{'kinds': ['private-function', 'macro']}",
            "--kind",
            "private-function",
            "--kind",
            "macro"),
        new Narrowed("{'tests': false}", "--no-tests"),
        new Narrowed("{'generated': false}", "--no-generated"));
  }

  @ParameterizedTest
  @MethodSource("scopes")
  void aScopeNarrowsEveryKindOfSearch(Narrowed narrowed) {
    Scope scope = GSON.fromJson(narrowed.scope(), Scope.class);
    assertThat(patterns(PatternSearchParams.of("Enum.map(_, _)").with(scope, null, null)))
        .isNotEmpty()
        .isEqualTo(commandLine(with(narrowed, "search", "Enum.map(_, _)")));
    assertThat(texts(TextSearchParams.of("Enum").with(scope, null, null)))
        .isNotEmpty()
        .isEqualTo(commandLine(with(narrowed, "search", "--text", "Enum")));
    UsagesParams usages =
        new UsagesParams("Enum.map/2", null, null, null, null, scope, null, null, null, null);
    assertThat(usages(usages))
        .isNotEmpty()
        .isEqualTo(commandLine(with(narrowed, "references", "Enum.map/2")));
  }

  private static String[] with(Narrowed narrowed, String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of(narrowed.flags()));
    return all.toArray(String[]::new);
  }

  @Test
  void onlyTestsAreFoundWhereOnlyTheyAreWanted() {
    Scope tests = GSON.fromJson("{'tests': true}", Scope.class);
    assertThat(texts(TextSearchParams.of("Enum").with(tests, null, null)))
        .allMatch(place -> place.contains(" test/") || place.contains("_test.exs"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 40})
  void aSearchGoesOnBehindItsCursor(int limit) {
    PatternSearchParams pattern = PatternSearchParams.of("Enum.map(_, _)");
    List<String> matches = new ArrayList<>();
    String cursor = null;
    do {
      PatternSearchResult part =
          get(client.server().patternSearch(pattern.with(null, limit, null).from(cursor)));
      part.matches().forEach(match -> matches.add(told(match.at())));
      assertThat(part.counts().complete()).isEqualTo(part.cursor() == null);
      cursor = part.cursor();
    } while (cursor != null);
    assertThat(matches).isEqualTo(patterns(pattern));

    TextSearchParams text = TextSearchParams.of("genserver");
    List<String> texts = new ArrayList<>();
    do {
      var part = get(client.server().textSearch(text.with(null, limit, null).from(cursor)));
      part.texts().forEach(match -> texts.add(told(match.at())));
      cursor = part.cursor();
    } while (cursor != null);
    assertThat(texts).isEqualTo(texts(text));

    UsagesParams symbol = UsagesParams.of("Enum.map/2");
    List<String> places = new ArrayList<>();
    Counts all = get(client.server().usages(symbol)).counts();
    do {
      var part = get(client.server().usages(symbol.from(limit, cursor)));
      assertThat(part.counts().found()).isEqualTo(all.found() - places.size());
      part.packages().forEach(each -> each.usages().forEach(usage -> places.add(told(usage.at()))));
      cursor = part.cursor();
    } while (cursor != null);
    assertThat(places).isEqualTo(usages(symbol));
  }

  @Test
  void aCursorThatCantBeGoneOnFromIsRefused() {
    PatternSearchParams pattern = PatternSearchParams.of("Enum.map(_, _)").with(null, 1, null);
    String cursor = String.valueOf(get(client.server().patternSearch(pattern)).cursor());
    String old = "99" + cursor;
    assertThat(refusal(pattern.from("page 2"))).contains("`page 2` is no cursor");
    assertThat(refusal(pattern.from(old))).contains("the order of packages has changed");
    assertThat(refusal(pattern.from("workspace0/" + cursor))).contains("looks elsewhere");
    assertThat(refusal(PatternSearchParams.of("No.such(_)").from(cursor)))
        .contains("another search");
  }

  private static String refusal(PatternSearchParams params) {
    try {
      return String.valueOf(get(client.server().patternSearch(params)).counts());
    } catch (org.eclipse.lsp4j.jsonrpc.ResponseErrorException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
