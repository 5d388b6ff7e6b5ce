package dev.hexlens.elixir.facts;

import dev.hexlens.elixir.syntax.Form;
import dev.hexlens.elixir.syntax.QuotedTree;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Which calls without a module in front are Kernel's, told of most by the tree alone. Made by one
 * short walk; a tenth of the calls of real sources take the whole of the file's facts.
 */
public final class KernelCalls {
  private static final byte[] IMPORT = "import".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ONLY = "only".getBytes(StandardCharsets.US_ASCII);
  private static final Set<String> DEFINING =
      Set.of("def", "defp", "defmacro", "defmacrop", "defguard", "defguardp", "defdelegate");

  private final QuotedTree tree;
  private final boolean plain;
  private final BitSet piped = new BitSet();

  private KernelCalls(QuotedTree tree, Supplier<AliasResolution> aliases) {
    this.tree = tree;
    boolean imports = tree.names().find(IMPORT) >= 0;
    boolean chooses = imports && tree.names().find(ONLY) >= 0;
    this.plain = !tree.damaged() && !chooses && !(imports && aliases.get().mayImport("Kernel"));
    int pipe = Word.PIPE.in(tree.names());
    for (int node = 0; plain && pipe >= 0 && node < tree.size(); node++) {
      if (tree.value(node) == pipe && tree.is(node, Form.CALL) && tree.hasChildren(node)) {
        piped.set(tree.lastChild(node));
      }
    }
  }

  /**
   * Walks the tree once.
   *
   * @param aliases asked only where there are imports
   */
  public static KernelCalls of(QuotedTree tree, Supplier<AliasResolution> aliases) {
    return new KernelCalls(tree, aliases);
  }

  /** Whether {@link #isKernels} knows of this call. */
  public boolean tells(int node) {
    return plain && tree.is(node, Form.CALL) && !isHead(node);
  }

  /** Whether a call is Kernel's, if no definition and no other module gives its name a meaning. */
  public boolean isKernels(int node) {
    int arity = tree.childCount(node) + (piped.get(node) ? 1 : 0);
    String name = tree.text(node);
    return Arities.has(KernelNames.arities(name), arity) && !KernelNames.isSpecial(name, arity);
  }

  /** What a definition defines, with a guard or without. */
  private boolean isHead(int node) {
    int before = node > 1 && tree.is(node - 1, Form.CALL, "when") ? node - 2 : node - 1;
    return before >= 0 && tree.is(before, Form.CALL) && DEFINING.contains(tree.text(before));
  }
}
