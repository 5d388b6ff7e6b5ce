package dev.hexlens.lsp;

import dev.hexlens.elixir.syntax.LineIndex;
import dev.hexlens.elixir.syntax.QuotedTree;
import dev.hexlens.protocol.SourcePlace;
import dev.hexlens.search.UsageSearch;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.workspace.Corpus;
import dev.hexlens.workspace.WorkspaceFolder;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Range;

/** Makes of a place in a corpus what an editor can open. */
final class Places {
  /** A line that is longer is cut: it was generated, and nobody reads it in a list. */
  private static final int MAX_TEXT = 240;

  private final Positions positions;
  private final HexSources sources;

  /** The URIs of the folders. */
  private final Map<Path, String> roots = new ConcurrentHashMap<>();

  Places(Positions positions, HexSources sources) {
    this.positions = positions;
    this.sources = sources;
  }

  Positions positions() {
    return positions;
  }

  HexSources sources() {
    return sources;
  }

  /** The file's URI. */
  String uri(Corpus corpus, Candidate at, byte[] source) {
    WorkspaceFolder folder = corpus.folder();
    if (folder == null) {
      return Uris.of(
          sources.copy(new HexSources.Origin(at.packageName(), at.version(), at.path()), source));
    }
    String root = roots.computeIfAbsent(folder.root(), Uris::of);
    return corpus.origin() == Corpus.Origin.WORKSPACE
        ? Uris.of(root, at.path())
        : Uris.of(root, "deps/" + at.packageName() + "/" + at.path());
  }

  /** Whether a place's URI takes the file's text: what is in Hex opens as a copy. */
  boolean needsTexts(Corpus corpus) {
    return corpus.folder() == null;
  }

  /**
   * Where a usage stands.
   *
   * @param uris of the corpus' files as far as they were needed
   */
  Location location(Corpus corpus, UsageSearch.Hit hit, Map<Candidate, String> uris) {
    return new Location(
        uris.computeIfAbsent(hit.at(), at -> uri(corpus, at, hit.source())),
        positions.range(hit.lines(), hit.usage().start(), hit.usage().end()));
  }

  SourcePlace place(
      Corpus corpus, Candidate at, byte[] source, LineIndex lines, int start, int end) {
    Range range = positions.range(lines, start, end);
    int line = lines.line(start);
    String text = QuotedTree.slice(source, lines.lineStart(line), lines.lineEnd(line)).strip();
    return new SourcePlace(
        corpus.origin().printed(),
        at.packageName(),
        at.version(),
        at.path(),
        uri(corpus, at, source),
        range,
        text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "…" : text);
  }
}
