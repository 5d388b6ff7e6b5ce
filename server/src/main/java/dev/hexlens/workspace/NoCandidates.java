package dev.hexlens.workspace;

import dev.hexlens.store.CandidateSource;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.Candidates.StoredFile;
import dev.hexlens.store.TextTerms;
import dev.hexlens.store.UnknownPosition;
import dev.hexlens.store.postgres.Cancellation;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Proposes nothing, without asking the store: that of a folder without packages on disk. */
record NoCandidates(CandidateSource store) implements CandidateSource {
  /** No candidates. */
  static final Pages NOTHING =
      new Pages() {
        @Override
        public int size() {
          return 0;
        }

        @Override
        public List<Candidate> next(int few) {
          return List.of();
        }
      };

  @Override
  public int snapshot() {
    return store.snapshot();
  }

  @Override
  public Pages pages(
      List<? extends Collection<Integer>> alternatives, Scope scope, Cancellation cancellation) {
    return nothing(scope);
  }

  @Override
  public Pages texts(
      TextTerms text, @Nullable Collection<Integer> terms, Scope scope, Cancellation cancellation) {
    return nothing(scope);
  }

  private static Pages nothing(Scope scope) {
    Scope.Position from = scope.from();
    if (from != null) {
      throw new UnknownPosition(from);
    }
    return NOTHING;
  }

  @Override
  public List<StoredFile> read(List<Candidate> candidates, Parts parts, Cancellation cancellation) {
    return List.of();
  }
}
