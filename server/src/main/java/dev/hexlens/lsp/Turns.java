package dev.hexlens.lsp;

import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.store.CandidateSource;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.Candidates.StoredFile;
import dev.hexlens.store.TextTerms;
import dev.hexlens.store.postgres.Cancellation;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Lets a few searches work at a time, and the others in turn: whoever has read a page of files
 * gives its place to who has waited longest. So a search that never ends holds up nobody.
 */
final class Turns {
  private final Semaphore places;

  /**
   * @param places searches that work at a time
   */
  Turns(int places) {
    this.places = new Semaphore(places, true);
  }

  /** Waits for a place. */
  void begin() {
    places.acquireUninterruptibly();
  }

  /** Gives the place back. */
  void end() {
    places.release();
  }

  /** Lets others have the place, if there are any, and waits for the next. */
  void pass() {
    if (places.hasQueuedThreads()) {
      places.release();
      places.acquireUninterruptibly();
    }
  }

  /** The same files; each page is a turn. */
  CandidateSource of(CandidateSource source) {
    return new InTurns(source);
  }

  private final class InTurns implements CandidateSource {
    private final CandidateSource source;

    InTurns(CandidateSource source) {
      this.source = source;
    }

    @Override
    public int snapshot() {
      return source.snapshot();
    }

    @Override
    public Pages pages(
        List<? extends Collection<Integer>> alternatives, Scope scope, Cancellation cancellation) {
      return source.pages(alternatives, scope, cancellation);
    }

    @Override
    public Pages texts(
        TextTerms text,
        @Nullable Collection<Integer> terms,
        Scope scope,
        Cancellation cancellation) {
      return source.texts(text, terms, scope, cancellation);
    }

    @Override
    public List<StoredFile> read(
        List<Candidate> candidates, Parts parts, Cancellation cancellation) {
      pass();
      return source.read(candidates, parts, cancellation);
    }

    @Override
    public List<StoredFile> readUses(
        List<Candidate> candidates, Collection<Symbol> symbols, Cancellation cancellation) {
      pass();
      return source.readUses(candidates, symbols, cancellation);
    }
  }
}
