package dev.hexlens.search;

import dev.hexlens.elixir.facts.Certainty;
import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.elixir.syntax.LineIndex;
import dev.hexlens.pattern.Term;
import dev.hexlens.store.CandidateSource;
import dev.hexlens.store.CandidateSource.Parts;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.Candidates.StoredFile;
import dev.hexlens.store.FileFacts;
import dev.hexlens.store.postgres.Cancellation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds where symbols are used and defined, file by file. */
public final class UsageSearch {
  private static final int FIRST_CHUNK = 16;
  private static final int MAX_CHUNK = 128;

  private final CandidateSource files;

  public UsageSearch(CandidateSource files) {
    this.files = files;
  }

  /**
   * What is asked for.
   *
   * @param symbols any of these
   */
  public record Question(Collection<Symbol> symbols, boolean references, boolean definitions) {}

  /**
   * A place.
   *
   * @param kind the word for it: {@code definition}, or how it is used
   * @param in the enclosing function or module; null outside of modules
   */
  public record Usage(
      int start, int end, String kind, Symbol symbol, Certainty certainty, @Nullable Symbol in) {}

  /** The places in one file, in their order; at least one. */
  public record FileUsages(Candidate at, byte[] source, LineIndex lines, List<Usage> usages) {}

  /** How far a search came. */
  public record Progress(int candidates, int searched, boolean complete) {}

  /**
   * Streams the files, packages by rank, inside a package by path.
   *
   * @param sink gets each file; false ends the search
   */
  public Progress search(
      Question question, Scope scope, Predicate<FileUsages> sink, Cancellation cancellation) {
    List<Candidate> proposed = proposed(question, scope, cancellation);
    int searched = 0;
    int chunk = FIRST_CHUNK;
    while (searched < proposed.size()) {
      int to = Math.min(proposed.size(), searched + chunk);
      for (StoredFile file :
          files.readUses(proposed.subList(searched, to), question.symbols(), cancellation)) {
        cancellation.throwIfCancelled();
        List<Usage> usages = usages(question, file.facts());
        if (!usages.isEmpty()) {
          LineIndex lines = LineIndex.of(file.source());
          if (!sink.test(new FileUsages(file.at(), file.source(), lines, usages))) {
            return new Progress(proposed.size(), to, to == proposed.size());
          }
        }
      }
      searched = to;
      chunk = Math.min(MAX_CHUNK, chunk * 2);
    }
    return new Progress(proposed.size(), searched, true);
  }

  /**
   * Streams the definitions of a symbol, those of the best package first.
   *
   * @param sink gets each; false ends the search
   */
  public void definitions(
      Symbol symbol, Scope scope, Predicate<FileFacts.Defined> sink, Cancellation cancellation) {
    int term = Term.defines(symbol.namespace().name(), symbol.printed());
    for (Candidate candidate : files.find(List.of(term), scope, cancellation)) {
      for (StoredFile file : files.read(List.of(candidate), Parts.DEFINITIONS, cancellation)) {
        for (FileFacts.Defined defined : file.facts().definitions()) {
          if (defined.defines(symbol) && !sink.test(defined)) {
            return;
          }
        }
      }
    }
  }

  private List<Candidate> proposed(Question question, Scope scope, Cancellation cancellation) {
    List<Integer> terms = new ArrayList<>();
    for (Symbol symbol : question.symbols()) {
      if (question.references()) {
        terms.add(Term.reference(symbol.namespace().name(), symbol.printed()));
      }
      if (question.definitions()) {
        terms.add(Term.defines(symbol.namespace().name(), symbol.printed()));
      }
    }
    Set<Candidate> proposed = new LinkedHashSet<>();
    for (Integer term : terms) {
      proposed.addAll(files.find(List.of(term), scope, cancellation));
    }
    return terms.size() == 1 ? List.copyOf(proposed) : byPackage(proposed);
  }

  /** Several lists in one: packages as they came first, inside a package by path. */
  private static List<Candidate> byPackage(Set<Candidate> proposed) {
    List<String> packages = proposed.stream().map(UsageSearch::packageOf).distinct().toList();
    return proposed.stream()
        .sorted(
            Comparator.comparingInt((Candidate each) -> packages.indexOf(packageOf(each)))
                .thenComparing(Candidate::path))
        .toList();
  }

  private static String packageOf(Candidate candidate) {
    return candidate.packageName() + "@" + candidate.version();
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
                  null));
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
                reference.in()));
      }
    }
    usages.sort(Comparator.comparingInt(Usage::start));
    return usages;
  }
}
