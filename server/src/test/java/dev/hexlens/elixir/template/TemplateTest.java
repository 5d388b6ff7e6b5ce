package dev.hexlens.elixir.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.elixir.ElixirReader;
import dev.hexlens.elixir.facts.Facts;
import dev.hexlens.elixir.facts.Reference;
import dev.hexlens.elixir.syntax.QuotedTree;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names in templates are references at their place; the text around them is none. */
final class TemplateTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '\u0001',
      textBlock =
          """
          <.button class="x">é {@label}</.button>              ¦ button button/1
          <My.Comp.row id={f(1, 2)} />                         ¦ row My.Comp.row/1, f f/2
          <p :if={g(@a)} {rest(@b)}>{h(1)}</p>                 ¦ g g/1, rest rest/1, h h/1
          <p :for={user <- all(1)}>{user.name} {user}</p>      ¦ all all/1
          <.form :let={f} for={@x}><.input field={f[:a]} /></.form> ¦ form form/1, input input/1
          <:col :let={{id, row}}>{cell(row, id)}</:col>        ¦ cell cell/2
          <%= for x <- all(1) do %>{x}<%= x %><% end %>{g(2)}  ¦ all all/1, g g/1
          <%= case g(1) do %><% :a -> %>{h(1)}<% _ -> %><% end %> ¦ g g/1, h h/1
          <%= f 1, fn x -> %>{g(x)}<% end %>{h(1)}             ¦ f f/2, g g/1, h h/1
          <br :for={x <- all(1)}>{g(x)}                        ¦ all all/1, g g/1
          <!-- {f(1)} <%= g(1) %> --><%!-- {f(1)} --%>         ¦ g g/1
          <script>{f(1)} <%= g(1) %></script>{h(1)}            ¦ g g/1, h h/1
          <p phx-no-curly-interpolation>{f(1)} <b>{f(2)}</b></p>{h(1)} ¦ h h/1
          <%# f(1) %><%% g(1) %>{h(%{a: 1})}                   ¦ h h/1
          <a title="{f(1)}" href={"#{g(1)}/x"}>a > b < c</a>   ¦ g g/1
          """)
  void referencesOfHeex(String template, String references) {
    String found = String.join(", ", references(template, Template.Language.HEEX));
    assertThat(found).isEqualTo(references);
  }

  @Test
  void eexKnowsOnlyItsTags() {
    assertThat(
            references(
                "<.b>{f(1)}<%= g(1) %><%= if h(1) do %>x<% else %>y<% end %>",
                Template.Language.EEX))
        .containsExactly("g g/1", "h h/1");
  }

  @Test
  void aTemplateInASigilHasTheScopeAroundIt() {
    String source =
        """
        defmodule A do
          alias B.C

          def page(assigns) do
            count = length(assigns)

            ~H\"""
            <.row :for={x <- C.all(count)} x={x} />
            \"""
          end

          def row(assigns), do: ~H"<p>{@x}</p>"
        end
        """;
    byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
    try (ElixirReader reader = new ElixirReader()) {
      Facts facts = ElixirReader.facts("a.ex", reader.read("a.ex", bytes).frozen(), bytes);
      assertThat(printed(facts, source)).contains("row A.row/1", "C B.C", "all B.C.all/1");
      assertThat(facts.references())
          .filteredOn(r -> source.startsWith("row :for", r.start()))
          .singleElement()
          .satisfies(r -> assertThat(String.valueOf(r.in())).isEqualTo("A.page/1"));
      assertThat(facts.definitions()).hasSize(3);
      assertThat(facts.references())
          .as("@x is an assign, not the module's attribute")
          .noneMatch(r -> r.kind() == Reference.Kind.ATTRIBUTE);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<",
        "<%",
        "<%=",
        "<%= f(",
        "{",
        "<.",
        "<.a",
        "<.a b={",
        "<a b=\"",
        "</",
        "</a>",
        "<!--",
        "<%= if x do %>",
        "<% end %>",
        "<script>",
        "{f(}",
        "<a :for={",
        "é{é"
      })
  void whatIsNoTemplateNeverFails(String template) {
    assertThat(references(template, Template.Language.HEEX)).hasSizeLessThan(3);
  }

  private static List<String> references(String template, Template.Language language) {
    byte[] source = template.getBytes(StandardCharsets.UTF_8);
    try (ElixirReader reader = new ElixirReader()) {
      QuotedTree tree = reader.read(source, language);
      for (int node = 0; node < tree.size(); node++) {
        assertThat(tree.end(node)).isBetween(tree.start(node), source.length);
      }
      return printed(Facts.of(tree, source), template);
    }
  }

  private static List<String> printed(Facts facts, String template) {
    byte[] source = template.getBytes(StandardCharsets.UTF_8);
    return facts.references().stream()
        .filter(r -> r.dependence() != Reference.Dependence.OPTIONAL)
        .filter(r -> r.kind() == Reference.Kind.CALL || r.kind() == Reference.Kind.ALIAS)
        .filter(r -> !"Kernel".equals(r.symbol().module()))
        .sorted(Comparator.comparingInt(Reference::start))
        .filter(r -> !r.symbol().printed().equals("My.Comp"))
        .map(r -> r.written(source) + " " + r.symbol().printed())
        .toList();
  }
}
