package dev.hexlens.web;

import com.google.gson.annotations.SerializedName;
import dev.hexlens.elixir.syntax.LineIndex;
import dev.hexlens.store.CandidateSource.Parts;
import dev.hexlens.store.Candidates;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.Candidates.StoredFile;
import dev.hexlens.store.postgres.Cancellation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Answers {@code /api/file}: a file of a release, with what it defines. */
final class FilePage implements WebServer.Page {
  /** A file without facts, such as one in another language. */
  private static final long NO_FACTS = 0;

  private final Candidates files;

  FilePage(Candidates files) {
    this.files = files;
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
    Candidate candidate =
        files.at(name, List.of(path), Cancellation.NONE).stream()
            .filter(each -> each.version().equals(version))
            .findFirst()
            .orElseThrow(() -> missing(name, version, path));
    Parts parts = candidate.signature() == NO_FACTS ? Parts.SOURCE : Parts.FACTS_AND_SOURCE;
    StoredFile file =
        files.read(List.of(candidate), parts, Cancellation.NONE).stream()
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

  private static Refusal missing(String name, String version, String path) {
    return Refusal.notFound(
        "%s@%s has no file %s here: it may have been superseded or dropped; search again"
            .formatted(name, version, path));
  }
}
