package dev.hexlens.hex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataReaderTest {

  @Test
  void asMixWritesIt() throws Exception {
    PackageMetadata metadata =
        read(
            """
            {<<"app">>,<<"plug">>}.
            {<<"build_tools">>,[<<"mix">>]}.
            {<<"description">>,<<"Compose web applications with \\"functions\\"">>}.
            {<<"elixir">>,<<"~> 1.14">>}.
            {<<"files">>,[<<"lib">>,<<"lib/plug.ex">>]}.
            {<<"licenses">>,[<<"Apache-2.0">>]}.
            {<<"links">>,[{<<"GitHub">>,<<"https://example.org/plug">>}]}.
            {<<"name">>,<<"plug">>}.
            {<<"requirements">>,
             [{<<"mime">>,
               [{<<"app">>,<<"mime">>},
                {<<"optional">>,false},
                {<<"repository">>,<<"hexpm">>},
                {<<"requirement">>,<<"~> 1.0 or ~> 2.0">>}]}]}.
            {<<"version">>,<<"1.16.1">>}.
            """);

    assertThat(metadata)
        .isEqualTo(
            new PackageMetadata(
                "plug",
                "1.16.1",
                "plug",
                "Compose web applications with \"functions\"",
                "~> 1.14",
                List.of("Apache-2.0"),
                List.of("mix"),
                List.of(new Dependency("mime", "~> 1.0 or ~> 2.0", false, "mime", "hexpm"))));
  }

  /** Ten years of publishers: lists of pairs, lists of lists, bare requirements. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{<<\"idna\">>,[{<<\"requirement\">>,<<\"~> 1.0\">>}]}]",
        "[[{<<\"name\">>,<<\"idna\">>},{<<\"requirement\">>,<<\"~> 1.0\">>}]]",
        "[{<<\"idna\">>,<<\"~> 1.0\">>}]",
        "#{<<\"idna\">> => #{<<\"requirement\">> => <<\"~> 1.0\">>, <<\"optional\">> => false}}"
      })
  void requirementsInAllTheirShapes(String requirements) throws Exception {
    assertThat(read("{<<\"requirements\">>," + requirements + "}.").requirements())
        .containsExactly(new Dependency("idna", "~> 1.0", false, "idna", null));
  }

  @Test
  void aRequirementOfNilAdmitsEverything() throws Exception {
    assertThat(
            read("{<<\"requirements\">>,[{<<\"a\">>,[{<<\"app\">>,<<\"b\">>},{<<\"optional\">>,true},"
                    + "{<<\"requirement\">>,nil}]}]}.")
                .requirements())
        .containsExactly(new Dependency("a", ">= 0.0.0", true, "b", null));
  }

  /** How text can be written, and what it says. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          <<"plain">>                        | plain
          <<"Grüße"/utf8>>                   | Grüße
          <<"a" "b">>                        | ab
          <<230,151,165,230,156,172>>        | 日本
          <<"a",98,"c">>                     | abc
          <<"q\\"q">>                        | q"q
          <<"back\\\\slash">>                | back\\slash
          <<"\\141\\x{42}\\q">>              | ax{42}q
          "string"                           | string
          'an atom'                          | an atom
          atom                               | atom
          42                                 | 42
          """)
  void text(String term, String expected) throws Exception {
    assertThat(read("{<<\"description\">>," + term + "}.").description()).isEqualTo(expected);
  }

  @Test
  void bytesThatAreNotUtf8AreLatin1() throws Exception {
    byte[] latin1 = "{<<\"description\">>,<<\"Grüße\">>}.".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(MetadataReader.read(latin1).description()).isEqualTo("Grüße");
  }

  @Test
  void ofAKeyMetTwiceTheLastOneCounts() throws Exception {
    assertThat(read("{<<\"name\">>,<<\"a\">>}.\n{<<\"name\">>,<<\"b\">>}.").name()).isEqualTo("b");
  }

  @Test
  void valuesOfUnexpectedShapesCountAsAbsent() throws Exception {
    PackageMetadata metadata =
        read(
            """
            {<<"name">>,[]}. {<<"version">>,nil}. {<<"licenses">>,<<"MIT">>}.
            {<<"build_tools">>,[<<"mix">>,[],{}]}. {<<"requirements">>,<<"none">>}. {odd}. odd. [].
            """);

    assertThat(metadata)
        .isEqualTo(
            new PackageMetadata(
                null, null, null, null, null, List.of(), List.of("mix"), List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{<<\"name\">>,<<\"a\">>}",
        "{<<\"name\">>,<<\"a\">>}.x",
        "% a comment\n{a,b}.",
        "{a,1.5}.",
        "{a,$c}.",
        "{a,16#ff}.",
        "{a,<<256>>}.",
        "{a,<<1,>>}.",
        "{a,",
        "{a,\"open}.",
        "{a,<<\"open",
        "[a|b].",
        "Variable."
      })
  void whatIsNoTermIsAnErrorWithItsPlace(String config) {
    assertThatThrownBy(() -> read(config))
        .isInstanceOf(ErlangTermReader.SyntaxException.class)
        .hasMessageContaining(" at character ");
  }

  @Test
  void termsNestedWithoutEndAreRefused() {
    assertThatThrownBy(() -> read("[".repeat(1_000_000)))
        .isInstanceOf(ErlangTermReader.SyntaxException.class)
        .hasMessageContaining("nested");
    assertThatThrownBy(() -> read("1".repeat(1_000_000) + "."))
        .isInstanceOf(ErlangTermReader.SyntaxException.class)
        .hasMessageContaining("digits");
  }

  private static PackageMetadata read(String config) throws ErlangTermReader.SyntaxException {
    return MetadataReader.read(config.getBytes(StandardCharsets.UTF_8));
  }
}
