package dev.hexlens.workspace;

import dev.hexlens.elixir.facts.Definition;
import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.search.NameAt;
import dev.hexlens.search.SymbolMatcher;
import dev.hexlens.search.SymbolSearch;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.FileFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every definition of a folder and its packages, in memory: some 150 bytes each, 100,000 of them in
 * a large project. A keystroke looks at each. For many threads.
 */
final class DefinitionTable {
  /** By package, then by path. */
  private final Map<String, Map<String, FileEntries>> packages = new ConcurrentHashMap<>();

  private record FileEntries(Candidate at, List<Entry> entries) {}

  /**
   * A symbol with the place of its definition.
   *
   * @param qualified its name with the module, without the arity
   * @param lower the same in small letters
   */
  record Entry(
      Symbol symbol,
      Definition.Kind kind,
      Candidate at,
      int start,
      int end,
      String qualified,
      String lower) {}

  /** A definition that answers what was typed. */
  record Found(Entry entry, SymbolMatcher.Match match) {}

  /** Takes a file's definitions instead of what was known of it. */
  void put(Candidate at, List<FileFacts.Defined> definitions) {
    packages
        .computeIfAbsent(at.packageName(), name -> new ConcurrentHashMap<>())
        .put(at.path(), new FileEntries(at, entries(at, definitions)));
  }

  void remove(String packageName, String path) {
    packages.getOrDefault(packageName, Map.of()).remove(path);
  }

  /** Whether a file is known as the store has it now. */
  boolean knows(Candidate file) {
    FileEntries known = packages.getOrDefault(file.packageName(), Map.of()).get(file.path());
    return known != null && known.at.equals(file);
  }

  /** Forgets the files that are not among these. */
  void retain(Collection<Candidate> all) {
    Map<String, Set<String>> paths = new HashMap<>();
    all.forEach(file ->
        paths.computeIfAbsent(file.packageName(), name -> new HashSet<>()).add(file.path()));
    packages.keySet().retainAll(paths.keySet());
    packages.forEach((name, files) -> files.keySet().retainAll(paths.getOrDefault(name, Set.of())));
  }

  static List<Entry> entries(Candidate at, List<FileFacts.Defined> definitions) {
    List<Entry> entries = new ArrayList<>();
    for (FileFacts.Defined defined : definitions) {
      Definition.Clause clause = defined.clauses().getFirst();
      for (Symbol symbol : NameAt.arities(defined)) {
        String qualified = SymbolSearch.qualified(symbol);
        entries.add(
            new Entry(
                symbol,
                defined.kind(),
                at,
                clause.nameStart(),
                clause.nameEnd(),
                qualified,
                qualified.toLowerCase(Locale.ROOT)));
      }
    }
    return List.copyOf(entries);
  }

  /**
   * The best answers to what was typed; all definitions, by name, to an empty text.
   *
   * @param live what is on the screen, by path: instead of what is known of those files
   * @param packageName the folder's own
   * @param own whether in that package, or else in all others
   */
  List<Found> search(
      String typed, Map<String, List<Entry>> live, String packageName, boolean own, int limit) {
    Best best = new Best(new SymbolMatcher(typed), limit);
    packages.forEach((name, files) -> {
      if (own == name.equals(packageName)) {
        for (FileEntries file : files.values()) {
          if (!own || live.isEmpty() || !live.containsKey(file.at.path())) {
            best.add(file.entries);
          }
        }
      }
    });
    live.values().forEach(best::add);
    return best.inOrder();
  }

  /** Keeps the best answers only: to a single letter nearly every name is one. */
  private static final class Best {
    private static final Comparator<Found> ORDER =
        Comparator.comparing((Found each) -> each.match().tier())
            .thenComparing(Found::match)
            .thenComparingInt(each -> each.entry().lower().length())
            .thenComparing(each -> each.entry().lower())
            .thenComparingInt(each -> each.entry().symbol().arity())
            .thenComparing(each -> each.entry().at().path());

    private final SymbolMatcher matcher;
    private final int limit;
    private final PriorityQueue<Found> kept = new PriorityQueue<>(ORDER.reversed());

    Best(SymbolMatcher matcher, int limit) {
      this.matcher = matcher;
      this.limit = limit;
    }

    void add(List<Entry> entries) {
      for (Entry entry : entries) {
        if (matcher.mayMatch(entry.lower())) {
          matcher.match(entry.qualified()).ifPresent(match -> add(new Found(entry, match)));
        }
      }
    }

    private void add(Found found) {
      if (kept.size() < limit) {
        kept.add(found);
      } else if (ORDER.compare(found, kept.element()) < 0) {
        kept.remove();
        kept.add(found);
      }
    }

    List<Found> inOrder() {
      return kept.stream().sorted(ORDER).toList();
    }
  }
}
