package dev.hexlens.elixir;

import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.elixir.syntax.QuotedTree;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code mix.exs} says of its package, as far as it says so literally.
 *
 * @param app the application's name, null where it is computed
 * @param version null where it is computed
 */
public record MixProject(@Nullable String app, @Nullable String version) {

  /** Reads the tree of a {@code mix.exs}. */
  public static MixProject of(QuotedTree tree) {
    String app = null;
    String version = null;
    for (int node = 0; node < tree.size(); node++) {
      if (!tree.is(node, Form.PAIR) || !tree.is(node + 1, Form.ATOM)) {
        continue;
      }
      int value = tree.next(node + 1);
      switch (tree.text(node + 1)) {
        case "app" -> app = app == null && tree.is(value, Form.ATOM) ? tree.text(value) : app;
        case "version" -> version = version == null ? text(tree, value) : version;
        default -> {}
      }
    }
    return new MixProject(app, version);
  }

  /** A literal string, or an attribute that holds one. */
  private static @Nullable String text(QuotedTree tree, int value) {
    if (tree.is(value, Form.STRING)) {
      return tree.text(value);
    }
    if (!tree.is(value, Form.CALL, "@") || !tree.is(value + 1, Form.VARIABLE)) {
      return null;
    }
    String attribute = tree.text(value + 1);
    for (int node = 0; node < value; node++) {
      if (tree.is(node, Form.CALL, "@")
          && tree.is(node + 1, Form.CALL, attribute)
          && tree.is(node + 2, Form.STRING)) {
        return tree.text(node + 2);
      }
    }
    return null;
  }
}
