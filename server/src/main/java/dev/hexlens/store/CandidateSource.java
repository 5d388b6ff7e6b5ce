package dev.hexlens.store;

import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.Candidates.StoredFile;
import dev.hexlens.store.postgres.Cancellation;
import java.util.Collection;
import java.util.List;

/** Proposes files and reads what is kept of them. */
public interface CandidateSource {
  /**
   * The files that have all these terms, best first.
   *
   * @param terms none: every file
   */
  List<Candidate> find(Collection<Integer> terms, Scope scope, Cancellation cancellation);

  /** The files that have one of these terms, best first. */
  List<Candidate> findAny(Collection<Integer> terms, Scope scope, Cancellation cancellation);

  /** What of a file is read; what is not comes out empty. */
  enum Parts {
    /** The tree, the facts and the source: what patterns need. */
    ALL,
    /** For who asks about names and shows where they stand. */
    FACTS_AND_SOURCE,
    FACTS
  }

  /**
   * What is kept of these files, in their order; one that has gone meanwhile is left out. Ask for
   * some dozens at a time.
   */
  List<StoredFile> read(List<Candidate> candidates, Parts parts, Cancellation cancellation);
}
