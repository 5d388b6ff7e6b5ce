package dev.hexlens.search;

import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.elixir.syntax.LineIndex;
import dev.hexlens.pattern.Term;
import dev.hexlens.store.CandidateSource;
import dev.hexlens.store.CandidateSource.Pages;
import dev.hexlens.store.Candidates;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.Candidates.StoredFile;
import dev.hexlens.store.FileFacts;
import dev.hexlens.store.Symbols;
import dev.hexlens.store.postgres.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Answers who refers to a symbol, and where it is defined. */
public final class ReferenceSearch {
  private static final int FIRST_CHUNK = 16;
  private static final int MAX_CHUNK = 128;

  private final CandidateSource candidates;
  private final Symbols symbols;

  public ReferenceSearch(CandidateSource candidates, Symbols symbols) {
    this.candidates = candidates;
    this.symbols = symbols;
  }

  /** A reference with where it stands. */
  public record Use(Candidate at, byte[] source, LineIndex lines, FileFacts.Referred reference) {}

  /** A definition with where it stands. */
  public record Definition(
      Candidate at, byte[] source, LineIndex lines, FileFacts.Defined definition) {}

  /** The symbols that a name means: all arities where it gives none. */
  public List<Symbol> symbols(SymbolName name, Cancellation cancellation) {
    return symbols.named(name.module(), name.name(), cancellation).stream()
        .filter(name::admits)
        .toList();
  }

  /**
   * Streams the references to a symbol, packages by rank, then path and place.
   *
   * @param sink gets each as it is found; false ends the search
   * @return whether all were delivered
   */
  public boolean references(
      Symbol symbol, Candidates.Scope scope, Predicate<Use> sink, Cancellation cancellation) {
    return references(symbol, scope, Around.ANYTHING, sink, cancellation);
  }

  /** The same, of what stands where it is wanted. */
  public boolean references(
      Symbol symbol,
      Candidates.Scope scope,
      Around around,
      Predicate<Use> sink,
      Cancellation cancellation) {
    int term = Term.reference(symbol.namespace().name(), symbol.printed());
    return files(
        term,
        symbol,
        scope,
        cancellation,
        file -> {
          List<FileFacts.Referred> uses = file.facts().uses(List.of(symbol));
          LineIndex lines = LineIndex.of(uses.isEmpty() ? new byte[0] : file.source());
          for (FileFacts.Referred reference : uses) {
            if (around.admits(file.facts(), reference.start(), reference.end())
                && !sink.test(new Use(file.at(), file.source(), lines, reference))) {
              return false;
            }
          }
          return true;
        });
  }

  /** The definitions of a symbol; one with default arguments defines several arities. */
  public List<Definition> definitions(
      Symbol symbol, Candidates.Scope scope, int limit, Cancellation cancellation) {
    List<Definition> found = new ArrayList<>();
    int term = Term.defines(symbol.namespace().name(), symbol.printed());
    files(
        term,
        symbol,
        scope,
        cancellation,
        file -> {
          for (FileFacts.Defined defined : file.facts().definitions()) {
            if (defined.defines(symbol)) {
              found.add(
                  new Definition(file.at(), file.source(), LineIndex.of(file.source()), defined));
            }
          }
          return found.size() < limit;
        });
    return found.stream().limit(limit).toList();
  }

  private boolean files(
      int term,
      Symbol symbol,
      Candidates.Scope scope,
      Cancellation cancellation,
      Predicate<StoredFile> sink) {
    Pages pages = candidates.pages(List.of(List.of(term)), scope, cancellation);
    int chunk = FIRST_CHUNK;
    for (List<Candidate> page = pages.next(chunk); !page.isEmpty(); page = pages.next(chunk)) {
      for (StoredFile file : candidates.readUses(page, List.of(symbol), cancellation)) {
        cancellation.throwIfCancelled();
        if (!sink.test(file)) {
          return false;
        }
      }
      chunk = Math.min(MAX_CHUNK, 2 * chunk);
    }
    return true;
  }
}
