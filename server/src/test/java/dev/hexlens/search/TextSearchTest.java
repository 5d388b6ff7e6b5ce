package dev.hexlens.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.hexlens.fixtures.HexTarball;
import dev.hexlens.hex.PackageReleases;
import dev.hexlens.hex.ReleaseId;
import dev.hexlens.hex.ReleaseSelection;
import dev.hexlens.hex.ReleaseSource;
import dev.hexlens.hex.SourceFile;
import dev.hexlens.index.Extractor;
import dev.hexlens.index.LoopbackHex;
import dev.hexlens.index.SourceLanguage;
import dev.hexlens.store.Candidates;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.Indexes;
import dev.hexlens.store.SymbolDictionary;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.Database;
import dev.hexlens.store.postgres.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Search for text over the index answers what reading every file from beginning to end does. Over
 * the fixtures and enough further files to make the index of texts worth while.
 */
final class TextSearchTest {
  private static final String PREFIX = "text_search_test";
  private static final int MANY = 300;

  /** By package and path. */
  private static final Map<String, byte[]> FILES = new TreeMap<>();

  private static Database database;
  private static TextSearch search;

  @BeforeAll
  static void index() throws Exception {
    database = TestDatabase.empty(PREFIX);
    try (LoopbackHex hex = LoopbackHex.ofFixturesAnd(many());
        ReleaseSource source = hex.open()) {
      hex.index(database);
      for (ReleaseId id : new ReleaseSelection.Latest(false).choose(source.versions())) {
        PackageReleases.Release release =
            source.packageReleases(id.name()).release(id.version()).orElseThrow();
        for (SourceFile file : source.tarball(id, release.checksum()).files()) {
          if (SourceLanguage.of(file.path()).isPresent()) {
            FILES.put(id.name() + "/" + file.path(), file.bytes());
          }
        }
      }
    }
    search = new TextSearch(new Candidates(database, new SymbolDictionary(), Extractor.VERSION));
  }

  @AfterAll
  static void close() {
    FILES.clear();
    database.close();
  }

  private static HexTarball many() {
    HexTarball.Builder tarball = HexTarball.of("many", "1.0.0");
    for (int i = 0; i < MANY; i++) {
      String module =
          """
          defmodule Many.M%1$d do
            # comment number %1$d, see RFC %2$d

            def value, do: %3$d
          end
          """
              .formatted(i, 7000 + i, i * 7919);
      tarball.file("lib/m%d.ex".formatted(i), bytes(module));
    }
    return tarball
        .file(
            "lib/odd.ex",
            bytes("# Größe: 5 \u212a, \u017feltsam — ÄÖÜ äöü ÉCOLE école „x“ 日本語\n@a 1"))
        .file("lib/latin.ex", "# caf\u00e9 kann\n".getBytes(StandardCharsets.ISO_8859_1))
        .file(
            "lib/lines.ex",
            bytes("# alpha\n\n  \n# omega\r\n# alpha omega\n#alpha\n\n#beta\n#omega\n"))
        .file("lib/end.ex", bytes("# ends with ~>"))
        .file("lib/a.ex", bytes("ä"))
        .file("lib/empty.ex", bytes(""))
        .build();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void theIndexIsThere() throws Exception {
    assertThat(new Indexes(database).isIncomplete()).isFalse();
    List<Long> counts =
        database.withConnection(connection -> {
          List<Long> all = new ArrayList<>();
          for (String table : List.of("text_pending", "text_segment", "text_postings")) {
            try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
              rows.next();
              all.add(rows.getLong(1));
            }
          }
          return all;
        });
    assertThat(counts.get(0)).isZero();
    assertThat(counts.get(1)).isOne();
    assertThat(counts.get(2)).isGreaterThan(500);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Enum.map",
        "enum.map",
        "def",
        "RFC 7123",
        "rfc 7123",
        "value, do: 237570",
        "get!",
        "|>",
        "~>",
        "x",
        "Z",
        "§",
        "@",
        "do",
        "Do",
        "\n\n",
        "end\nend",
        "  def",
        "Größe",
        "größe",
        "ÄÖÜ",
        "äöü",
        "école",
        "日本語",
        "本",
        "„x“",
        "—",
        "\u212a",
        "%{",
        "\\",
        "\"",
        "a b c",
        "nowhere at all",
        "zq"
      })
  void aLiteralIsFoundWhereItStands(String text) {
    int flags = text.equals(text.toLowerCase(Locale.ROOT)) ? Pattern.CASE_INSENSITIVE : 0;
    Set<String> expected = scanned(Pattern.compile(Pattern.quote(text), flags));

    assertThat(found(new TextQuery(text, false, TextQuery.Place.ANYWHERE))).isEqualTo(expected);
    assertThat(expected.isEmpty()).isEqualTo(Set.of("nowhere at all", "zq", "§").contains(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Enum\\.(map|filter)\\(",
        "RFC 71[0-9]+",
        "(?i)rfc 71[0-9]+",
        "rfc|comment number 12\\b",
        "^def",
        "^\\s*def\\s+\\w+",
        "do$",
        "end\\nend",
        "end\\s+end",
        "alpha\\s+omega",
        "alpha\\s+#\\s*omega",
        "#alpha\\s+#beta\\s+#omega",
        "alpha(\\s+#\\w+)+",
        "(?s)alpha.*omega",
        "\\Aalpha|\\A# alpha",
        "omega\\z|~>\\z",
        "alpha[^x]+omega",
        "alpha[^\\n]+omega",
        "[Ee]num",
        "x{2,}",
        "colou?r",
        "(get|fetch)!?\\(",
        "(?:Many\\.)?M29[0-5]",
        "M1(0|1)+ ",
        "\\d{7}",
        "\\x41gent",
        "\\QEnum.\\Emap",
        "Gr..e",
        "(?i)GRÖSSE|GRÖßE",
        "(?i)kelvin|\\d k",
        "(?i)seltsam",
        "ſeltsam",
        "caf. kann",
        "[äöü]+",
        "\\pL{12,}",
        "(?i:rfc) 7(?P<rest>00\\d)",
        ".",
        "..",
        "q|z",
        "nowhere+ at all"
      })
  void aRegularExpressionIsFoundWhereItMatches(String regex) {
    assertThat(found(new TextQuery(regex, true, TextQuery.Place.ANYWHERE)))
        .isEqualTo(scanned(Pattern.compile(regex, Pattern.MULTILINE)));
  }

  @Test
  void fewFilesAreReadForWhatIsRare() {
    assertThat(searched("RFC 7123", false)).isLessThan(10);
    assertThat(searched("comment number (12|13), see", true)).isLessThan(100);
    assertThat(searched("nowhere at all", false)).isZero();
    assertThat(searched(".", true)).isEqualTo(FILES.size());
  }

  @Test
  void timeThatIsOverLeavesWhatWasFound() {
    List<TextSearch.Hit> found = new ArrayList<>();
    TextSearch.Summary summary =
        search.search(
            new TextQuery("def", false, TextQuery.Place.ANYWHERE),
            Scope.ALL,
            Around.ANYTHING,
            null,
            Duration.ZERO,
            found::add,
            Cancellation.NONE);

    assertThat(summary.inTime()).isFalse();
    assertThat(summary.complete()).isFalse();
    assertThat(summary.searched()).isZero();
    assertThat(found).isEmpty();
  }

  private static int searched(String text, boolean regex) {
    return search
        .search(
            new TextQuery(text, regex, TextQuery.Place.ANYWHERE),
            Scope.ALL,
            Around.ANYTHING,
            null,
            Duration.ofMinutes(1),
            hit -> true,
            Cancellation.NONE)
        .searched();
  }

  private static Set<String> found(TextQuery query) {
    List<String> all = new ArrayList<>();
    search.search(
        query,
        Scope.ALL,
        Around.ANYTHING,
        null,
        Duration.ofMinutes(1),
        hit ->
            all.add(
                "%s/%s %d–%d"
                    .formatted(hit.at().packageName(), hit.at().path(), hit.start(), hit.end())),
        Cancellation.NONE);
    assertThat(all).doesNotHaveDuplicates();
    return new TreeSet<>(all);
  }

  /** What RE2 finds in the whole of each file. */
  private static Set<String> scanned(Pattern pattern) {
    Set<String> found = new TreeSet<>();
    FILES.forEach((path, bytes) -> {
      Matcher matcher = pattern.matcher(bytes);
      while (matcher.find()) {
        if (matcher.end() > matcher.start()) {
          found.add("%s %d–%d".formatted(path, matcher.start(), matcher.end()));
        }
      }
    });
    return found;
  }
}
