package dev.hexlens.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.hexlens.cli.CommandRun;
import dev.hexlens.index.LoopbackHex;
import dev.hexlens.index.PathIndexer;
import dev.hexlens.search.FilterTable;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The questions as the search page asks them, of the indexed fixture packages. */
final class SearchSiteTest {
  private static final String PREFIX = "search_site_test";

  private static Database database;
  private static SearchSite site;
  private static Browser browser;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    database = TestDatabase.empty(PREFIX);
    try (LoopbackHex hex = LoopbackHex.ofFixturesAnd()) {
      hex.index(database);
    }
    Path lib = Files.createDirectories(folder.resolve("lib"));
    Files.writeString(
        lib.resolve("evil.ex"),
        "defmodule Evil do\n  def a, do: \"<script>alert(1)</script>\"\nend\n");
    new PathIndexer(database, event -> {}).index(folder, "evil", "1.0.0", Set.of());
    site = SearchSite.start(0, database, List.of());
    browser = new Browser(site.url());
  }

  @AfterAll
  static void stop() {
    site.close();
    database.close();
  }

  @Test
  void aPatternsMatchesComeWithTheirLinesAndTheMark() throws Exception {
    List<JsonObject> answer =
        browser.search(Map.of("by", "pattern", "q", "raise ArgumentError, _", "package", "cellar"));
    JsonObject hit = answer.getFirst();
    assertThat(hit.get("type").getAsString()).isEqualTo("hit");
    assertThat(hit.get("package").getAsString()).isEqualTo("cellar");
    assertThat(marked(hit)).startsWith("raise").contains("ArgumentError");
    assertThat(end(answer).get("complete").getAsBoolean()).isTrue();
    assertThat(end(answer).get("hits").getAsInt()).isEqualTo(answer.size() - 1);
  }

  @Test
  void allOfThemAreFoundAndInPartsToo() throws Exception {
    Map<String, String> all = Map.of("q", "Enum.map(_, _)");
    List<JsonObject> whole = browser.search(all);
    assertThat(hits(whole)).hasSizeGreaterThanOrEqualTo(29);
    List<JsonObject> first = browser.search(Map.of("q", "Enum.map(_, _)", "limit", "10"));
    String next = end(first).get("next").getAsString();
    List<JsonObject> second =
        browser.search(Map.of("q", "Enum.map(_, _)", "limit", "1000", "after", next));
    assertThat(end(first).get("complete").getAsBoolean()).isFalse();
    assertThat(end(second).get("complete").getAsBoolean()).isTrue();
    assertThat(hits(first)).hasSize(10);
    assertThat(hits(whole).subList(0, 10)).isEqualTo(hits(first));
    assertThat(hits(whole).subList(10, hits(whole).size())).isEqualTo(hits(second));
  }

  static Stream<FilterTable.Row> rows() {
    return FilterTable.ROWS.stream();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aPageHasTheFiltersOfTheCommandLine(FilterTable.Row row) throws Exception {
    Map<String, String> asked = new HashMap<>(row.parameters());
    asked.put("limit", "1000");
    List<String> arguments = new ArrayList<>(List.of("search"));
    arguments.addAll(row.arguments());
    arguments.addAll(List.of("--json", "--limit", "1000", "--prefix", PREFIX));
    List<String> told = CommandRun.hexlens(arguments.toArray(String[]::new)).answers();
    assertThat(hits(browser.search(asked))).isNotEmpty().hasSameSizeAs(told);
  }

  @Test
  void aPageHasTheScopesOfTheCommandLine() throws Exception {
    Map<String, String> all = Map.of("q", "Enum.map(_, _)");
    int whole = hits(browser.search(all)).size();
    for (Map<String, String> scope :
        List.of(
            Map.of("module", "Cellar.Schema"),
            Map.of("kind", "private-function, macro"),
            Map.of("path", "lib/*.ex"),
            Map.of("package", "cellar jot"))) {
      Map<String, String> asked = new HashMap<>(all);
      asked.putAll(scope);
      assertThat(hits(browser.search(asked))).as("%s", scope).isNotEmpty().hasSizeLessThan(whole);
    }
    assertThat(hits(browser.search(Map.of("q", "Enum.map(_, _)", "tests", "only")))).isEmpty();
    assertThat(hits(browser.search(Map.of("q", "Enum.map(_, _)", "scope", "deps")))).isEmpty();
    assertThat(hits(browser.search(Map.of("q", "Enum.map(_, _)", "generated", "none"))))
        .hasSize(whole);
    int anywhere = hits(browser.search(Map.of("by", "text", "q", "the", "limit", "1000"))).size();
    int comments =
        hits(browser.search(Map.of("by", "text", "q", "the", "place", "comments", "limit", "1000")))
            .size();
    assertThat(comments).isPositive().isLessThan(anywhere);
  }

  @Test
  void asManyAsWantedAndNoMoreIsComplete() throws Exception {
    int all = hits(browser.search(Map.of("q", "Enum.map(_, _)"))).size();
    List<JsonObject> exact =
        browser.search(Map.of("q", "Enum.map(_, _)", "limit", String.valueOf(all)));
    assertThat(end(exact).get("complete").getAsBoolean()).isTrue();
  }

  @Test
  void referencesSayHowAndWhere() throws Exception {
    List<JsonObject> answer =
        browser.search(Map.of("by", "references", "q", "Bookshop.Repo.get!/2", "path", "lib/**"));
    assertThat(hits(answer))
        .extracting(hit -> hit.get("path").getAsString() + ":" + hit.get("line").getAsInt())
        .containsExactlyInAnyOrder(
            "lib/bookshop/accounts.ex:16",
            "lib/bookshop/catalog.ex:44",
            "lib/bookshop/orders.ex:55");
    JsonObject detail = hits(answer).getFirst().getAsJsonObject("detail");
    assertThat(detail.get("kind").getAsString()).isEqualTo("call");
    assertThat(detail.get("in").getAsString()).startsWith("Bookshop.");
    assertThat(marked(hits(answer).getFirst())).isEqualTo("get!");
  }

  @Test
  void symbolsAreFoundByTheBeginningOfTheirName() throws Exception {
    List<JsonObject> answer = browser.search(Map.of("by", "symbols", "q", "get_book"));
    assertThat(hits(answer))
        .extracting(hit -> hit.getAsJsonObject("detail").get("symbol").getAsString())
        .contains("Bookshop.Catalog.get_book!/1", "Bookshop.Catalog.get_book_by_isbn/1");
  }

  @Test
  void textIsFoundAndRegularExpressionsToo() throws Exception {
    assertThat(hits(browser.search(Map.of("by", "text", "q", "<script>alert(1)</script>"))))
        .hasSize(1)
        .allMatch(hit -> marked(hit).equals("<script>alert(1)</script>"));
    assertThat(hits(browser.search(Map.of("by", "regex", "q", "<scr[a-z]+>alert")))).hasSize(1);
  }

  @Test
  void hintsAndTheEndComeAlsoWhereNothingIsFound() throws Exception {
    List<JsonObject> answer = browser.search(Map.of("by", "references", "q", "No.Such.thing/1"));
    assertThat(answer)
        .extracting(each -> each.get("type").getAsString())
        .containsExactly("hint", "end");
    assertThat(end(answer).get("complete").getAsBoolean()).isTrue();
  }

  @Test
  void whatMakesNoSenseIsSaidInASentence() throws Exception {
    assertThat(error(Map.of("q", "Enum.map("))).contains("is not understood at 1:");
    assertThat(error(Map.of("q", " "))).contains("nothing to look for");
    assertThat(error(Map.of("q", "x", "by", "magic"))).contains("`magic` is no way to search");
    assertThat(error(Map.of("q", "(", "by", "regex"))).contains("no regular expression");
    assertThat(error(Map.of("q", "no symbol", "by", "references"))).contains("is no symbol");
    assertThat(error(Map.of("q", "x", "package", "@1"))).contains("is no package");
    assertThat(error(Map.of("q", "x", "path", "{a"))).contains("is no glob");
    assertThat(error(Map.of("q", "x", "inside", "("))).contains("is not understood");
    assertThat(error(Map.of("q", "x", "limit", "0"))).contains("between 1 and 1000");
    assertThat(error(Map.of("q", "x", "after", "-1"))).contains("`-1` is no cursor");
    assertThat(error(Map.of("q", "x", "by", "symbols", "after", "-1"))).contains("after");
    assertThat(error(Map.of("q", "x", "kind", "thing"))).contains("no kind of definition");
    assertThat(error(Map.of("q", "x", "tests", "some"))).contains("only or none");
    assertThat(error(Map.of("q", "x", "scope", "moon"))).contains("workspace, deps or hex");
  }

  @Test
  void aFileIsShownWithWhatItDefines() throws Exception {
    JsonObject file = browser.json("/api/file?package=evil&version=1.0.0&path=lib/evil.ex");
    assertThat(file.get("text").getAsString()).startsWith("defmodule Evil do\n");
    assertThat(file.getAsJsonArray("definitions").toString()).contains("Evil.a/0", "\"line\":2");
  }

  @Test
  void aFileInAnotherLanguageIsShown() throws Exception {
    JsonObject hit = hits(browser.search(Map.of("by", "text", "q", "-module(pulse)."))).getFirst();
    JsonObject file =
        browser.json(
            "/api/file?"
                + Browser.query(
                    Map.of(
                        "package", hit.get("package").getAsString(),
                        "version", hit.get("version").getAsString(),
                        "path", hit.get("path").getAsString())));
    assertThat(file.get("text").getAsString()).contains("-module(pulse).");
  }

  @Test
  void aFileThatIsNotThereIsSaid() throws Exception {
    assertThat(browser.error("/api/file?package=evil&version=2.0.0&path=lib/evil.ex"))
        .contains("evil@2.0.0 has no file lib/evil.ex here");
    assertThat(browser.error("/api/file?package=evil&version=1.0.0&path=../../etc/passwd"))
        .contains("has no file");
    assertThat(browser.error("/api/file?package=evil&version=1.0.0")).contains("path is missing");
  }

  @Test
  void thePagesHoldNothingFromElsewhere() throws Exception {
    for (String each : List.of("/", "/file", "/progress")) {
      assertThat(browser.get(each).body())
          .as(each)
          .contains("<!doctype html>", "lang=\"en\"")
          .doesNotContain("http:", "https:", "<script>", "style=", "onclick");
    }
    for (String each : List.of("/search.js", "/file.js", "/code.js", "/page.js", "/progress.js")) {
      assertThat(browser.get(each).body())
          .as(each)
          .doesNotContain(
              "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
    }
  }

  @Test
  void theStateOfTheStoreIsTold() throws Exception {
    try (var stream = browser.follow("/api/progress")) {
      JsonObject store =
          Browser.event(stream, each -> each.getAsJsonObject("store").has("packages"))
              .getAsJsonObject("store");
      assertThat(store.get("packages").getAsInt()).isEqualTo(9);
      assertThat(store.get("bytes").getAsLong()).isPositive();
      assertThat(store.get("prefix").getAsString()).isEqualTo("search_site_test");
    }
  }

  @Test
  void whoLeavesInTheMiddleHarmsNobody() throws Exception {
    for (int i = 0; i < 20; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), site.url().getPort())) {
        socket
            .getOutputStream()
            .write(
                "GET /api/search?q=_&limit=1000 HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
        socket.getInputStream().readNBytes(100);
      }
    }
    assertThat(hits(browser.search(Map.of("q", "Enum.map(_, _)")))).isNotEmpty();
  }

  private static String error(Map<String, String> parameters)
      throws IOException, InterruptedException {
    String path = "/api/search?" + Browser.query(parameters);
    assertThat(browser.get(path).statusCode()).isEqualTo(400);
    return browser.error(path);
  }

  private static List<JsonObject> hits(List<JsonObject> answer) {
    return answer.stream().filter(each -> each.get("type").getAsString().equals("hit")).toList();
  }

  private static JsonObject end(List<JsonObject> answer) {
    JsonObject last = answer.getLast();
    assertThat(last.get("type").getAsString()).as(last.toString()).isEqualTo("end");
    return last;
  }

  /** The marked text of a hit's first line that has a mark. */
  private static String marked(JsonObject hit) {
    for (var each : hit.getAsJsonArray("lines")) {
      JsonObject line = each.getAsJsonObject();
      if (line.has("mark")) {
        JsonArray mark = line.getAsJsonArray("mark");
        return line.get("text")
            .getAsString()
            .substring(mark.get(0).getAsInt(), mark.get(1).getAsInt());
      }
    }
    throw new AssertionError("no mark in " + hit);
  }
}
