package dev.hexlens.lsp;

import dev.hexlens.protocol.Counts;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.workspace.Corpora;
import dev.hexlens.workspace.Corpus;
import dev.hexlens.workspace.Workspace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Counts what a search finds, and gathers what its answer says beside that. */
final class Tally {
  private final Workspace workspace;
  private final Corpora corpora;
  private final List<String> notes = new ArrayList<>();
  private final Set<String> files = new HashSet<>();
  private final Set<String> packages = new HashSet<>();
  private int found;
  private int candidates;
  private int searched;
  private boolean early;

  Tally(Workspace workspace, Workspace.Searchable searchable) {
    this.workspace = workspace;
    this.corpora = searchable.corpora();
    searchable.failures().forEach(failure -> note(String.valueOf(failure.getMessage())));
  }

  Corpora corpora() {
    return corpora;
  }

  int found() {
    return found;
  }

  /** Counts a place. */
  void add(Corpus corpus, Candidate at) {
    found++;
    String release = corpus.origin() + " " + at.packageName() + "@" + at.version();
    packages.add(release);
    files.add(release + " " + at.path());
  }

  /** Counts the files of a search. */
  void add(int itsCandidates, int itsSearched) {
    candidates += itsCandidates;
    searched += itsSearched;
  }

  /** Adds a sentence about what could not be searched. */
  void note(String sentence) {
    notes.add(sentence);
  }

  /** Takes note that not everything was searched; false when that is known already. */
  boolean endsEarly() {
    boolean first = !early;
    early = true;
    return first;
  }

  /** The numbers. */
  Counts counts(boolean complete) {
    return new Counts(
        found, files.size(), packages.size(), complete && !early, candidates, searched);
  }

  /** What could not be searched, or not as a whole. */
  List<String> notes() {
    List<String> all = new ArrayList<>(notes);
    if (workspace.isIndexing()) {
      all.add("The workspace is still being indexed: there may be more.");
    }
    return all;
  }
}
