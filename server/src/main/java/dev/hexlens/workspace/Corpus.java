package dev.hexlens.workspace;

import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.store.CandidateSource;
import dev.hexlens.store.CandidateSource.Parts;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.Candidates.StoredFile;
import dev.hexlens.store.TextTerms;
import dev.hexlens.store.postgres.Cancellation;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Files that are searched together: a folder's own, its packages, or Hex.
 *
 * @param folder null for what comes from Hex
 * @param source where they come from
 * @param scope what of it to ask for
 * @param admits which of what comes belongs to it
 */
public record Corpus(
    Origin origin,
    @Nullable WorkspaceFolder folder,
    CandidateSource source,
    Scope scope,
    Predicate<Candidate> admits)
    implements CandidateSource {
  /** What files are to the workspace; in the order of answers. */
  public enum Origin {
    WORKSPACE("workspace"),
    DEPENDENCY("dependency"),
    HEX("hex");

    private final String printed;

    Origin(String printed) {
      this.printed = printed;
    }

    /** The word for it in messages. */
    public String printed() {
      return printed;
    }
  }

  /** Whether its files are Hex's, and not on disk. */
  public boolean isPublished() {
    return folder == null;
  }

  @Override
  public int snapshot() {
    return source.snapshot();
  }

  /** Its files only; of the scope that is asked for, where it begins and what of it counts. */
  @Override
  public Pages pages(
      List<? extends Collection<Integer>> alternatives, Scope asked, Cancellation cancellation) {
    return admitted(source.pages(alternatives, narrowed(asked), cancellation));
  }

  @Override
  public Pages texts(
      TextTerms text, @Nullable Collection<Integer> terms, Scope asked, Cancellation cancellation) {
    return admitted(source.texts(text, terms, narrowed(asked), cancellation));
  }

  private Scope narrowed(Scope asked) {
    return scope.generated(scope.generated() && asked.generated()).from(asked.from());
  }

  private Pages admitted(Pages pages) {
    return new Pages() {
      @Override
      public int size() {
        return pages.size();
      }

      @Override
      public int releases() {
        return pages.releases();
      }

      @Override
      public int releasesBefore(Candidate file) {
        return pages.releasesBefore(file);
      }

      @Override
      public List<Candidate> next(int few) {
        while (true) {
          List<Candidate> page = pages.next(few);
          List<Candidate> admitted = page.stream().filter(admits).toList();
          if (page.isEmpty() || !admitted.isEmpty()) {
            return admitted;
          }
        }
      }
    };
  }

  @Override
  public List<StoredFile> read(List<Candidate> candidates, Parts parts, Cancellation cancellation) {
    return source.read(candidates, parts, cancellation);
  }

  @Override
  public List<StoredFile> readUses(
      List<Candidate> candidates, Collection<Symbol> symbols, Cancellation cancellation) {
    return source.readUses(candidates, symbols, cancellation);
  }

  @Override
  public List<FilePlaces> readPlaces(
      List<Candidate> candidates,
      Collection<Symbol> symbols,
      boolean definitions,
      Cancellation cancellation) {
    return source.readPlaces(candidates, symbols, definitions, cancellation);
  }
}
