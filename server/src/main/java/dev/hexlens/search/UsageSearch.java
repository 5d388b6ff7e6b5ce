package dev.hexlens.search;

import dev.hexlens.elixir.facts.Certainty;
import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.elixir.syntax.LineIndex;
import dev.hexlens.pattern.Term;
import dev.hexlens.store.CandidateSource;
import dev.hexlens.store.CandidateSource.Pages;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.FileFacts;
import dev.hexlens.store.postgres.Cancellation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds where symbols are used and defined. */
public final class UsageSearch {
  /**
   * Files read together: as many as fill a screen with little left over, then ever more, for who
   * goes through them all.
   */
  private static final int FIRST_CHUNK = 24;

  private static final int SMALL_CHUNKS = 4 * FIRST_CHUNK;
  private static final int MAX_CHUNK = 128;

  private final CandidateSource files;

  public UsageSearch(CandidateSource files) {
    this.files = files;
  }

  /**
   * What is asked for.
   *
   * @param symbols any of these
   * @param texts whether the sources are wanted, not only places in them
   */
  public record Question(
      Collection<Symbol> symbols, boolean references, boolean definitions, boolean texts) {
    public Question(Collection<Symbol> symbols, boolean references, boolean definitions) {
      this(symbols, references, definitions, true);
    }

    /** The same for who wants places only, if so. */
    public Question withTexts(boolean wanted) {
      return new Question(symbols, references, definitions, wanted);
    }

    /** Who refers to any of these. */
    public static Question references(Collection<Symbol> symbols) {
      return new Question(symbols, true, false);
    }

    /** Where any of these is defined. */
    public static Question definitions(Collection<Symbol> symbols) {
      return new Question(symbols, false, true);
    }

    /** What a file must have, one of them. */
    private List<List<Integer>> terms() {
      List<List<Integer>> terms = new ArrayList<>();
      for (Symbol symbol : symbols) {
        if (references) {
          terms.add(List.of(Term.reference(symbol.namespace().name(), symbol.printed())));
        }
        if (definitions) {
          terms.add(List.of(Term.defines(symbol.namespace().name(), symbol.printed())));
        }
      }
      return terms;
    }
  }

  /**
   * What stands at a place.
   *
   * @param kind the word for it: {@code definition}, or how it is used
   * @param in the enclosing function or module; null outside of modules
   * @param definition null for a reference
   */
  public record Usage(
      int start,
      int end,
      String kind,
      Symbol symbol,
      Certainty certainty,
      @Nullable Symbol in,
      FileFacts.@Nullable Defined definition) {}

  /**
   * A place.
   *
   * @param source empty unless the question asks for texts
   * @param ordinal which of the usages in its file it is, from 1
   */
  public record Hit(Candidate at, byte[] source, LineIndex lines, Usage usage, int ordinal) {}

  /**
   * How far a search came.
   *
   * @param candidates files that the index proposed
   * @param searched of them those that were looked at
   * @param next where to go on; null when all were
   * @param releases of which they may be
   * @param releasesDone of them those that were searched as a whole
   */
  public record Summary(
      int candidates, int searched, @Nullable SearchCursor next, int releases, int releasesDone) {
    /** Whether everything was told. */
    public boolean complete() {
      return next == null;
    }
  }

  /**
   * Streams the usages from the first to the last, for who does not go on where it stops: the
   * summary's cursor says that it did, and is {@linkplain StaleCursor stale}.
   */
  public Summary search(
      Question question, Scope scope, Predicate<Hit> sink, Cancellation cancellation) {
    return search(question, scope, Around.ANYTHING, Bookmark.unasked(), sink, cancellation);
  }

  /**
   * Streams the usages, packages by rank, inside a package by path and place.
   *
   * @param after where an earlier search stopped; null to begin
   * @param sink gets each; false when it is not wanted, which ends the search
   * @throws StaleCursor when the packages are in another order meanwhile
   * @throws dev.hexlens.store.UnknownPosition when the cursor is of another search
   */
  public Summary search(
      Question question,
      Scope scope,
      Around around,
      @Nullable SearchCursor after,
      Predicate<Hit> sink,
      Cancellation cancellation) {
    return search(question, scope, around, new Bookmark(files, after), sink, cancellation);
  }

  private Summary search(
      Question question,
      Scope scope,
      Around around,
      Bookmark bookmark,
      Predicate<Hit> sink,
      Cancellation cancellation) {
    if (question.symbols().isEmpty()) {
      return new Summary(0, 0, null, 0, 0);
    }
    Pages pages = files.pages(question.terms(), bookmark.from(scope, false), cancellation);
    boolean definitions = question.definitions() || !around.isAnything();
    int searched = 0;
    int chunk = FIRST_CHUNK;
    for (List<Candidate> page = pages.next(chunk); !page.isEmpty(); page = pages.next(chunk)) {
      for (Read file : read(question, page, definitions, cancellation)) {
        cancellation.throwIfCancelled();
        for (Usage usage : file.usages()) {
          if (around.admits(file.facts(), usage.start(), usage.end())
              && bookmark.isNew(file.at(), false)
              && !sink.test(file.hit(usage, bookmark.ordinal()))) {
            return new Summary(
                pages.size(),
                searched,
                bookmark.here(),
                pages.releases(),
                pages.releasesBefore(file.at()));
          }
        }
        searched++;
      }
      if (searched >= SMALL_CHUNKS) {
        chunk = Math.min(MAX_CHUNK, 2 * chunk);
      }
    }
    return new Summary(pages.size(), searched, null, pages.releases(), pages.releases());
  }

  private static final byte[] NO_TEXT = {};

  private record Read(
      Candidate at, FileFacts facts, byte[] source, LineIndex lines, List<Usage> usages) {
    Hit hit(Usage usage, int ordinal) {
      return new Hit(at, source, lines, usage, ordinal);
    }
  }

  /**
   * @param definitions whether these matter, for an answer or for what must be around one
   */
  private List<Read> read(
      Question question, List<Candidate> some, boolean definitions, Cancellation cancellation) {
    if (!question.texts()) {
      return files.readPlaces(some, question.symbols(), definitions, cancellation).stream()
          .map(file ->
              new Read(
                  file.at(), file.facts(), NO_TEXT, file.lines(), usages(question, file.facts())))
          .toList();
    }
    return files.readUses(some, question.symbols(), cancellation).parallelStream()
        .map(file -> {
          List<Usage> usages = usages(question, file.facts());
          LineIndex lines = usages.isEmpty() ? NO_LINES : LineIndex.of(file.source());
          return new Read(file.at(), file.facts(), file.source(), lines, usages);
        })
        .toList();
  }

  private static final LineIndex NO_LINES = LineIndex.of(NO_TEXT);

  /** Where to go on so that a usage comes first. */
  public SearchCursor before(Hit hit) {
    return Bookmark.before(files.snapshot(), hit.at(), false, hit.ordinal());
  }

  /** The definitions of a symbol; one with default arguments defines several arities. */
  public List<Hit> definitions(Symbol symbol, Scope scope, int limit, Cancellation cancellation) {
    List<Hit> found = new ArrayList<>();
    if (limit > 0) {
      search(
          Question.definitions(List.of(symbol)),
          scope,
          hit -> found.size() < limit && found.add(hit),
          cancellation);
    }
    return List.copyOf(found);
  }

  /**
   * The definitions of several symbols, looked up together.
   *
   * @param most of each
   * @return by symbol; those that have none are missing
   */
  public Map<Symbol, List<Hit>> definitions(
      Collection<Symbol> symbols, Scope scope, int most, Cancellation cancellation) {
    Map<Symbol, List<Hit>> found = new HashMap<>();
    Set<Symbol> wanted = new HashSet<>(symbols);
    search(
        Question.definitions(symbols),
        scope,
        hit -> {
          for (Symbol symbol : NameAt.arities(Objects.requireNonNull(hit.usage().definition()))) {
            if (symbols.contains(symbol)) {
              List<Hit> its = found.computeIfAbsent(symbol, key -> new ArrayList<>());
              if (its.size() < most) {
                its.add(hit);
              } else {
                wanted.remove(symbol);
              }
            }
          }
          return !wanted.isEmpty();
        },
        cancellation);
    return found;
  }

  private static List<Usage> usages(Question question, FileFacts facts) {
    List<Usage> usages = new ArrayList<>();
    if (question.definitions()) {
      for (FileFacts.Defined defined : facts.definitions()) {
        if (question.symbols().stream().anyMatch(defined::defines)) {
          var clause = defined.clauses().getFirst();
          usages.add(
              new Usage(
                  clause.nameStart(),
                  clause.nameEnd(),
                  "definition",
                  defined.symbol(),
                  Certainty.RESOLVED,
                  null,
                  defined));
        }
      }
    }
    if (question.references()) {
      for (FileFacts.Referred reference : facts.uses(question.symbols())) {
        usages.add(
            new Usage(
                reference.start(),
                reference.end(),
                reference.kind().printed(),
                reference.symbol(),
                reference.certainty(),
                reference.in(),
                null));
      }
    }
    usages.sort(Comparator.comparingInt(Usage::start));
    return usages;
  }
}
