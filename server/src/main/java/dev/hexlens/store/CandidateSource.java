package dev.hexlens.store;

import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.elixir.syntax.LineIndex;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.Candidates.StoredFile;
import dev.hexlens.store.postgres.Cancellation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Proposes files and reads what is kept of them. */
public interface CandidateSource {
  /** The order of packages in which it tells them; the same number, the same order. */
  int snapshot();

  /**
   * The files that have all these terms, best first.
   *
   * @param terms none: every file
   */
  default List<Candidate> find(Collection<Integer> terms, Scope scope, Cancellation cancellation) {
    return pages(List.of(terms), scope, cancellation).rest();
  }

  /** The files that have one of these terms, best first. */
  default List<Candidate> findAny(
      Collection<Integer> terms, Scope scope, Cancellation cancellation) {
    return terms.isEmpty()
        ? List.of()
        : pages(terms.stream().map(List::of).toList(), scope, cancellation).rest();
  }

  /**
   * The files that have all terms of one of these sets, best first, as they are asked for: for who
   * may not want them all.
   *
   * @param alternatives at least one; an empty one: every file
   */
  Pages pages(
      List<? extends Collection<Integer>> alternatives, Scope scope, Cancellation cancellation);

  /**
   * The files that may hold a text, best first, as they are asked for.
   *
   * @param terms which they must have as well; null also for those of which the text alone is kept
   */
  Pages texts(
      TextTerms text, @Nullable Collection<Integer> terms, Scope scope, Cancellation cancellation);

  /** Candidates that are told page by page. For one thread. */
  interface Pages {
    /** How many files the index proposes; those that the scope rules out later are among them. */
    int size();

    /**
     * The next ones.
     *
     * @param few a hint: some more or less are right, none means the end
     */
    List<Candidate> next(int few);

    /** How many releases they are of, some perhaps without any; 0 where that is not known. */
    default int releases() {
      return 0;
    }

    /** How many of these releases come before that of a file. */
    default int releasesBefore(Candidate file) {
      return 0;
    }

    /** All that are left. */
    default List<Candidate> rest() {
      List<Candidate> rest = new ArrayList<>();
      for (List<Candidate> page = next(MANY); !page.isEmpty(); page = next(MANY)) {
        rest.addAll(page);
      }
      return rest;
    }
  }

  /** Candidates asked for at a time by who wants them all. */
  int MANY = 8_192;

  /** What of a file is read; what is not comes out empty. */
  enum Parts {
    /** The tree, the facts and the source. */
    ALL(true, true, true),
    /** The same, of the facts only definitions and imports: what the matcher asks for. */
    MATCHING(true, true, true),
    /** The tree alone: most turn out to have no match. */
    TREE(true, false, false),
    /** What the matcher asks for beside the tree. */
    DEFINITIONS_AND_SOURCE(false, true, true),
    /** For who asks about names and shows where they stand. */
    FACTS_AND_SOURCE(false, true, true),
    FACTS(false, true, false),
    /** Of the facts only definitions and imports. */
    DEFINITIONS(false, true, false),
    /** The text alone, of whatever language. */
    SOURCE(false, false, true);

    final boolean tree;
    final boolean facts;
    final boolean source;

    Parts(boolean tree, boolean facts, boolean source) {
      this.tree = tree;
      this.facts = facts;
      this.source = source;
    }

    /** Whether files that have no tree are left out. */
    public boolean needsTree() {
      return tree;
    }

    /** Whether the references are among the facts. */
    boolean references() {
      return switch (this) {
        case ALL, FACTS_AND_SOURCE, FACTS -> true;
        case MATCHING, TREE, DEFINITIONS_AND_SOURCE, DEFINITIONS, SOURCE -> false;
      };
    }
  }

  /**
   * What is kept of these files, in their order; one that has gone meanwhile is left out. Ask for
   * some dozens at a time.
   */
  List<StoredFile> read(List<Candidate> candidates, Parts parts, Cancellation cancellation);

  /**
   * The same for who asks where these symbols are used or defined: the source, definitions,
   * imports, and at least the references to them.
   */
  default List<StoredFile> readUses(
      List<Candidate> candidates, Collection<Symbol> symbols, Cancellation cancellation) {
    return read(candidates, Parts.FACTS_AND_SOURCE, cancellation);
  }

  /**
   * Where names stand in a file.
   *
   * @param facts what {@link #readUses} has of them; perhaps without definitions and imports where
   *     nobody wants these
   */
  record FilePlaces(Candidate at, FileFacts facts, LineIndex lines) {}

  /**
   * The same for who shows places and no text: what was asked for lately is at hand.
   *
   * @param definitions whether definitions and imports are wanted, beside the references
   */
  default List<FilePlaces> readPlaces(
      List<Candidate> candidates,
      Collection<Symbol> symbols,
      boolean definitions,
      Cancellation cancellation) {
    return readUses(candidates, symbols, cancellation).stream()
        .map(file -> new FilePlaces(file.at(), file.facts(), LineIndex.of(file.source())))
        .toList();
  }
}
