package dev.hexlens.elixir.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.elixir.ElixirReader;
import dev.hexlens.elixir.facts.Certainty;
import dev.hexlens.elixir.facts.Exports;
import dev.hexlens.elixir.facts.Facts;
import dev.hexlens.elixir.facts.NameResolution;
import dev.hexlens.elixir.facts.Reference;
import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.elixir.syntax.QuotedTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkerTest {
  private static final String SCHEMA =
      """
      defmodule Db.Schema do
        defmacro __using__(_) do
          quote do
            import Db.Schema, only: [schema: 2]
            alias Db.Query, as: Q
          end
        end
        defmacro schema(name, do: block) do
          quote do
            try do
              import Db.Schema
              unquote(block)
            after
              unquote(name)
            end
          end
        end
        for kind <- [:field, :assoc] do
          defmacro unquote(kind)(name, opts \\\\ []), do: {name, opts}
        end
      end
      """;

  private static final String USER =
      """
      defmodule User do
        use Db.Schema
        schema "users" do
          field :name
          assoc :posts, through: :x
        end
        def all, do: Q.all(field(1))
      end
      """;

  @Test
  void aMacroGivesItsBlockWhatItImports() {
    assertThat(calls(USER, SCHEMA))
        .containsExactly(
            "Db.Schema.__using__/1 RESOLVED",
            "Db.Schema.schema/2 INFERRED",
            "Db.Schema.field/1 INFERRED",
            "Db.Schema.assoc/2 INFERRED",
            "Db.Query.all/1 INFERRED",
            "User.field/1 INFERRED");
  }

  @Test
  void defIsAReferenceWhereAnotherModuleThanKernelGivesIt() {
    String component =
        """
        defmodule Web.Component do
          defmacro __using__(_) do
            quote do
              import Kernel, except: [def: 2]
              import Web.Declarative
            end
          end
        end
        """;
    String declarative =
        "defmodule Web.Declarative do\n defmacro def(head, body), do: {head, body}\nend\n";
    String page =
        "defmodule Page do\n use Web.Component\n def a, do: 1\n defp b, do: 2\n def c\nend\n";
    assertThat(calls(page, component, declarative))
        .containsExactly("Web.Component.__using__/1 RESOLVED", "Web.Declarative.def/2 INFERRED");
  }

  @Test
  void aWordOfABitstringWithArgumentsIsSomebodysMacro() {
    String macros = "defmodule Bits do\n defmacro binary(size), do: size\nend\n";
    String user =
        "defmodule A do\n import Bits\n def f(<<n::8, x::binary(n), y::binary-size(n)>>), do: x\nend\n";
    assertThat(calls(user, macros)).containsExactly("Bits.binary/1 RESOLVED");
  }

  @Test
  void whatIsNotKnownStaysAsWritten() {
    assertThat(calls(USER))
        .containsExactly(
            "Db.Schema.__using__/1 RESOLVED",
            "schema/2 WRITTEN",
            "field/1 WRITTEN",
            "assoc/2 WRITTEN",
            "Q.all/1 RESOLVED",
            "field/1 WRITTEN");
  }

  @Test
  void usesThatGoRoundInCirclesEnd() {
    String a = "defmodule A do\n defmacro __using__(_), do: (quote do\n use B\n end)\nend\n";
    String b = "defmodule B do\n defmacro __using__(_), do: (quote do\n use A\n end)\nend\n";
    assertThat(calls("defmodule C do\n use A\n f(1)\nend", a, b)).contains("C.f/1 INFERRED");
  }

  @Test
  void aCallOfKernelByItsNameIsKernels() {
    String money = "defmodule Money do\n def a + b, do: {a, b}\nend\n";
    String cart =
        """
        defmodule Cart do
          import Kernel, except: [+: 2]
          import Money
          def total(a, b), do: a + Kernel.+(a, b)
          def sum, do: &Kernel.+/2
        end
        """;
    assertThat(calls(cart, money))
        .containsExactly("Money.+/2 RESOLVED", "Kernel.+/2 RESOLVED", "Kernel.+/2 RESOLVED");
  }

  @Test
  void whoUsesACaseTemplateGetsItsUsingAndIsATestCase() {
    String template =
        """
        defmodule DataCase do
          use ExUnit.CaseTemplate
          using options do
            quote do
              import DataCase
              alias App.Repo
            end
          end
          def fixture, do: :ok
        end
        """;
    String test =
        """
        defmodule RepoTest do
          use DataCase, async: true
          test "all", do: assert(Repo.all(fixture()))
        end
        """;
    assertThat(calls(test, template))
        .containsExactly(
            "DataCase.__using__/1 RESOLVED",
            "ExUnit.Case.test/2 INFERRED",
            "ExUnit.Assertions.assert/1 INFERRED",
            "App.Repo.all/1 INFERRED",
            "DataCase.fixture/0 INFERRED");
    assertThat(calls(template)).contains("ExUnit.CaseTemplate.using/2 INFERRED");
  }

  @Test
  void aTemplateHasItsNamesFromTheModuleThatEmbedsIt() {
    String web =
        """
        defmodule Web do
          defmacro __using__(which), do: apply(__MODULE__, which, [])
          def html do
            quote do
              import Web.Core
              alias Web.Layouts
            end
          end
        end
        """;
    String core = "defmodule Web.Core do\n def button(assigns), do: assigns\nend\n";
    String view =
        """
        defmodule Web.PageHTML do
          use Web, :html
          alias Web.Money, as: M
          embed_templates "page_html/*"
          def card(assigns), do: assigns
        end
        """;
    String template =
        """
        <.card title={M.format(@price)} />
        <.button :if={length(@list) > 1}>ok</.button>
        <Layouts.app /><.other />
        """;
    List<String> names =
        List.of(
            "Web.PageHTML.card/1 INFERRED",
            "Web.Money.format/1 INFERRED",
            "Web.Core.button/1 INFERRED",
            "Kernel.length/1 RESOLVED",
            "Web.Layouts.app/1 INFERRED",
            "Web.PageHTML.other/1 INFERRED");
    assertThat(template("lib/web/page_html/home.html.heex", template, view, web, core))
        .containsExactlyElementsOf(names)
        .isEqualTo(template("lib/web/page_html/sub.html.heex", template, view, web, core));
    assertThat(template("lib/web/other_html/home.html.heex", template, view, web, core))
        .contains("card/1 WRITTEN", "M.format/1 RESOLVED", "Kernel.length/1 RESOLVED");
  }

  private static List<String> template(String path, String template, String... others) {
    byte[] bytes = template.getBytes(StandardCharsets.UTF_8);
    try (ElixirReader reader = new ElixirReader()) {
      SourceSet known = new SourceSet();
      for (String other : others) {
        byte[] source = other.getBytes(StandardCharsets.UTF_8);
        Facts facts = Facts.of(reader.read(source), source);
        known.add(facts.exports().stream().map(each -> each.at("lib/web/page_html.ex")).toList());
      }
      Linker linker = new Linker(known.or(ElixirExports.instance()));
      Facts facts = ElixirReader.facts(path, reader.read(path, bytes), bytes).withoutNames();
      return texts(linker.link(linker.placed(facts, path)));
    }
  }

  @Test
  void namesKnowWhatAUseBrings() {
    byte[] source = USER.getBytes(StandardCharsets.UTF_8);
    try (ElixirReader reader = new ElixirReader()) {
      Exports known = exports(reader, SCHEMA);
      QuotedTree tree = reader.read(source);
      NameResolution names = new Linker(known).names(Facts.of(tree, source));
      List<String> found = new ArrayList<>();
      for (int node = 0; node < tree.size(); node++) {
        if (tree.is(node, Form.CALL, "field")) {
          found.add("field=" + names.importedFrom(node));
        } else if (tree.is(node, Form.CALL, "__aliases__")) {
          found.add(tree.text(node + 1) + "=" + names.module(node));
        }
      }
      assertThat(found)
          .containsExactly(
              "User=User", "Db=Db.Schema", "field=Db.Schema", "Q=Db.Query", "field=null");
    }
  }

  private static List<String> calls(String source, String... others) {
    byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
    try (ElixirReader reader = new ElixirReader()) {
      Exports known = exports(reader, others);
      Facts facts = Facts.of(reader.read(bytes), bytes).withoutNames();
      return texts(new Linker(known).link(facts));
    }
  }

  private static List<String> texts(List<Reference> references) {
    return references.stream()
        .filter(r -> r.symbol().arity() >= 0)
        .sorted((a, b) -> Integer.compare(a.start(), b.start()))
        .map(LinkerTest::text)
        .toList();
  }

  private static String text(Reference reference) {
    boolean known = reference.certainty() != Certainty.WRITTEN;
    assertThat(reference.target() != null).isEqualTo(known);
    return reference.symbol().printed() + " " + reference.certainty();
  }

  private static Exports exports(ElixirReader reader, String... sources) {
    SourceSet known = new SourceSet();
    for (String source : sources) {
      byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
      known.add(Facts.of(reader.read(bytes), bytes).exports());
    }
    return known.or(ElixirExports.instance());
  }
}
