package dev.hexlens.pattern;

import dev.hexlens.elixir.facts.NameResolution;
import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.elixir.syntax.LineIndex;
import dev.hexlens.elixir.syntax.QuotedTree;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One file as patterns see it: its tree, what its names mean, and what both know of it. For one
 * thread; what is seldom needed is computed when it is.
 */
public final class FileView {
  final QuotedTree tree;
  final byte[] source;
  private final @Nullable Supplier<NameResolution> resolution;
  private final int pipe;
  private final int aliases;
  private @Nullable NameResolution names;
  private int @Nullable [] parents;
  private @Nullable BitSet pipedInto;
  private @Nullable LineIndex lines;

  /**
   * @param resolution asked only when a pattern's answer depends on what a name means
   */
  public FileView(QuotedTree tree, byte[] source, Supplier<NameResolution> resolution) {
    this(tree, resolution, source);
  }

  /** A tree of which nothing else is known: every name may mean what a pattern wants it to. */
  static FileView ofTree(QuotedTree tree) {
    return new FileView(tree, null, new byte[0]);
  }

  private FileView(QuotedTree tree, @Nullable Supplier<NameResolution> resolution, byte[] source) {
    this.tree = tree;
    this.source = source;
    this.resolution = resolution;
    this.pipe = tree.names().find("|>".getBytes(StandardCharsets.UTF_8));
    this.aliases = tree.names().find("__aliases__".getBytes(StandardCharsets.UTF_8));
  }

  public QuotedTree tree() {
    return tree;
  }

  public LineIndex lines() {
    if (lines == null) {
      lines = LineIndex.of(source);
    }
    return lines;
  }

  /** Whether an alias or {@code __MODULE__} stands for a module, {@code :lists} for Erlang's. */
  boolean isModule(int node, String name) {
    return resolution == null || name.equals(names(resolution).module(node));
  }

  /** Whether two aliases stand for the same module. */
  boolean isSameModule(int left, int right) {
    if (resolution == null) {
      return true;
    }
    String module = names(resolution).module(left);
    return module != null && module.equals(names(resolution).module(right));
  }

  /** Whether the local call at a node is imported from a module. */
  boolean isImported(int callNode, String module) {
    return resolution == null || names(resolution).isImported(callNode, module);
  }

  private NameResolution names(Supplier<NameResolution> known) {
    if (names == null) {
      names = known.get();
    }
    return names;
  }

  int[] parents() {
    if (parents == null) {
      parents = tree.parents();
    }
    return parents;
  }

  boolean isPipe(int node) {
    return pipe >= 0
        && tree.value(node) == pipe
        && tree.form(node) == Form.CALL
        && tree.hasChildren(node);
  }

  boolean isAlias(int node) {
    return aliases >= 0 && tree.value(node) == aliases && tree.form(node) == Form.CALL;
  }

  /**
   * Whether a node is one that a pattern is tried on: not the right side of a pipe, which matches
   * as the whole stage, not a segment of a module's name, and nothing that stands nowhere.
   */
  boolean isCandidate(int node) {
    return tree.end(node) > tree.start(node)
        && !isSegment(node)
        && !isWoven(node)
        && !pipedInto().get(node);
  }

  private boolean isSegment(int node) {
    return aliases >= 0
        && tree.form(node) == Form.ATOM
        && parents()[node] >= 0
        && isAlias(parents()[node]);
  }

  private BitSet pipedInto() {
    if (pipedInto == null) {
      pipedInto = new BitSet();
      for (int node = 0; pipe >= 0 && node < tree.size(); node++) {
        if (isPipe(node)) {
          pipedInto.set(tree.next(node + 1));
        }
      }
    }
    return pipedInto;
  }

  /** What binds the variables of {@code :let} in a template: no source has it. */
  private boolean isWoven(int node) {
    return tree.hasChildren(node)
        && tree.is(node, Form.CALL, "case")
        && tree.is(node + 1, Form.CALL, "{}")
        && tree.start(node + 1) == tree.end(node + 1);
  }
}
