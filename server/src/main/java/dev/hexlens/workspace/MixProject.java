package dev.hexlens.workspace;

import dev.hexlens.elixir.ElixirReader;
import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.elixir.syntax.QuotedTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A folder with a {@code mix.exs}, read without running Elixir.
 *
 * @param folder the project's root
 * @param app what {@code app:} says; null where it is no literal
 * @param version what {@code version:} says, through a module attribute too; null where it is
 *     neither
 */
public record MixProject(Path folder, @Nullable String app, @Nullable String version) {
  private static final Map<Path, Optional<MixProject>> KNOWN = new ConcurrentHashMap<>();

  /** The project that a file belongs to, its nearest; null where there is none. */
  public static @Nullable MixProject around(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    for (Path folder = absolute.getParent(); folder != null; folder = folder.getParent()) {
      Optional<MixProject> project = KNOWN.computeIfAbsent(folder, MixProject::read);
      if (project.isPresent()) {
        return project.get();
      }
    }
    return null;
  }

  /** The project of a folder, read now; null where it has none. */
  public static @Nullable MixProject in(Path folder) {
    return read(folder).orElse(null);
  }

  /** A file's path inside the project, with slashes. */
  public String relative(Path file) {
    return folder.relativize(file.toAbsolutePath().normalize()).toString().replace('\\', '/');
  }

  private static Optional<MixProject> read(Path folder) {
    Path mix = folder.resolve("mix.exs");
    if (!Files.isRegularFile(mix)) {
      return Optional.empty();
    }
    try (ElixirReader reader = new ElixirReader()) {
      QuotedTree tree = reader.read(Files.readAllBytes(mix));
      String app = null;
      String version = null;
      for (int node = 0; node < tree.size(); node++) {
        if (tree.is(node, Form.PAIR)) {
          int value = tree.child(node, 1);
          if (app == null && tree.is(node + 1, Form.ATOM, "app") && tree.is(value, Form.ATOM)) {
            app = tree.text(value);
          } else if (version == null && tree.is(node + 1, Form.ATOM, "version")) {
            version = literal(tree, value);
          }
        }
      }
      return Optional.of(new MixProject(folder, app, version));
    } catch (IOException e) {
      return Optional.of(new MixProject(folder, null, null));
    }
  }

  /** A string, or an attribute that holds one. */
  private static @Nullable String literal(QuotedTree tree, int node) {
    if (tree.is(node, Form.STRING)) {
      return tree.text(node);
    }
    if (!tree.is(node, Form.CALL, "@") || !tree.hasChildren(node)) {
      return null;
    }
    String attribute = tree.text(node + 1);
    for (int at = 0; at < tree.size(); at++) {
      boolean defines =
          tree.is(at, Form.CALL, "@")
              && tree.is(at + 1, Form.CALL, attribute)
              && tree.childCount(at + 1) == 1;
      if (defines && tree.is(at + 2, Form.STRING)) {
        return tree.text(at + 2);
      }
    }
    return null;
  }
}
