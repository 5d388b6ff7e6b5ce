package dev.hexlens.elixir.facts;

import dev.hexlens.elixir.syntax.QuotedTree;
import org.jspecify.annotations.Nullable;

/**
 * Module names of one file in their lexical scopes and nothing else: what most patterns need of a
 * stored tree. One linear walk when it is made; a question then costs a binary search.
 */
public final class AliasResolution implements NameResolution {
  private final AliasScopes scopes;

  private AliasResolution(AliasScopes scopes) {
    this.scopes = scopes;
  }

  /** Walks the tree once. The tree must outlive the result unchanged. */
  public static AliasResolution of(QuotedTree tree) {
    AliasScopes scopes = new AliasScopes(tree);
    for (int node = 0; node < tree.size(); node++) {
      scopes.enter(node);
    }
    return new AliasResolution(scopes);
  }

  @Override
  public @Nullable String module(int node) {
    return scopes.resolveLater(node);
  }

  /** Whether a directive of the file may import this module; false is certain. */
  public boolean mayImport(String module) {
    return scopes.mayImport(module);
  }

  /** Not known here: imports take the whole of the file's facts. */
  @Override
  public @Nullable String importedFrom(int callNode) {
    return null;
  }
}
