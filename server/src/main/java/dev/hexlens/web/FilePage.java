package dev.hexlens.web;

import com.google.gson.annotations.SerializedName;
import dev.hexlens.elixir.syntax.LineIndex;
import dev.hexlens.store.CandidateSource.Parts;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.Candidates.Scope.PackageName;
import dev.hexlens.store.Candidates.StoredFile;
import dev.hexlens.store.TextTerms;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.workspace.Corpus;
import dev.hexlens.workspace.Corpus.Origin;
import dev.hexlens.workspace.SearchScope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** Answers {@code /api/file}: a file of a release, with what it defines. */
final class FilePage implements WebServer.Page {
  /** A file without facts, such as one in another language. */
  private static final long NO_FACTS = 0;

  private final Store store;

  FilePage(Store store) {
    this.store = store;
  }

  /** A file. */
  record Shown(
      @SerializedName("package") String packageName,
      String version,
      String path,
      String text,
      List<Defined> definitions) {}

  /**
   * What a file defines.
   *
   * @param line of its name in its first clause
   */
  record Defined(String kind, String symbol, int line) {}

  @Override
  public void answer(Exchange exchange) throws IOException {
    String name = exchange.needed("package");
    String version = exchange.needed("version");
    String path = exchange.needed("path");
    SearchScope only =
        new SearchScope(
            EnumSet.allOf(Origin.class),
            List.of(new PackageName(name, version)),
            path::equals,
            true);
    StoredFile file =
        store.corpora(only).all().stream()
            .map(FilePage::file)
            .flatMap(Optional::stream)
            .findFirst()
            .orElseThrow(() -> missing(name, version, path));
    LineIndex lines = LineIndex.of(file.source());
    List<Defined> definitions =
        file.facts().definitions().stream()
            .map(each ->
                new Defined(
                    each.kind().printed(),
                    each.symbol().printed(),
                    lines.line(each.clauses().getFirst().nameStart())))
            .toList();
    exchange.json(
        200,
        new Shown(
            name, version, path, new String(file.source(), StandardCharsets.UTF_8), definitions));
  }

  /** The only file that there is. */
  private static Optional<StoredFile> file(Corpus corpus) {
    List<Candidate> found =
        corpus.texts(TextTerms.anything(), null, Scope.ALL, Cancellation.NONE).next(1);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    boolean facts = found.getFirst().signature() != NO_FACTS;
    Parts parts = facts ? Parts.FACTS_AND_SOURCE : Parts.SOURCE;
    return corpus.read(found, parts, Cancellation.NONE).stream().findFirst();
  }

  private static Refusal missing(String name, String version, String path) {
    return Refusal.notFound(
        "%s@%s has no file %s here: it may have been superseded or dropped; search again"
            .formatted(name, version, path));
  }
}
