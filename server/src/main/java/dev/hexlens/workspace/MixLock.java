package dev.hexlens.workspace;

import dev.hexlens.elixir.ElixirReader;
import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.elixir.syntax.QuotedTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a mix.lock says, read without running Elixir.
 *
 * @param packages by the name of the dependency
 */
public record MixLock(Map<String, Locked> packages) {
  /** Locks nothing. */
  public static final MixLock EMPTY = new MixLock(Map.of());

  public MixLock {
    packages = Map.copyOf(packages);
  }

  /**
   * One dependency.
   *
   * @param hexName its package on Hex; null for one from git or a folder
   * @param version of a Hex package; for git the revision
   * @param checksum what identifies its contents
   * @param dependencies the dependencies that it names itself
   */
  public record Locked(
      @Nullable String hexName, String version, String checksum, Set<String> dependencies) {}

  /** Reads a lock file; one that is missing or can't be read locks nothing. */
  public static MixLock read(Path file) {
    if (!Files.isRegularFile(file)) {
      return EMPTY;
    }
    try (ElixirReader reader = new ElixirReader()) {
      return of(reader.read(Files.readAllBytes(file)));
    } catch (IOException e) {
      return EMPTY;
    }
  }

  private static MixLock of(QuotedTree tree) {
    Map<String, Locked> packages = new HashMap<>();
    for (int node = 0; node < tree.size(); node++) {
      if (tree.is(node, Form.PAIR) && isTuple(tree, tree.child(node, 1))) {
        Locked locked = locked(tree, tree.child(node, 1));
        if (locked != null) {
          packages.put(tree.text(node + 1), locked);
        }
      }
    }
    return new MixLock(packages);
  }

  private static boolean isTuple(QuotedTree tree, int node) {
    return tree.is(node, Form.CALL, "{}");
  }

  /** {@code {:hex, :name, version, checksum, managers, dependencies, repository, outer}}. */
  private static @Nullable Locked locked(QuotedTree tree, int tuple) {
    int kind = tree.child(tuple, 0);
    int second = tree.child(tuple, 1);
    int third = tree.child(tuple, 2);
    if (third < 0) {
      return null;
    }
    if (tree.is(kind, Form.ATOM, "hex")) {
      int outer = tree.child(tuple, 7);
      int inner = tree.child(tuple, 3);
      String checksum = outer >= 0 ? tree.text(outer) : inner >= 0 ? tree.text(inner) : "";
      return new Locked(tree.text(second), tree.text(third), checksum, dependencies(tree, tuple));
    }
    if (tree.is(kind, Form.ATOM, "git")) {
      return new Locked(null, tree.text(third), tree.text(third), Set.of());
    }
    return null;
  }

  private static Set<String> dependencies(QuotedTree tree, int tuple) {
    int list = tree.child(tuple, 5);
    Set<String> names = new HashSet<>();
    if (list >= 0 && tree.is(list, Form.LIST)) {
      for (int each = list + 1; each < tree.next(list); each = tree.next(each)) {
        int first = tree.child(each, 0);
        if (first >= 0 && tree.is(first, Form.ATOM)) {
          names.add(tree.text(first));
        }
      }
    }
    return names;
  }
}
