package dev.hexlens.lsp;

import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.elixir.link.ElixirExports;
import dev.hexlens.index.LiveExtractor;
import dev.hexlens.search.SymbolSearch;
import dev.hexlens.search.UsageSearch;
import dev.hexlens.search.UsageSearch.Question;
import dev.hexlens.store.CandidateSource.Parts;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.Candidates.StoredFile;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.store.postgres.DatabaseException;
import dev.hexlens.workspace.Corpus;
import dev.hexlens.workspace.Corpus.Origin;
import dev.hexlens.workspace.SearchScope;
import dev.hexlens.workspace.Workspace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.lsp4j.Location;

/**
 * Asks some questions that nobody has asked, once there is something to ask: the first ones take
 * ten times as long as later ones, until the JVM has loaded and compiled what answers them, and the
 * index of Hex is open.
 */
final class WarmUp {
  /** As many as bring it most of the way: more would be in the way of who asks at once. */
  private static final int ROUNDS = 8;

  /** What every project uses. */
  private static final Symbol USED = Symbol.function("Enum", "map", 2);

  private static final int ANSWERS = 500;

  private static final int SYMBOLS = 50;

  /** What is found in Hex would be written into the cache of sources. */
  private static final SearchScope OWN = SearchScope.EVERYWHERE.of(Set.of(Origin.WORKSPACE));

  private final Session session;
  private final Cancellation cancellation = new Cancellation();
  private final AtomicBoolean begun = new AtomicBoolean();

  WarmUp(Session session) {
    this.session = session;
  }

  /** Begins, behind everything else; the first time only. */
  @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it: it is kinder, not truer
  void start() {
    if (!begun.compareAndSet(false, true)) {
      return;
    }
    Thread.ofPlatform()
        .daemon()
        .name("hexlens-warm-up")
        .priority(Thread.MIN_PRIORITY)
        .start(this::run);
  }

  void cancel() {
    cancellation.cancel();
  }

  private void run() {
    try (LiveExtractor extractor = new LiveExtractor()) {
      for (int round = 0; round < ROUNDS; round++) {
        round(extractor);
      }
    } catch (DatabaseException | CancellationException e) {
      // whoever asks in earnest is told
    } catch (RuntimeException e) {
      session.log().failure("warming up failed", e);
    }
  }

  private void round(LiveExtractor extractor) {
    Workspace workspace = session.workspace();
    var _ =
        new SymbolsHandler(
                workspace,
                session.places(),
                OWN,
                session.settings().limits().symbols(),
                session.features().resolvesLocations(),
                session.notices())
            .handle("get", cancellation);
    var _ = new SymbolSearch(workspace.hex().open().symbols()).search("get", SYMBOLS, cancellation);
    for (Corpus corpus : workspace.searchable(OWN).corpora().all()) {
      UsageSearch search = new UsageSearch(corpus);
      List<Location> found = new ArrayList<>();
      HashMap<Candidate, String> uris = new HashMap<>();
      List<Candidate> files = new ArrayList<>();
      var _ = search.definitions(USED, Scope.ALL, 1, cancellation);
      var _ =
          search.search(
              Question.references(Set.of(USED)).withTexts(false),
              Scope.ALL,
              hit ->
                  files.add(hit.at())
                      && found.size() < ANSWERS
                      && found.add(session.places().location(corpus, hit, uris)),
              cancellation);
      if (!files.isEmpty()) {
        for (StoredFile file : corpus.read(files.subList(0, 1), Parts.SOURCE, cancellation)) {
          LiveExtractor.Read read = extractor.read(file.at().path(), file.source());
          var _ = extractor.link(read, ElixirExports.instance());
        }
      }
    }
  }
}
