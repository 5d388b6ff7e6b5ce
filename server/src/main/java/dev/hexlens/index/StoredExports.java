package dev.hexlens.index;

import dev.hexlens.elixir.facts.Facts;
import dev.hexlens.elixir.facts.ModuleExports;
import dev.hexlens.elixir.syntax.CompactTree;
import dev.hexlens.elixir.syntax.QuotedTree;
import dev.hexlens.store.PackageSources;
import dev.hexlens.store.postgres.Database;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what packages export back from the store. */
final class StoredExports implements KnownExports.Store {
  private final PackageSources sources;

  StoredExports(Database database) {
    this.sources = new PackageSources(database, Extractor.VERSION);
  }

  @Override
  public Set<String> versions(String packageName) {
    return sources.versions(packageName);
  }

  @Override
  public KnownExports.@Nullable PackageExports of(String packageName, String version) {
    Optional<PackageSources.Stored> stored = sources.find(packageName, version);
    if (stored.isEmpty()) {
      return null;
    }
    Map<String, ModuleExports> exports = new HashMap<>();
    for (PackageSources.Source source : stored.get().sources()) {
      QuotedTree tree = CompactTree.read(source.tree()).tree();
      for (ModuleExports module : Facts.of(tree, source.bytes()).exports()) {
        exports.putIfAbsent(module.name(), module);
      }
    }
    return new KnownExports.PackageExports(exports, stored.get().requirements());
  }
}
