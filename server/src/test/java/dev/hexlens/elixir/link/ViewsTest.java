package dev.hexlens.elixir.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hexlens.elixir.ElixirReader;
import dev.hexlens.elixir.facts.Facts;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "page_html/*       | lib/web/page_html/home.html.heex       | V",
        "page_html/*       | lib/web/page_html/deep/home.html.heex  | none",
        "page_html/**/*    | lib/web/page_html/deep/home.html.heex  | V",
        "page_html/home    | lib/web/page_html/home.html.heex       | V",
        "page_html/about   | lib/web/page_html/home.html.heex       | none",
        "../mail/{a,b}*    | lib/mail/bill.text.eex                 | none",
        "../web/{a,b}*     | lib/web/bill.text.eex                  | V",
        "*                 | lib/web/home.html.heex                 | V",
        "*                 | lib/other/home.html.heex               | none"
      })
  void patternsCountFromTheFolderOfTheModulesFile(String pattern, String template, String module) {
    String source = "defmodule V do\n  embed_templates \"" + pattern + "\"\nend\n";
    assertThat(view("lib/web/page_html.ex", source, template)).isEqualTo(module);
  }

  @Test
  void aLiveViewHasTheTemplateBesideIt() {
    String live = "defmodule PageLive do\n  use Web, :live_view\nend\n";
    assertThat(view("lib/web/page_live.ex", live, "lib/web/page_live.html.heex"))
        .isEqualTo("PageLive");
    assertThat(view("lib/web/page_live.ex", live, "lib/web/other_live.html.heex")).isNull();
  }

  @Test
  void aViewHasTheTemplatesOfItsFolder() {
    String view = "defmodule PageView do\n  use Web, :view\nend\n";
    assertThat(view("lib/web/views/page_view.ex", view, "lib/web/templates/page/a.html.eex"))
        .isEqualTo("PageView");
    assertThat(view("lib/web/views/page_view.ex", view, "lib/web/templates/user/a.html.eex"))
        .isNull();
  }

  @Test
  void aModuleThatIsNoViewHasNone() {
    String other = "defmodule Page do\n  use GenServer\nend\n";
    assertThat(view("lib/web/page.ex", other, "lib/web/page.html.heex")).isNull();
  }

  private static @Nullable String view(String file, String source, String template) {
    byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
    try (ElixirReader reader = new ElixirReader()) {
      SourceSet modules = new SourceSet();
      modules.add(
          Facts.of(reader.read(bytes), bytes).exports().stream()
              .map(each -> each.at(file))
              .toList());
      return modules.view(template);
    }
  }
}
