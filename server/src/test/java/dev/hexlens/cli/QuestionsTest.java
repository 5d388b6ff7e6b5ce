package dev.hexlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.hexlens.index.LoopbackHex;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The questions of {@code test-fixtures/questions.md}, each with the answers that were found by
 * reading, asked of the indexed fixture repository; patterns also of the files, by grep.
 */
final class QuestionsTest {
  private static final String LATEST = "questions_test";
  private static final String ALL = "questions_test_all";
  private static final Path PACKAGES =
      Path.of("..", "test-fixtures", "packages").toAbsolutePath().normalize();

  @BeforeAll
  static void index() throws Exception {
    try (LoopbackHex hex = LoopbackHex.ofFixturesAnd();
        Database latest = TestDatabase.empty(LATEST);
        Database all = TestDatabase.empty(ALL)) {
      assertThat(hex.index(latest).failures()).isEmpty();
      assertThat(hex.indexAll(all).failures()).isEmpty();
    }
    CommandRun tests =
        CommandRun.hexlens(
            "index",
            "path",
            PACKAGES.resolve("bookshop/test").toString(),
            "--package",
            "bookshop_test",
            "--version",
            "0.1.0",
            "--depends-on",
            "bookshop",
            "--depends-on",
            "cellar",
            "--prefix",
            LATEST);
    assertThat(tests.exit()).as(tests.err()).isZero();
  }

  @Test
  void question1aFunctionThatOnlyUseDefines() {
    assertThat(references("Bookshop.Repo.get!/2"))
        .containsExactlyInAnyOrder(
            "bookshop/accounts.ex:16 call",
            "bookshop/catalog.ex:44 call",
            "bookshop/orders.ex:55 call");
  }

  @Test
  void question1inTestsWhereUseBringsTheAlias() {
    assertThat(references("Bookshop.Repo.get!/2", "--package", "bookshop_test"))
        .containsExactlyInAnyOrder(
            "bookshop/catalog_test.exs:27 call", "bookshop/orders_test.exs:15 call");
  }

  @Test
  void question2anErlangFunctionInFivePackages() {
    assertThat(references(":pulse.execute/3"))
        .containsExactlyInAnyOrder(
            "cellar/repo/queries.ex:99 call",
            "courier/request.ex:121 call",
            "drover.ex:56 call",
            "drover/executor.ex:50 call",
            "drover/plugins/pruner.ex:21 call",
            "harbor/endpoint.ex:63 call",
            "harbor/plugs/logger.ex:19 call",
            "bookshop/catalog.ex:115 call");
  }

  @Test
  void question3anErlangFunctionInTwo() {
    assertThat(references(":pulse.span/3"))
        .containsExactlyInAnyOrder("drover/executor.ex:9 call", "bookshop/mailer.ex:17 call");
  }

  @Test
  void question4implementationsOfAProtocol() {
    assertThat(only("implementation", references("Jot.Encoder")))
        .containsExactlyInAnyOrder(
            "jot/encoder.ex:21",
            "jot/encoder.ex:29", // in a quote
            "jot/encoder.ex:60",
            "jot/encoder.ex:69",
            "jot/encoder.ex:78",
            "jot/encoder.ex:86",
            "jot/encoder.ex:90",
            "jot/encoder.ex:94",
            "jot/encoder.ex:98",
            "cellar/association.ex:57",
            "drover/job.ex:4", // derived, as the four in bookshop but money.ex
            "bookshop/accounts/user.ex:21",
            "bookshop/catalog/book.ex:13",
            "bookshop/money.ex:98",
            "bookshop/orders/line_item.ex:5",
            "bookshop/orders/order.ex:9");
  }

  @Test
  void question5localPipedAndQuoted() {
    assertThat(references("Jot.Encode.keyword/2"))
        .containsExactlyInAnyOrder(
            "jot/encode.ex:32 call",
            "jot/encoder.ex:31 call",
            "jot/helpers.ex:19 call",
            "bookshop/money.ex:100 call");
  }

  @Test
  void question6whoUsesAModule() {
    assertThat(references("BookshopWeb.__using__/1"))
        .hasSize(12)
        .allMatch(use -> use.endsWith("use"));
    assertThat(search("use BookshopWeb, :controller")).hasSize(5);
    assertThat(search("use BookshopWeb, :html")).hasSize(3);
    assertThat(search("use BookshopWeb, :plug")).hasSize(3);
    assertThat(search("use BookshopWeb, :router")).hasSize(1);
  }

  @Test
  void question7schemas() {
    List<String> uses = only("use", references("Cellar.Schema"));
    assertThat(uses)
        .containsExactlyInAnyOrder(
            "bookshop/accounts/user.ex:2",
            "bookshop/accounts/user.ex:9",
            "bookshop/catalog/author.ex:2",
            "bookshop/catalog/book.ex:2",
            "bookshop/catalog/review.ex:2",
            "bookshop/orders/line_item.ex:3",
            "bookshop/orders/order.ex:2");
    assertThat(places("use Cellar.Schema")).isEqualTo(uses);
  }

  @Test
  void question8modulesOfABehaviour() {
    assertThat(places("@behaviour Cellar.Type"))
        .containsExactlyInAnyOrder("bookshop/catalog/isbn.ex:4", "bookshop/money.ex:10");
    assertThat(only("behaviour", references("Cellar.Type")))
        .contains("bookshop/catalog/isbn.ex:4", "bookshop/money.ex:10");
  }

  @Test
  void question9aKernelFunctionAndNotTheModulesOwn() {
    assertThat(places("Kernel.length(_)"))
        .containsExactlyInAnyOrder(
            "bookshop/catalog.ex:112",
            "bookshop/catalog/isbn.ex:32",
            "cellar/adapters/memory.ex:110",
            "cellar/changeset.ex:165",
            "cellar/query/builder.ex:90",
            "cellar/query/builder.ex:93",
            "cellar/repo/queries.ex:15",
            "cellar/repo/queries.ex:31",
            "cellar/repo/queries.ex:62",
            "drover/cron/expression.ex:36",
            "drover/cron/expression.ex:36",
            "drover/storage/memory.ex:66",
            "harbor/router/helpers.ex:9",
            "harbor/router/helpers.ex:10",
            "jot/helpers.ex:15",
            "jot/helpers.ex:26",
            "oddities/names.ex:75",
            "oddities/sigils.ex:47");
  }

  @Test
  void question10theModulesOwnAndNotKernels() {
    assertThat(references("Oddities.Names.length/1"))
        .containsExactlyInAnyOrder(
            "oddities/names.ex:76 call",
            "oddities/names.ex:77 capture",
            "oddities/names.ex:77 capture",
            "oddities/names.ex:77 capture");
  }

  @Test
  void question11aliasesInTheirScope() {
    assertThat(lines("Oddities.Names.A.f/0"))
        .containsExactly(57, 77, 113, 116, 135, 140, 140, 140, 140, 141, 141, 141, 142, 142, 151);
    assertThat(lines("Oddities.Names.B.A.f/0")).containsExactly(62, 140, 140);
    assertThat(lines("Oddities.Names.B.f/0")).contains(111);
    assertThat(lines("Oddities.Names.D.f/0")).contains(118);
  }

  @Test
  void question12oneDefinitionOfTwoArities() {
    assertThat(references("Cellar.Changeset.change/1"))
        .containsExactlyInAnyOrder(
            "cellar/repo/schemas.ex:22 call",
            "cellar/repo/schemas.ex:43 call",
            "bookshop/catalog.ex:109 call",
            "bookshop/catalog/book.ex:51 call");
    assertThat(references("Cellar.Changeset.change/2"))
        .containsExactlyInAnyOrder(
            "cellar/changeset.ex:42 call",
            "bookshop/accounts.ex:35 call",
            "bookshop/catalog/book.ex:47 call",
            "bookshop/orders/order.ex:25 call");
    assertThat(references("Cellar.Changeset.change")).hasSize(8);
  }

  @Test
  void question13anOperatorThatAModuleDefines() {
    assertThat(references("Bookshop.Money.+/2"))
        .containsExactlyInAnyOrder(
            "bookshop/money.ex:47 capture", "bookshop/orders/cart.ex:34 call");
  }

  @Test
  void question14aCallThatIsPipedTwice() {
    assertThat(places("Keyword.fetch!(_, _)")).hasSize(18);
    assertThat(places("Keyword.fetch!(_, _)").stream().distinct()).hasSize(17);
    assertThat(places("Keyword.fetch!(_, _)", "--piped"))
        .containsExactlyInAnyOrder("cellar/exceptions.ex:10", "harbor/controller.ex:105");
  }

  @Test
  void question15callsByArity() {
    assertThat(places("Map.get(_, _)"))
        .containsExactlyInAnyOrder(
            "cellar/adapters/memory.ex:138",
            "cellar/adapters/memory.ex:178",
            "cellar/changeset.ex:71",
            "cellar/changeset.ex:92",
            "cellar/repo/queries.ex:65");
    assertThat(places("Map.get(_, _, _)")).hasSize(15);
  }

  @Test
  void question16callsByArityPiped() {
    assertThat(places("GenServer.call(_, _)")).hasSize(12);
    assertThat(places("GenServer.call(_, _, _)")).containsExactlyInAnyOrder("drover/queue.ex:50");
  }

  @Test
  void question17raises() {
    assertThat(places("raise ArgumentError, _")).hasSize(23);
    assertThat(places("reraise(_, _)"))
        .containsExactlyInAnyOrder(
            "cellar/query.ex:131", "harbor/endpoint.ex:64", "oddities/blocks.ex:51");
    assertThat(places("reraise(_, _, _)")).containsExactlyInAnyOrder("drover/worker.ex:79");
  }

  @Test
  void question18aCommonCall() {
    assertThat(places("Enum.map(_, _)"))
        .hasSize(29)
        .filteredOn(place -> place.startsWith("oddities/"))
        .hasSize(6);
    assertThat(places("Enum.map(_, _)", "--piped")).hasSize(10);
  }

  @Test
  void question19componentsInTemplates() {
    assertThat(references("BookshopWeb.CoreComponents.price/1"))
        .containsExactlyInAnyOrder(
            "bookshop_web/controllers/book_html.ex:14 call",
            "bookshop_web/controllers/page_html/home.html.heex:9 call");
    assertThat(references("BookshopWeb.CoreComponents.link/1")).hasSize(4);
  }

  @Test
  void question20aSigil() {
    List<String> sigils = references("Harbor.Component.sigil_H/2");
    assertThat(sigils)
        .hasSize(10)
        .filteredOn(place -> place.contains("core_components.ex"))
        .hasSize(8);
    assertThat(sigils)
        .anyMatch(place -> place.contains("layouts.ex"))
        .anyMatch(place -> place.contains("book_html.ex"));
  }

  @Test
  void question21nobody() {
    CommandRun run =
        CommandRun.hexlens("references", "Cellar.Query.subset/2", "--json", "--prefix", LATEST);
    assertThat(run.answers()).isEmpty();
    assertThat(run.exit()).isEqualTo(ExitCode.NOTHING_FOUND);
    assertThat(symbols("Cellar.Query.subset/2", LATEST)).isNotEmpty();
  }

  @Test
  void question22whichReleasesDefineAModule() {
    assertThat(symbols("Jot.Formatter", ALL)).containsExactlyInAnyOrder("jot 1.2.0");
    assertThat(symbols("Jot.Sigil", ALL)).containsExactlyInAnyOrder("jot 1.1.0", "jot 1.2.0");
    assertThat(symbols("Cellar.Multi", ALL)).containsExactlyInAnyOrder("cellar 2.1.0");
  }

  /** {@code path:line kind} of each reference under lib, the path without it. */
  private static List<String> references(String symbol, String... more) {
    return answers("references", symbol, LATEST, more).stream()
        .map(answer -> place(answer) + " " + answer.get("kind").getAsString())
        .toList();
  }

  private static List<Integer> lines(String symbol) {
    return answers("references", symbol, LATEST).stream().map(QuestionsTest::line).toList();
  }

  /** The places of those references that are of a kind. */
  private static List<String> only(String kind, List<String> references) {
    return references.stream()
        .filter(reference -> reference.endsWith(" " + kind))
        .map(reference -> reference.substring(0, reference.indexOf(' ')))
        .toList();
  }

  /** The places of a pattern's matches, in which search and grep must agree. */
  private static List<String> places(String pattern, String... filters) {
    List<String> searched = search(pattern, filters);
    assertThat(grep(pattern, filters)).containsExactlyInAnyOrderElementsOf(searched);
    return searched;
  }

  private static List<String> search(String pattern, String... filters) {
    return answers("search", pattern, LATEST, filters).stream().map(QuestionsTest::place).toList();
  }

  private static List<String> grep(String pattern, String... filters) {
    List<String> command = new ArrayList<>(List.of("grep", pattern, "--json"));
    command.addAll(List.of(filters));
    try (Stream<Path> packages = Files.list(PACKAGES)) {
      packages
          .map(each -> each.resolve("lib"))
          .filter(Files::isDirectory) // pulse is Erlang
          .forEach(each -> command.add(each.toString()));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return parsed(CommandRun.hexlens(command.toArray(String[]::new)), path -> true).stream()
        .map(QuestionsTest::place)
        .toList();
  }

  /** The releases that define exactly this, by the printed name. */
  private static List<String> symbols(String printed, String prefix) {
    String query = printed.contains("/") ? printed.substring(0, printed.indexOf('/')) : printed;
    CommandRun run = CommandRun.hexlens("symbols", query, "--json", "--prefix", prefix);
    return parsed(run, path -> true).stream()
        .filter(answer -> answer.get("symbol").getAsString().equals(printed))
        .filter(answer -> !answer.get("kind").getAsString().equals("struct"))
        .map(answer ->
            answer.get("package").getAsString() + " " + answer.get("version").getAsString())
        .toList();
  }

  private static List<JsonObject> answers(
      String question, String about, String prefix, String... more) {
    List<String> command = new ArrayList<>(List.of(question, about, "--json", "--prefix", prefix));
    command.addAll(List.of(more));
    return parsed(
        CommandRun.hexlens(command.toArray(String[]::new)),
        path -> List.of(more).contains("bookshop_test") || path.startsWith("lib/"));
  }

  private static List<JsonObject> parsed(CommandRun run, Predicate<String> wanted) {
    assertThat(run.exit()).as(run.err()).isIn(ExitCode.FOUND, ExitCode.NOTHING_FOUND);
    return run.answers().stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .filter(answer -> wanted.test(answer.get("path").getAsString()))
        .toList();
  }

  private static String place(JsonObject answer) {
    String path = answer.get("path").getAsString();
    return path.substring(path.lastIndexOf("lib/") + (path.contains("lib/") ? 4 : 1))
        + ":"
        + line(answer);
  }

  private static int line(JsonObject answer) {
    return answer.getAsJsonArray("start").get(0).getAsInt();
  }
}
