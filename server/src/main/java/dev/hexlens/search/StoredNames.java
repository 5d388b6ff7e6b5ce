package dev.hexlens.search;

import dev.hexlens.elixir.facts.Facts;
import dev.hexlens.elixir.facts.NameResolution;
import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.elixir.syntax.QuotedTree;
import dev.hexlens.store.FileFacts;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the names of a stored file mean: what the file says by itself is read from its tree again,
 * what other files say of it is in its stored references.
 */
final class StoredNames implements NameResolution {
  private final Facts facts;
  private final Map<Integer, String> calls = new HashMap<>();

  StoredNames(QuotedTree tree, byte[] source, FileFacts stored) {
    this.facts = Facts.of(tree, source);
    for (FileFacts.Referred reference : stored.references()) {
      String module = reference.symbol().module();
      if (module != null && reference.symbol().namespace() == Symbol.Namespace.FUNCTION) {
        calls.put(reference.start(), module);
      }
    }
    this.tree = tree;
  }

  private final QuotedTree tree;

  @Override
  public @Nullable String module(int node) {
    return facts.names().module(node);
  }

  @Override
  public @Nullable String importedFrom(int callNode) {
    Facts.OpenCall call = facts.openCall(callNode);
    if (call == null) {
      return null;
    }
    String linked = calls.get(tree.start(callNode));
    if (linked != null) {
      return linked.equals(call.module()) ? null : linked;
    }
    return facts.names().importedFrom(callNode);
  }
}
