package dev.hexlens.elixir.facts;

import java.util.List;
import java.util.Set;

/**
 * What a module gives to the templates that become functions of it.
 *
 * @param file the module's file inside of its package; empty where nobody said yet
 * @param patterns the arguments of {@code embed_templates}, globs in the folder of that file; a
 *     module without any has templates by their place only, as a live view has
 * @param steps what holds at the end of the module's body
 */
public record TemplateScope(String file, List<String> patterns, List<Recipe.Step> steps) {
  /** What {@code use AppWeb, :word} is called in modules that have templates. */
  private static final Set<String> WORDS =
      Set.of("html", "view", "live_view", "live_component", "component", "layout");

  private static final Set<String> MODULES =
      Set.of(
          "Phoenix.View",
          "Phoenix.LiveView",
          "Phoenix.LiveComponent",
          "Phoenix.Component",
          "Phoenix.Template");

  public TemplateScope {
    patterns = List.copyOf(patterns);
    steps = List.copyOf(steps);
  }

  /** Whether a module that uses this may have templates beside its file. */
  static boolean isView(Directive.Use use) {
    String word = use.option().atom();
    return (word != null && WORDS.contains(word))
        || (use.module() != null && MODULES.contains(use.module()));
  }
}
