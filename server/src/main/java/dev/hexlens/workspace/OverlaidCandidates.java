package dev.hexlens.workspace;

import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.index.LiveExtractor.LiveFile;
import dev.hexlens.store.CandidateSource;
import dev.hexlens.store.CandidateSource.Parts;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.Candidates.StoredFile;
import dev.hexlens.store.TextTerms;
import dev.hexlens.store.postgres.Cancellation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The store with what is on the screen laid over it: an answer is true of what the user sees. */
final class OverlaidCandidates implements CandidateSource {
  /** Marks a candidate that is not the store's. */
  private static final long LIVE = 0;

  private static final int PAGE = 1_024;

  private final CandidateSource store;
  private final String packageName;
  private final String version;
  private final Map<String, LiveFile> live;

  /**
   * @param packageName the folder's own among the store's
   * @param live by path inside the folder
   */
  OverlaidCandidates(
      CandidateSource store, String packageName, String version, Map<String, LiveFile> live) {
    this.store = store;
    this.packageName = packageName;
    this.version = version;
    this.live = live;
  }

  @Override
  public List<Candidate> find(Collection<Integer> terms, Scope scope, Cancellation cancellation) {
    return overlaid(store.find(terms, scope, cancellation), scope, file -> file.hasAll(terms));
  }

  @Override
  public List<Candidate> findAny(
      Collection<Integer> terms, Scope scope, Cancellation cancellation) {
    return overlaid(store.findAny(terms, scope, cancellation), scope, file -> file.hasAny(terms));
  }

  @Override
  public Pages texts(
      TextTerms text, @Nullable Collection<Integer> terms, Scope scope, Cancellation cancellation) {
    List<Candidate> all = new ArrayList<>();
    Pages pages = store.texts(text, terms, scope, cancellation);
    for (List<Candidate> page = pages.next(PAGE); !page.isEmpty(); page = pages.next(PAGE)) {
      all.addAll(page);
    }
    return Pages.of(
        overlaid(
            all,
            scope,
            file ->
                text.mayBeIn(file.source())
                    && (terms == null || (file.hasTree() && file.hasAll(terms)))));
  }

  private List<Candidate> overlaid(
      List<Candidate> stored, Scope scope, Predicate<LiveFile> wanted) {
    List<Candidate> own = new ArrayList<>();
    List<Candidate> others = new ArrayList<>();
    for (Candidate candidate : stored) {
      if (!candidate.packageName().equals(packageName)) {
        others.add(candidate);
      } else if (!live.containsKey(candidate.path())) {
        own.add(candidate);
      }
    }
    if (admits(scope)) {
      live.forEach((path, file) -> {
        if (wanted.test(file) && scope.paths().test(path)) {
          own.add(new Candidate(packageName, version, path, LIVE, LIVE));
        }
      });
      own.sort(Comparator.comparing(Candidate::path));
    }
    own.addAll(others);
    return own;
  }

  private boolean admits(Scope scope) {
    return scope.admits(packageName, version);
  }

  @Override
  public List<StoredFile> read(List<Candidate> candidates, Parts parts, Cancellation cancellation) {
    return read(candidates, parts, stored -> store.read(stored, parts, cancellation));
  }

  @Override
  public List<StoredFile> readUses(
      List<Candidate> candidates, Collection<Symbol> symbols, Cancellation cancellation) {
    return read(
        candidates,
        Parts.FACTS_AND_SOURCE,
        stored -> store.readUses(stored, symbols, cancellation));
  }

  private List<StoredFile> read(
      List<Candidate> candidates,
      Parts parts,
      Function<List<Candidate>, List<StoredFile>> reading) {
    List<Candidate> stored =
        candidates.stream().filter(candidate -> candidate.signature() != LIVE).toList();
    Map<Candidate, StoredFile> read = new HashMap<>();
    if (!stored.isEmpty()) {
      reading.apply(stored).forEach(file -> read.put(file.at(), file));
    }
    List<StoredFile> files = new ArrayList<>();
    for (Candidate candidate : candidates) {
      LiveFile file = candidate.signature() == LIVE ? live.get(candidate.path()) : null;
      StoredFile known = file == null ? read.get(candidate) : file.at(candidate);
      if (known != null && (file == null || file.hasTree() || parts != Parts.ALL)) {
        files.add(known);
      }
    }
    return files;
  }
}
