package dev.hexlens.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Elixir in a {@code ~H} is found like any other; the sigil itself stays a string. */
final class TemplatePatternsTest {
  private static final String SOURCE =
      """
      defmodule Page do
        alias My.Repo
        import My.Helpers, only: [icon: 1]

        def show(assigns) do
          ~H\"""
          <p :if={allowed?( @user )} class={ "big " <> size(@user) }>{Repo.all(Book)}</p>
          <.row :for={book <- @books} id={book.id} :let={cell}>{cell |> label()}</.row>
          <%= if @user do %>{icon("x")}<% else %>none<% end %>
          <My.Button.big on_click={JS.push("go")} />
          \"""
        end

        def short(assigns), do: ~H"<b>{@x}</b>"
        def plain(assigns), do: ~H"<b>no Elixir</b>"
      end
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '¦',
      textBlock =
          """
          allowed?(_)                  ¦ allowed?( @user )
          _ <> _                       ¦ "big " <> size(@user)
          size(@user)                  ¦ size(@user)
          My.Repo.all(_)               ¦ Repo.all(Book)
          label(x)                     ¦ cell |> label()
          My.Helpers.icon("x")         ¦ icon("x")
          row(_)                       ¦ row
          My.Button.big(_)             ¦ My.Button.big
          JS.push(_)                   ¦ JS.push("go")
          _.id                         ¦ book.id
          ~H"<b>{@x}</b>"              ¦ ~H"<b>{@x}</b>"
          sigil_H(<<"<b>{@x}</b>">>, _) ¦ ~H"<b>{@x}</b>"
          """)
  void expressionsAreFoundAtTheirPlace(String pattern, String found) {
    assertThat(Found.in(SOURCE, pattern)).containsExactly(found);
  }

  @Test
  void theyStandInsideOfTheFunctionAndOfTheSigil() {
    Filter.Inside show = new Filter.Inside(Pattern.parse("def show/1"));
    assertThat(Found.in(SOURCE, "@name", show)).hasSize(4);
    assertThat(Found.in(SOURCE, "@name", new Filter.Not(show))).containsExactly("@x");
    Filter.Inside sigil = new Filter.Inside(Pattern.parse("sigil_H(_, _)"));
    assertThat(Found.in(SOURCE, "Repo.all(_)", sigil)).hasSize(1);
  }

  @Test
  void whatOnlyServesToReadATemplateIsNotFound() {
    assertThat(Found.in(SOURCE, "case _ do ... end")).isEmpty();
    assertThat(Found.in(SOURCE, "{}")).isEmpty();
  }

  @Test
  void theSigilIsAString() {
    assertThat(Found.in(SOURCE, "sigil_H(_, _)")).hasSize(3);
    assertThat(Found.in(SOURCE, "~H\"<b>no Elixir</b>\"")).hasSize(1);
    assertThat(Found.in(SOURCE, "def short(_), do: ~H\"<b>{@y}</b>\"")).isEmpty();
  }
}
