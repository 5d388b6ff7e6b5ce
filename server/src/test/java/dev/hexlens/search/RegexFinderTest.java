package dev.hexlens.search;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import dev.hexlens.store.TextTerms;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in front of RE2/J takes none of its matches away, and adds none. */
final class RegexFinderTest {
  private static final List<String> PIECES =
      List.of(
          "foo",
          "bar",
          "baz",
          "qux",
          "fo",
          "o",
          "K",
          "k",
          "s",
          "S",
          "\u017f",
          "\u212a",
          "é",
          "É",
          "ß",
          "€",
          "\n",
          "\n\n",
          " ",
          "  ",
          "\t",
          "\r\n",
          ".",
          "(",
          ")",
          "_",
          "0",
          "1234567890",
          "42",
          "-",
          "\"",
          "x",
          "Foo",
          "FOO",
          "=",
          "<div>",
          "\u000b",
          "\ufffd");

  private static List<String> found(TextFinder finder, byte[] text) {
    List<String> ranges = new ArrayList<>();
    finder.find(
        text,
        (start, end) -> {
          ranges.add(start + "-" + end);
          return 1;
        });
    return ranges;
  }

  private static byte[] text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(60); left > 0; left--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0 && random.nextInt(4) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) (0x80 + random.nextInt(0x80)); // no UTF-8
    }
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fo+bar|ba[rz]qux",
        "[0-9]{9,}",
        "(?i)foo",
        "(?i)k+s",
        "(?i)[ks]{2}",
        "(?i)[^k]x",
        "(?i)é",
        "(?i)\\w+=",
        "\\W\\d",
        "[^\\d\\s]+",
        "[^é]o",
        "[é-ü]",
        "\\bfoo\\b",
        "^foo",
        "bar$",
        "^\\s*foo",
        "foo\\s+bar",
        "foo\\s*\\n\\s*bar",
        "(?s)foo.bar",
        "foo.bar",
        "(foo|bar)?qux",
        "(foo(bar)?)+",
        "(\\s+foo){2,}",
        "[[:alpha:]]+\\(",
        "[[:^alpha:]]{3}",
        "\\pL+",
        "[^\\pL]x",
        "\\Q.(\\E",
        "x{2,3}",
        "(?:a|)x",
        "o*",
        "\\x{20ac}",
        "\\x66oo",
        "[\\x66g]oo",
        "\\A[a-z]+",
        "foo\\z",
        "(?-m)^foo",
        "[]x]+",
        "[^]x]+",
        "[a\\-z]+",
        ".",
        "\\n",
        "\\s",
        "€|\ufffd",
        "((fo){1,3}o){1,3}",
        "(o|fo)*bar",
        "\"[^\"]*\"",
        "(?i:FOO)bar",
        "a(?i)b|foo",
        "[x]",
        "(?U)o+"
      })
  void findsWhatRe2Finds(String regex) {
    Pattern pattern = Pattern.compile(regex, Pattern.MULTILINE);
    TextFinder plain = RegexFinder.of(pattern, null);
    RegexTerms.Known known = RegexTerms.of(regex);
    TextFinder quick = RegexFinder.of(pattern, known);
    Random random = new Random(regex.hashCode());
    for (int i = 0; i < 2_000; i++) {
      byte[] text = text(random);
      List<String> expected = found(plain, text);

      assertThat(found(quick, text))
          .as("%s in %s", regex, new String(text, StandardCharsets.UTF_8))
          .isEqualTo(expected);
      if (!expected.isEmpty()) {
        assertThat(known.terms().mayBeIn(text)).as("terms of %s", regex).isTrue();
      }
    }
  }

  @Test
  void findsWhatRe2FindsOfExpressionsMadeAtRandom() {
    Random random = new Random(7);
    for (int i = 0; i < 3_000; i++) {
      String regex = regex(random, 3);
      Pattern pattern = Pattern.compile(regex, Pattern.MULTILINE);
      TextFinder plain = RegexFinder.of(pattern, null);
      RegexTerms.Known known = RegexTerms.of(regex);
      TextFinder quick = RegexFinder.of(pattern, known);
      for (int t = 0; t < 8; t++) {
        byte[] text = text(random);
        List<String> expected = found(plain, text);
        assertThat(found(quick, text)).as("%s", regex).isEqualTo(expected);
        assertThat(expected.isEmpty() || known.terms().mayBeIn(text)).as("%s", regex).isTrue();
      }
    }
  }

  private static final List<String> ATOMS =
      List.of(
          "foo", "o", "k", "S", "é", "\\s", "\\w", "\\d", "[a-f]", "[^x]", ".", "\\n", " ", "^",
          "$", "\\b", "(?i)", "[ks]", "(?i:s)", "1", "\\W", "_");

  private static String regex(Random random, int depth) {
    StringBuilder regex = new StringBuilder();
    for (int parts = 1 + random.nextInt(3); parts > 0; parts--) {
      boolean group = depth > 0 && random.nextInt(3) == 0;
      String atom = ATOMS.get(random.nextInt(ATOMS.size()));
      regex.append(group ? "(" + regex(random, depth - 1) + ")" : atom);
      boolean repeatable = group || (!atom.equals("(?i)") && !"^$\\b".contains(atom));
      if (repeatable) {
        regex.append(
            List.of("", "", "", "*", "+", "?", "{2}", "{1,2}", "{2,}").get(random.nextInt(9)));
      }
      regex.append(parts > 1 && random.nextInt(5) == 0 ? "|" : "");
    }
    return regex.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "fo+bar; fo.obar",
        "ba[rz]qux; barqux|bazqux",
        "GenServer\\.(call|cast)\\(; GenServer.call(|GenServer.cast(",
        "colou?r; color|colour",
        "(foo){2}; foofoo",
        "(foo)+bar; foo.foobar",
        "a[0-9]{3}bcd; a.bcd",
        "(?i)HTTP/1\\.[01]; HTTP/1.0|HTTP/1.1"
      })
  void whatAMatchMustHold(String regex, String expected) {
    assertThat(printed(RegexTerms.of(regex).terms())).isEqualTo(expected);
  }

  private static String printed(TextTerms terms) {
    return switch (terms) {
      case TextTerms.Run run -> run.text();
      case TextTerms.AllOf all ->
          String.join(".", all.terms().stream().map(RegexFinderTest::printed).toList());
      case TextTerms.AnyOf any ->
          String.join("|", any.terms().stream().map(RegexFinderTest::printed).toList());
    };
  }
}
