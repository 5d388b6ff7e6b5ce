package dev.hexlens.pattern;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which sources are parsed at all in search of {@code Enum.map(_, _)}. */
class ScreenTest {
  private static final Query QUERY = Query.of(Pattern.parse("Enum.map(_, _)"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Enum.map(list, f)",
        "alias Enum, as: E\nE.map(list, f)",
        "&Enum.map/2",
        "use Foo\nmap(list, f)",
        "use(Foo)\nmap(list, f)",
        "use\tFoo.Bar, :all\nmap(list, f)",
        "if test?, do: use Foo\nmap(list, f)",
        "quote do use Foo end\nmap(list, f)",
        "use __MODULE__\nmap(list, f)",
        "use unquote(module)\nmap(list, f)",
        "use Ünicode\nmap(list, f)",
        "import Foo\nfoo do map(list, f) end",
        "require Foo\nFoo.foo do map(list, f) end",
        "@before_compile Foo\nmap(list, f)",
        "apply(E, :\"m\\x61p\", [list, f])",
        "apply(E, :\"m\\u0061p\", [list, f])"
      })
  void whatCanMatchIsParsed(String source) {
    assertThat(QUERY.possibleIn(source.getBytes(UTF_8))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Enum.each(list, f)",
        "Enum.flat_map(list, f)",
        "Enum.map2(list, f)",
        "Enumerable.map(list, f)",
        "E.map(list, f)",
        "# you may use Foo for a map",
        "# use the map",
        "\"\"\"\nuse Foo to make a map\n\"\"\"",
        "reuse Foo\nmap(list, f)",
        "use_foo Foo\nmap(list, f)"
      })
  void whatCannotMatchIsNot(String source) {
    assertThat(QUERY.possibleIn(source.getBytes(UTF_8))).isFalse();
  }
}
