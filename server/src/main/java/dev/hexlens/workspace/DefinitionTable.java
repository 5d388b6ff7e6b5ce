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
  private final Map<String, Candidate> files = new ConcurrentHashMap<>();
  private final Map<String, List<Entry>> byFile = new ConcurrentHashMap<>();

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

  private static String key(String packageName, String path) {
    return packageName + " " + path;
  }

  /** Takes a file's definitions instead of what was known of it. */
  void put(Candidate at, FileFacts facts) {
    String key = key(at.packageName(), at.path());
    files.put(key, at);
    byFile.put(key, entries(at, facts));
  }

  void remove(String packageName, String path) {
    files.remove(key(packageName, path));
    byFile.remove(key(packageName, path));
  }

  /** Whether a file is known as the store has it now. */
  boolean knows(Candidate file) {
    return file.equals(files.get(key(file.packageName(), file.path())));
  }

  /** Forgets the files that are not among these. */
  void retain(Collection<Candidate> all) {
    Set<String> keys = new HashSet<>();
    all.forEach(file -> keys.add(key(file.packageName(), file.path())));
    files.keySet().retainAll(keys);
    byFile.keySet().retainAll(keys);
  }

  static List<Entry> entries(Candidate at, FileFacts facts) {
    List<Entry> entries = new ArrayList<>();
    for (FileFacts.Defined defined : facts.definitions()) {
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
    for (List<Entry> entries : byFile.values()) {
      if (!entries.isEmpty()) {
        Candidate at = entries.getFirst().at();
        boolean inOwn = at.packageName().equals(packageName);
        if (own ? inOwn && !live.containsKey(at.path()) : !inOwn) {
          best.add(entries);
        }
      }
    }
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
