package dev.hexlens.search;

import dev.hexlens.elixir.ElixirReader;
import dev.hexlens.elixir.facts.AliasResolution;
import dev.hexlens.elixir.facts.Facts;
import dev.hexlens.elixir.facts.KernelCalls;
import dev.hexlens.elixir.facts.NameResolution;
import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.elixir.syntax.QuotedTree;
import dev.hexlens.store.FileFacts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the names of a stored file mean, as the linker said when it was indexed: what the file says
 * by itself is read from its tree again, what other files say of it is stored. To read all that a
 * file says takes as long as ten matchers, so that waits until its aliases do not tell.
 */
final class StoredNames implements NameResolution {
  private final String path;
  private final QuotedTree tree;
  private final byte[] source;

  /** By environment and name, without a module in front. */
  private final Map<FileFacts.Imported, Symbol> imports = new HashMap<>();

  /** The modules that are imported without the file's saying so. */
  private final Set<String> brought = new HashSet<>();

  /** Names to which the file's definitions or other files give a meaning. */
  private final Set<String> named = new HashSet<>();

  private boolean bringsAliases;
  private @Nullable AliasResolution aliases;
  private @Nullable KernelCalls kernel;
  private @Nullable Facts facts;

  StoredNames(String path, QuotedTree tree, byte[] source, FileFacts stored) {
    this.path = path;
    this.tree = tree;
    this.source = source;
    for (FileFacts.Imported each : stored.imports()) {
      Symbol symbol = each.symbol();
      named.add(symbol.name());
      imports.put(new FileFacts.Imported(each.environment(), symbol.in(null)), symbol);
      bringsAliases |= symbol.namespace() == Symbol.Namespace.MODULE;
      if (symbol.module() != null) {
        brought.add(symbol.module());
      }
    }
    stored.definitions().forEach(each -> named.add(each.symbol().name()));
  }

  private Facts facts() {
    if (facts == null) {
      facts = ElixirReader.facts(path, tree, source);
    }
    return facts;
  }

  private AliasResolution aliases() {
    if (aliases == null) {
      aliases = AliasResolution.of(tree);
    }
    return aliases;
  }

  private KernelCalls kernel() {
    if (kernel == null) {
      kernel = KernelCalls.of(tree, this::aliases);
    }
    return kernel;
  }

  @Override
  public @Nullable String module(int node) {
    String own = aliases().module(node);
    if (own == null) {
      own = facts().names().module(node); // an attribute may hold a part of it
    }
    if (own == null || !bringsAliases) {
      return own;
    }
    Symbol linked = imports.get(FileFacts.Imported.alias(facts().environment(node), own, null));
    return linked == null ? own : linked.module();
  }

  @Override
  public boolean isImported(int callNode, String module) {
    if (module.equals("Kernel")) {
      return (kernel().tells(callNode) && !named.contains(tree.text(callNode)))
          ? kernel().isKernels(callNode)
          : module.equals(importedFrom(callNode));
    }
    boolean may = bringsAliases || brought.contains(module) || aliases().mayImport(module);
    return may && module.equals(importedFrom(callNode));
  }

  @Override
  public @Nullable String importedFrom(int callNode) {
    Facts.OpenCall call = facts().openCall(callNode);
    if (call == null) {
      return null;
    }
    Symbol name = Symbol.function(null, call.name(), call.arity());
    Symbol linked = imports.get(new FileFacts.Imported(call.environment(), name));
    return linked == null ? facts().names().importedFrom(callNode) : linked.module();
  }
}
