package dev.hexlens.workspace;

import dev.hexlens.elixir.facts.Definition;
import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.search.NameAt;
import dev.hexlens.search.SymbolMatcher;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.FileFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
   * @param lower its qualified name in small letters, without the arity
   */
  record Entry(
      Symbol symbol, Definition.Kind kind, Candidate at, int start, int end, String lower) {
    String qualified() {
      String printed = symbol.printed();
      return printed.substring(0, lower.length());
    }
  }

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
        entries.add(
            new Entry(
                symbol, defined.kind(), at, clause.nameStart(), clause.nameEnd(), lower(symbol)));
      }
    }
    return List.copyOf(entries);
  }

  private static String lower(Symbol symbol) {
    String printed = symbol.printed();
    int arity = symbol.arity() < 0 ? -1 : printed.lastIndexOf('/');
    return (arity < 0 ? printed : printed.substring(0, arity)).toLowerCase(Locale.ROOT);
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
    SymbolMatcher matcher = new SymbolMatcher(typed);
    List<Found> found = new ArrayList<>();
    for (List<Entry> entries : byFile.values()) {
      if (!entries.isEmpty()) {
        Candidate at = entries.getFirst().at();
        boolean inOwn = at.packageName().equals(packageName);
        if (own ? inOwn && !live.containsKey(at.path()) : !inOwn) {
          collect(entries, matcher, found);
        }
      }
    }
    live.values().forEach(entries -> collect(entries, matcher, found));
    found.sort(
        Comparator.comparing((Found each) -> each.match().tier())
            .thenComparing(Found::match)
            .thenComparingInt(each -> each.entry().lower().length())
            .thenComparing(each -> each.entry().symbol().printed())
            .thenComparing(each -> each.entry().at().path()));
    return found.size() > limit ? List.copyOf(found.subList(0, limit)) : found;
  }

  private static void collect(List<Entry> entries, SymbolMatcher matcher, List<Found> found) {
    for (Entry entry : entries) {
      if (matcher.mayMatch(entry.lower())) {
        matcher.match(entry.qualified()).ifPresent(match -> found.add(new Found(entry, match)));
      }
    }
  }
}
