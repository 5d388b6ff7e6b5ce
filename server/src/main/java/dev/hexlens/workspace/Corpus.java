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
 * @param folder null for Hex
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

  /** Its files only, whatever scope is asked for. */
  @Override
  public List<Candidate> find(Collection<Integer> terms, Scope ignored, Cancellation cancellation) {
    return source.find(terms, scope, cancellation).stream().filter(admits).toList();
  }

  @Override
  public List<Candidate> findAny(
      Collection<Integer> terms, Scope ignored, Cancellation cancellation) {
    return source.findAny(terms, scope, cancellation).stream().filter(admits).toList();
  }

  @Override
  public Pages pages(
      List<? extends Collection<Integer>> alternatives, Scope ignored, Cancellation cancellation) {
    return admitted(source.pages(alternatives, scope, cancellation));
  }

  @Override
  public Pages texts(
      TextTerms text,
      @Nullable Collection<Integer> terms,
      Scope ignored,
      Cancellation cancellation) {
    return admitted(source.texts(text, terms, scope, cancellation));
  }

  private Pages admitted(Pages pages) {
    return new Pages() {
      @Override
      public int size() {
        return pages.size();
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
}
