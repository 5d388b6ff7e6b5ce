package dev.hexlens.workspace;

import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.elixir.syntax.LineIndex;
import dev.hexlens.index.LiveExtractor.LiveFile;
import dev.hexlens.store.CandidateSource;
import dev.hexlens.store.CandidateSource.Parts;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.Candidates.StoredFile;
import dev.hexlens.store.TextTerms;
import dev.hexlens.store.UnknownPosition;
import dev.hexlens.store.postgres.Cancellation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The store with what is on the screen laid over it: an answer is true of what the user sees. */
final class OverlaidCandidates implements CandidateSource {
  /** Marks a candidate that is not the store's. */
  private static final long LIVE = 0;

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
  public int snapshot() {
    return store.snapshot();
  }

  @Override
  public Pages pages(
      List<? extends Collection<Integer>> alternatives, Scope scope, Cancellation cancellation) {
    return overlaid(
        () -> store.pages(alternatives, scope, cancellation),
        scope,
        file -> alternatives.stream().anyMatch(file::hasAll));
  }

  @Override
  public Pages texts(
      TextTerms text, @Nullable Collection<Integer> terms, Scope scope, Cancellation cancellation) {
    return overlaid(
        () -> store.texts(text, terms, scope, cancellation),
        scope,
        file ->
            text.mayBeIn(file.source())
                && (terms == null || (file.hasTree() && file.hasAll(terms))));
  }

  private Pages overlaid(Supplier<Pages> stored, Scope scope, Predicate<LiveFile> wanted) {
    List<Candidate> shown = new ArrayList<>();
    if (scope.admits(packageName, version)) {
      live.forEach((path, file) -> {
        if (wanted.test(file)
            && scope.paths().test(path)
            && (scope.generated() || !file.isGenerated())) {
          shown.add(new Candidate(packageName, version, path, LIVE, LIVE, file.isGenerated()));
        }
      });
      shown.sort(Candidate.IN_RELEASE);
    }
    boolean own = beginsHere(shown, scope.from());
    Pages pages;
    try {
      pages = stored.get();
    } catch (UnknownPosition e) {
      if (!own) {
        throw e;
      }
      pages = NoCandidates.NOTHING; // what there is of the release is on the screen
    }
    return new OverlaidPages(pages, new ArrayDeque<>(shown));
  }

  /** Drops what comes before a place, if that is in this release; whether it is. */
  private boolean beginsHere(List<Candidate> shown, Scope.@Nullable Position from) {
    if (from == null
        || !from.packageName().equals(packageName)
        || !from.version().equals(version)) {
      return false;
    }
    shown.removeIf(file -> file.isBefore(from));
    return true;
  }

  /** The store's candidates as they come, each of what is on the screen at its place among them. */
  private final class OverlaidPages implements Pages {
    private final Pages stored;
    private final Deque<Candidate> shown;
    private final int size;

    OverlaidPages(Pages stored, Deque<Candidate> shown) {
      this.stored = stored;
      this.shown = shown;
      this.size = stored.size() + shown.size();
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public int releases() {
      return stored.releases();
    }

    @Override
    public int releasesBefore(Candidate file) {
      return stored.releasesBefore(file);
    }

    @Override
    public List<Candidate> next(int few) {
      List<Candidate> page = new ArrayList<>();
      while (page.isEmpty()) {
        List<Candidate> more = stored.next(few);
        if (more.isEmpty()) {
          page.addAll(shown);
          shown.clear();
          return page;
        }
        for (Candidate candidate : more) {
          if (!isOwn(candidate)) {
            page.add(candidate);
          } else {
            while (!shown.isEmpty() && shown.getFirst().isBefore(candidate.position())) {
              page.add(shown.removeFirst());
            }
            if (!live.containsKey(candidate.path())) {
              page.add(candidate);
            }
          }
        }
      }
      return page;
    }
  }

  private boolean isOwn(Candidate candidate) {
    return candidate.packageName().equals(packageName) && candidate.version().equals(version);
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

  @Override
  public List<FilePlaces> readPlaces(
      List<Candidate> candidates,
      Collection<Symbol> symbols,
      boolean definitions,
      Cancellation cancellation) {
    List<Candidate> stored = candidates.stream().filter(each -> !isLive(each)).toList();
    Map<Candidate, FilePlaces> read = new HashMap<>();
    if (!stored.isEmpty()) {
      store
          .readPlaces(stored, symbols, definitions, cancellation)
          .forEach(file -> read.put(file.at(), file));
    }
    List<FilePlaces> files = new ArrayList<>();
    for (Candidate candidate : candidates) {
      LiveFile file = isLive(candidate) ? live.get(candidate.path()) : null;
      FilePlaces known =
          file == null
              ? read.get(candidate)
              : new FilePlaces(candidate, file.facts(), LineIndex.of(file.source()));
      if (known != null) {
        files.add(known);
      }
    }
    return files;
  }

  private static boolean isLive(Candidate candidate) {
    return candidate.signature() == LIVE && candidate.contentId() == LIVE;
  }

  private List<StoredFile> read(
      List<Candidate> candidates,
      Parts parts,
      Function<List<Candidate>, List<StoredFile>> reading) {
    List<Candidate> stored = candidates.stream().filter(candidate -> !isLive(candidate)).toList();
    Map<Candidate, StoredFile> read = new HashMap<>();
    if (!stored.isEmpty()) {
      reading.apply(stored).forEach(file -> read.put(file.at(), file));
    }
    List<StoredFile> files = new ArrayList<>();
    for (Candidate candidate : candidates) {
      LiveFile file = isLive(candidate) ? live.get(candidate.path()) : null;
      StoredFile known = file == null ? read.get(candidate) : file.at(candidate);
      if (known != null && (file == null || file.hasTree() || !parts.needsTree())) {
        files.add(known);
      }
    }
    return files;
  }
}
