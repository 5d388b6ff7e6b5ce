package dev.hexlens.index;

import dev.hexlens.elixir.facts.Exports;
import dev.hexlens.elixir.facts.Facts;
import dev.hexlens.elixir.facts.ModuleExports;
import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.elixir.link.Views;
import dev.hexlens.elixir.syntax.CompactTree;
import dev.hexlens.elixir.syntax.QuotedTree;
import dev.hexlens.pattern.Term;
import dev.hexlens.store.CandidateSource;
import dev.hexlens.store.CandidateSource.Parts;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.Candidates.StoredFile;
import dev.hexlens.store.postgres.Cancellation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What single modules export, read from the stored trees of the files that define them when
 * somebody asks, and remembered. For many threads.
 */
public final class StoredModules implements Exports {
  /** Modules remembered, some kilobytes each; past that, all are asked for again. */
  private static final int MAX_KNOWN = 20_000;

  /** Posted for files of modules that may have templates. */
  static final int HAS_TEMPLATES = Term.defines("templates", "");

  private final CandidateSource files;
  private final Map<String, Optional<ModuleExports>> known = new ConcurrentHashMap<>();
  private final AtomicLong changes = new AtomicLong();

  public StoredModules(CandidateSource files) {
    this.files = files;
  }

  @Override
  public @Nullable ModuleExports module(String name) {
    Optional<ModuleExports> found = known.get(name);
    if (found == null) {
      long before = changes.get();
      found = Optional.ofNullable(find(name));
      if (known.size() > MAX_KNOWN) {
        known.clear();
      }
      if (changes.get() == before) {
        known.put(name, found);
      }
    }
    return found.orElse(null);
  }

  /** The first that defines it: in the folder itself, else in the package of the best rank. */
  private @Nullable ModuleExports find(String name) {
    int term = Term.defines(Symbol.Namespace.MODULE.name(), name);
    for (Candidate candidate : files.find(List.of(term), Scope.ALL, Cancellation.NONE)) {
      for (StoredFile file : files.read(List.of(candidate), Parts.ALL, Cancellation.NONE)) {
        for (ModuleExports module : exports(file)) {
          if (module.name().equals(name)) {
            return module;
          }
        }
      }
    }
    return null;
  }

  @Override
  public @Nullable String view(String template) {
    List<Candidate> likely =
        files.find(List.of(HAS_TEMPLATES), Scope.ALL, Cancellation.NONE).stream()
            .filter(candidate -> Views.mayHold(candidate.path(), template))
            .toList();
    List<ModuleExports> modules = new ArrayList<>();
    files.read(likely, Parts.ALL, Cancellation.NONE).forEach(file -> modules.addAll(exports(file)));
    return Views.of(modules, template);
  }

  private static List<ModuleExports> exports(StoredFile file) {
    QuotedTree tree = CompactTree.read(file.tree()).tree();
    return Facts.of(tree, file.source()).exports().stream()
        .map(module -> module.at(file.at().path()))
        .toList();
  }

  /** Reads these modules again when they are asked for: the store has changed. */
  public void forget(Collection<String> modules) {
    changes.incrementAndGet();
    modules.forEach(known::remove);
  }
}
