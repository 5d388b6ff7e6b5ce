package dev.hexlens.elixir.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.elixir.ElixirReader;
import dev.hexlens.elixir.facts.Facts;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DependentsTest {
  private static final String WEB =
      "defmodule Web do\n  defmacro __using__(_), do: (quote do: (import Helpers))\nend\n";
  private final Dependents<String> dependents = new Dependents<>();

  @Test
  void whoImportsOrUsesAModuleIsLinkedAgainAndNobodyElse() {
    dependents.put("page", facts("defmodule Page do\n  use Web\n  def f, do: help(1)\nend\n"));
    dependents.put("direct", facts("defmodule Direct do\n  import Helpers\nend\n"));
    dependents.put("caller", facts("defmodule Caller do\n  def f, do: Helpers.help(1)\nend\n"));
    dependents.put("web", facts(WEB));
    assertThat(dependents.of(Set.of("Web"))).containsExactly("page");
    assertThat(dependents.of(Set.of("Helpers"))).containsExactlyInAnyOrder("page", "direct", "web");
    assertThat(dependents.of(Set.of("Caller", "Page"))).isEmpty();
  }

  @Test
  void aFileThatNoLongerUsesAModuleIsForgotten() {
    dependents.put("page", facts("defmodule Page do\n  use Web\nend\n"));
    dependents.put("page", facts("defmodule Page do\nend\n"));
    assertThat(dependents.of(Set.of("Web"))).isEmpty();
  }

  @Test
  void aBodyThatChangesChangesNoExports() {
    var before = facts("defmodule A do\n  def f(x), do: x\nend\n").exports();
    var body = facts("defmodule A do\n  # more\n  def f(y), do: g(y)\n  defp g(y), do: y\nend\n");
    assertThat(Dependents.changed(before, body.exports())).isEmpty();
    assertThat(
            Dependents.changed(before, facts("defmodule A do\n  def g(x), do: x\nend\n").exports()))
        .containsExactly("A");
    assertThat(
            Dependents.changed(
                facts(WEB).exports(), facts(WEB.replace("Helpers", "Other")).exports()))
        .containsExactly("Web");
    assertThat(Dependents.changed(before, facts("defmodule B do\nend\n").exports()))
        .containsExactlyInAnyOrder("A", "B");
  }

  private static Facts facts(String source) {
    byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
    try (ElixirReader reader = new ElixirReader()) {
      return Facts.of(reader.read(bytes), bytes).withoutNames();
    }
  }
}
