package dev.hexlens.search;

import dev.hexlens.elixir.ElixirReader;
import dev.hexlens.elixir.facts.Facts;
import dev.hexlens.elixir.facts.NameResolution;
import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.elixir.syntax.QuotedTree;
import dev.hexlens.store.FileFacts;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the names of a stored file mean, as the linker said when it was indexed: what the file says
 * by itself is read from its tree again, what other files say of it is stored.
 */
final class StoredNames implements NameResolution {
  private final Facts facts;

  /** By environment and name, without a module in front. */
  private final Map<FileFacts.Imported, Symbol> imports = new HashMap<>();

  StoredNames(String path, QuotedTree tree, byte[] source, FileFacts stored) {
    this.facts = ElixirReader.facts(path, tree, source);
    for (FileFacts.Imported each : stored.imports()) {
      imports.put(
          new FileFacts.Imported(each.environment(), each.symbol().in(null)), each.symbol());
    }
  }

  @Override
  public @Nullable String module(int node) {
    String own = facts.names().module(node);
    if (own == null || imports.isEmpty()) {
      return own;
    }
    Symbol linked = imports.get(FileFacts.Imported.alias(facts.environment(node), own, null));
    return linked == null ? own : linked.module();
  }

  @Override
  public @Nullable String importedFrom(int callNode) {
    Facts.OpenCall call = facts.openCall(callNode);
    if (call == null) {
      return null;
    }
    Symbol name = Symbol.function(null, call.name(), call.arity());
    Symbol linked = imports.get(new FileFacts.Imported(call.environment(), name));
    return linked == null ? facts.names().importedFrom(callNode) : linked.module();
  }
}
