package dev.hexlens.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.hexlens.hex.ReleaseSelection;
import dev.hexlens.hex.ReleaseSource;
import dev.hexlens.index.HexIndexer;
import dev.hexlens.index.IndexEvent;
import dev.hexlens.index.IndexReport;
import dev.hexlens.index.LoopbackHex;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page of a run, from its first event to its last. */
final class RunPageTest {
  private static final String EVIL = "<img src=x onerror=alert(1)>@1.0.0";

  private Database database;
  private RunPage page;
  private Browser browser;

  @BeforeEach
  void start() throws IOException {
    database = TestDatabase.empty("run_page_test");
    page = RunPage.start(0, database);
    browser = new Browser(page.url());
  }

  @AfterEach
  void stop() {
    page.close();
    database.close();
  }

  @Test
  void thePageAndAllThatItNeedsComeFromHere() throws Exception {
    HttpResponse<String> response = browser.get("/progress");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(response.body()).doesNotContain("http:", "https:", "<script>", "style=", "onclick");
    for (String each : List.of("/hexlens.css", "/page.js", "/progress.js", "/icon.svg")) {
      assertThat(browser.get(each).statusCode()).as(each).isEqualTo(200);
    }
    assertThat(browser.get("/").headers().firstValue("Location")).contains("/progress");
  }

  @Test
  void eachEventIsTheWholeState() throws Exception {
    page.accept(new IndexEvent.Planned(10, 4));
    page.accept(new IndexEvent.Started("plug@1.15.0"));
    try (BufferedReader first = browser.follow("/api/progress")) {
      JsonObject run = run(first);
      assertThat(run.get("state").getAsString()).isEqualTo("running");
      assertThat(run.get("phase").getAsString()).isEqualTo("indexing");
      assertThat(run.get("total").getAsInt()).isEqualTo(6);
      assertThat(run.get("alreadyThere").getAsInt()).isEqualTo(4);
      assertThat(releases(run, "inWork")).containsExactly("plug@1.15.0");
      page.accept(new IndexEvent.Extracted("plug@1.15.0", 30, 1000));
      page.accept(new IndexEvent.Stored("plug@1.15.0"));
      page.accept(new IndexEvent.Started("jason@1.4.0"));
      JsonObject later = run(first, each -> each.get("indexed").getAsInt() == 1);
      assertThat(later.get("bytes").getAsLong()).isEqualTo(1000);
    }
    // Who comes back sees what happened meanwhile, and before.
    page.accept(new IndexEvent.Failed("jason@1.4.0", "its checksum is another"));
    try (BufferedReader again = browser.follow("/api/progress")) {
      JsonObject run = run(again);
      assertThat(releases(run, "recent")).containsExactly("jason@1.4.0", "plug@1.15.0");
      assertThat(releases(run, "failures")).containsExactly("jason@1.4.0");
      assertThat(run.toString()).contains("its checksum is another");
      assertThat(run.get("rate").getAsDouble()).isPositive();
      assertThat(run.get("remaining").getAsDouble()).isPositive();
    }
  }

  @Test
  void theStreamEndsWithTheRun() throws Exception {
    page.accept(new IndexEvent.Planned(1, 0));
    try (BufferedReader stream = browser.follow("/api/progress")) {
      run(stream);
      page.finished(
          new IndexReport(
              1, 0, 0, 0, 3, 100, List.of(), List.of(), List.of(), false, 1.5, Map.of()));
      page.close();
      JsonObject last =
          Browser.event(
              stream,
              each -> each.getAsJsonObject("run").get("state").getAsString().equals("finished"));
      assertThat(Browser.event(stream)).isNull();
      assertThat(last.getAsJsonObject("store").get("bytes").getAsLong()).isPositive();
    }
  }

  @Test
  void aRunThatBreaksOffSaysWhy() throws Exception {
    page.failed("the registry can't be had");
    JsonObject run = browser.json("/api/state").getAsJsonObject("run");
    assertThat(run.get("state").getAsString()).isEqualTo("failed");
    assertThat(run.get("phase").getAsString()).isEqualTo("the registry can't be had");
  }

  @Test
  void namesAreDataWhateverTheyLookLike() throws Exception {
    page.accept(new IndexEvent.Failed(EVIL, "</script>\n\ndata: {}"));
    try (BufferedReader stream = browser.follow("/api/progress")) {
      JsonObject run = run(stream);
      assertThat(releases(run, "failures")).containsExactly(EVIL);
      assertThat(
              run.getAsJsonArray("failures").get(0).getAsJsonObject().get("reason").getAsString())
          .isEqualTo("</script>\n\ndata: {}");
    }
  }

  @Test
  void whatIsShownIsBoundedAndCounted() throws Exception {
    page.accept(new IndexEvent.Planned(1000, 0));
    for (int i = 0; i < 1000; i++) {
      page.accept(new IndexEvent.Started("p@" + i));
      page.accept(new IndexEvent.Failed("p@" + i, "no"));
      page.accept(new IndexEvent.FileProblem("p@" + i, "odd"));
      page.accept(new IndexEvent.Started("q@" + i));
    }
    JsonObject run = browser.json("/api/state").getAsJsonObject("run");
    assertThat(run.get("failed").getAsInt()).isEqualTo(1000);
    assertThat(releases(run, "failures")).hasSize(200).startsWith("p@999");
    assertThat(run.get("working").getAsInt()).isEqualTo(1000);
    assertThat(releases(run, "inWork")).hasSize(40).startsWith("q@0");
    assertThat(run.get("noted").getAsInt()).isEqualTo(1000);
    assertThat(run.toString().length()).isLessThan(60_000);
  }

  @Test
  void aRealRunIsShownToItsEnd() throws Exception {
    HexIndexer.Options options =
        new HexIndexer.Options(new ReleaseSelection.Latest(false), "latest", 2, false);
    try (LoopbackHex hex = LoopbackHex.ofFixturesAnd();
        ReleaseSource source = hex.open()) {
      page.finished(new HexIndexer(database, source, options, page).run());
    }
    JsonObject run = browser.json("/api/state").getAsJsonObject("run");
    assertThat(run.get("state").getAsString()).isEqualTo("finished");
    assertThat(run.get("indexed").getAsInt()).isEqualTo(run.get("total").getAsInt()).isEqualTo(8);
    assertThat(run.get("files").getAsLong()).isGreaterThan(50);
    assertThat(stages(run)).contains("fetch", "extract", "link", "load", "indexes");
  }

  private static JsonObject run(BufferedReader stream) throws IOException {
    return run(stream, each -> true);
  }

  /** The first state of the run that is like this. */
  private static JsonObject run(BufferedReader stream, Predicate<JsonObject> wanted)
      throws IOException {
    return Browser.event(stream, event -> wanted.test(event.getAsJsonObject("run")))
        .getAsJsonObject("run");
  }

  private static List<String> releases(JsonObject run, String list) {
    return strings(run.getAsJsonArray(list), "release");
  }

  private static List<String> stages(JsonObject run) {
    return strings(run.getAsJsonArray("stages"), "name");
  }

  private static List<String> strings(JsonArray list, String field) {
    return list.asList().stream()
        .map(each -> each.getAsJsonObject().get(field).getAsString())
        .toList();
  }
}
