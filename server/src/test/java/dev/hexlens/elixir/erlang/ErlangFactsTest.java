package dev.hexlens.elixir.erlang;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.elixir.facts.Certainty;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ErlangFactsTest {
  private static final Path PULSE =
      Path.of("..", "test-fixtures", "packages", "pulse", "src", "pulse.erl");

  @Test
  void whatAModuleDefines() throws IOException {
    assertThat(definitions(Files.readString(PULSE)))
        .contains(
            "module :pulse",
            "type :pulse.event/0",
            "function :pulse.execute/2",
            "function :pulse.execute/3",
            "private function :pulse.check_event/1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '\u0001',
      textBlock =
          """
          lists:map(F, [1, 2])               ¦ call map :lists.map/2
          'Elixir.Enum':map(F, #{a => {b}})  ¦ call map Enum.map/2
          ?MODULE:g(1)                       ¦ call g :m.g/1
          g((1), fun(A, B) -> A, B end)      ¦ call g :m.g/2
          g(case X of a -> b, c; d -> e end) ¦ call g :m.g/1
          g("a,b)", $,, <<1, 2>>, 'a,')      ¦ call g :m.g/4
          g(%{ a, b\\n 1)                    ¦ call g :m.g/1
          fun lists:map/2                    ¦ capture map :lists.map/2
          fun ?MODULE:g/1                    ¦ capture g :m.g/1
          fun g/1                            ¦ capture g :m.g/1
          sum(X)                             ¦ call sum :lists.sum/1
          length(X)                          ¦ call length :erlang.length/1
          unknown(X)                         ¦ call unknown unknown/1
          """)
  void whatItRefersTo(String expression, String reference) {
    String source =
        "-module(m).\n-import(lists, [sum/1]).\n\nf(X) ->\n    "
            + expression.replace("\\n", "\n")
            + ".\n\ng(A) -> A.\ng(A, B) -> {A, B}.\ng(A, B, C, D) -> [A, B, C, D].\n";
    assertThat(references(source)).contains(reference);
  }

  @ParameterizedTest
  @ValueSource(strings = {"?LOG(X)", "#r{a = 1}", "X:f()", "F(X)", "{f, 1}", "if X -> (1) end"})
  void whatIsNoReference(String expression) {
    assertThat(references("-module(m).\nf(X) -> " + expression + ".\n")).isEmpty();
  }

  @Test
  void clausesAndTheirPlaces() {
    String source =
        "-module(m).\n-export([f/1]).\nf(1) -> case a of b -> c; d(e) -> f end;\nf(_) -> 2.\n";
    var function = ErlangFacts.of(bytes(source)).definitions().getLast();
    assertThat(function.clauses()).hasSize(2);
    var second = function.clauses().getLast();
    assertThat(source.substring(second.start(), second.end())).isEqualTo("f(_) -> 2");
    assertThat(source.substring(second.nameStart(), second.nameEnd())).isEqualTo("f");
  }

  @Test
  void typesAndCallbacks() {
    String source =
        "-module(m).\n-behaviour(gen_server).\n-type t(A) :: {A, s(), lists:u()}.\n-opaque s() :: fun((t(x)) -> y).\n"
            + "-callback go(t(any()), fun(() -> ok)) -> ok.\n-spec f(s()) -> m:t(z).\nf(X) -> X.\n";
    assertThat(definitions(source))
        .containsExactly(
            "module :m",
            "type :m.t/1",
            "opaque :m.s/0",
            "callback :m.go/2",
            "private function :m.f/1");
    assertThat(references(source))
        .containsExactlyInAnyOrder(
            "behaviour gen_server :gen_server",
            "type s :m.s/0",
            "type u :lists.u/0",
            "type t :m.t/1",
            "type t :m.t/1",
            "type s :m.s/0",
            "type t :m.t/1");
  }

  @Test
  void exportsAreWhatOtherModulesSee() {
    var exports =
        ErlangFacts.of(bytes("-module(m).\n-compile([export_all]).\nf() -> 1.\n")).exports();
    assertThat(exports).singleElement().matches(m -> m.exports("f", 0) && m.name().equals(":m"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "-", "f(", "f() -> \"", "'", "$", "-module(", "end end )", "f(])."})
  void whatIsNotErlangNeverFails(String source) {
    assertThat(ErlangFacts.of(bytes(source)).definitions()).hasSizeLessThan(2);
  }

  private static List<String> definitions(String source) {
    return ErlangFacts.of(bytes(source)).definitions().stream()
        .map(d -> d.kind().printed() + " " + d.symbol().printed())
        .toList();
  }

  private static List<String> references(String source) {
    return ErlangFacts.of(bytes(source)).references().stream()
        .filter(r -> r.certainty() != Certainty.RESOLVED || r.target() != null)
        .map(r ->
            r.kind().printed()
                + " "
                + source.substring(r.start(), r.end())
                + " "
                + r.symbol().printed())
        .filter(r -> !r.startsWith("import"))
        .toList();
  }

  private static byte[] bytes(String source) {
    return source.getBytes(StandardCharsets.UTF_8);
  }
}
