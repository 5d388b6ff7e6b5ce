package dev.hexlens.lsp;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.hexlens.elixir.facts.Definition;
import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.elixir.syntax.LineIndex;
import dev.hexlens.pattern.Term;
import dev.hexlens.search.NameAt;
import dev.hexlens.search.SymbolMatcher;
import dev.hexlens.search.SymbolSearch;
import dev.hexlens.store.CandidateSource.Parts;
import dev.hexlens.store.Candidates.Candidate;
import dev.hexlens.store.Candidates.Scope;
import dev.hexlens.store.Candidates.StoredFile;
import dev.hexlens.store.FileFacts;
import dev.hexlens.store.Symbols;
import dev.hexlens.store.postgres.Cancellation;
import dev.hexlens.workspace.Corpus;
import dev.hexlens.workspace.Corpus.Origin;
import dev.hexlens.workspace.SearchScope;
import dev.hexlens.workspace.Workspace;
import dev.hexlens.workspace.WorkspaceFolder.FoundDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.SymbolKind;
import org.eclipse.lsp4j.WorkspaceSymbol;
import org.eclipse.lsp4j.WorkspaceSymbolLocation;
import org.eclipse.lsp4j.jsonrpc.messages.Either;

/**
 * {@code workspace/symbol}: everything that is defined in the workspace, its dependencies and Hex,
 * the best answers first, of equally good ones the nearest. Names are whole, as {@code Enum.map/2}:
 * an editor that filters again by what was typed keeps them.
 */
record SymbolsHandler(
    Workspace workspace,
    Places places,
    SearchScope scope,
    int limit,
    boolean lazy,
    Notices notices) {

  /** A definition, wherever it is. */
  private record Hit(
      Corpus corpus,
      Symbol symbol,
      Definition.Kind kind,
      Candidate at,
      int start,
      int end,
      SymbolMatcher.Match match) {}

  List<WorkspaceSymbol> handle(String query, Cancellation cancellation) {
    Workspace.Searchable searchable = workspace.searchable(scope);
    searchable.failures().forEach(notices::outage);
    List<Hit> hits = new ArrayList<>();
    for (Corpus corpus : searchable.corpora().all()) {
      hits.addAll(
          corpus.isPublished() ? inHex(corpus, query, cancellation) : inFolder(corpus, query));
    }
    hits.sort( // stable: the corpora come in their order
        Comparator.comparing((Hit hit) -> hit.match().tier())
            .thenComparing(hit -> hit.corpus().origin()));
    Set<Symbol> seen = new HashSet<>();
    List<Hit> best = hits.stream().filter(hit -> seen.add(hit.symbol())).limit(limit).toList();
    return symbols(best, cancellation);
  }

  private List<Hit> inFolder(Corpus corpus, String query) {
    boolean own = corpus.origin() == Origin.WORKSPACE;
    List<Hit> hits = new ArrayList<>();
    for (FoundDefinition found :
        Objects.requireNonNull(corpus.folder())
            .definitions(query, workspace.documents().all(), own, limit)) {
      if (corpus.admits().test(found.at())) {
        hits.add(
            new Hit(
                corpus,
                found.symbol(),
                found.kind(),
                found.at(),
                found.start(),
                found.end(),
                found.match()));
      }
    }
    return hits;
  }

  private static final int CHUNK = 64;

  private List<Hit> inHex(Corpus corpus, String query, Cancellation cancellation) {
    Map<Symbol, SymbolMatcher.Match> wanted = new LinkedHashMap<>();
    Symbols symbols = workspace.hex().open().symbols();
    SymbolMatcher matcher = new SymbolMatcher(query);
    for (Symbols.Known known : new SymbolSearch(symbols).search(query, limit, cancellation)) {
      matcher
          .match(SymbolSearch.qualified(known.symbol()))
          .ifPresent(match -> wanted.put(known.symbol(), match));
    }
    List<Integer> terms =
        wanted.keySet().stream()
            .map(symbol -> Term.defines(symbol.namespace().name(), symbol.printed()))
            .toList();
    Map<Symbol, Hit> placed = new HashMap<>();
    List<Candidate> files = corpus.findAny(terms, Scope.ALL, cancellation);
    for (int at = 0; at < files.size() && placed.size() < wanted.size(); at += CHUNK) {
      List<Candidate> some = files.subList(at, Math.min(files.size(), at + CHUNK));
      for (StoredFile file : corpus.read(some, Parts.DEFINITIONS, cancellation)) {
        for (FileFacts.Defined defined : file.facts().definitions()) {
          for (Symbol symbol : NameAt.arities(defined)) {
            SymbolMatcher.Match match = wanted.get(symbol);
            if (match != null) {
              Definition.Clause clause = defined.clauses().getFirst();
              placed.putIfAbsent(
                  symbol,
                  new Hit(
                      corpus,
                      symbol,
                      defined.kind(),
                      file.at(),
                      clause.nameStart(),
                      clause.nameEnd(),
                      match));
            }
          }
        }
      }
    }
    return wanted.keySet().stream().map(placed::get).filter(Objects::nonNull).toList();
  }

  /** With their places: each file is read once. */
  private List<WorkspaceSymbol> symbols(List<Hit> hits, Cancellation cancellation) {
    Map<Corpus, Set<Candidate>> files = new HashMap<>();
    for (Hit hit : hits) {
      files.computeIfAbsent(hit.corpus(), corpus -> new LinkedHashSet<>()).add(hit.at());
    }
    Map<Candidate, Text> read = new HashMap<>();
    files.forEach((corpus, some) -> {
      List<Candidate> these = List.copyOf(some);
      if (corpus.isPublished()) { // of a copy that is not made yet the source is needed
        corpus
            .read(these, Parts.SOURCE, cancellation)
            .forEach(
                file -> read.put(file.at(), new Text(file.source(), LineIndex.of(file.source()))));
      } else if (lazy) {
        these.forEach(at -> read.put(at, NOT_READ));
      } else {
        corpus
            .readPlaces(these, List.of(), false, cancellation)
            .forEach(file -> read.put(file.at(), new Text(NOT_READ.source(), file.lines())));
      }
    });
    List<WorkspaceSymbol> symbols = new ArrayList<>();
    for (Hit hit : hits) {
      Text text = read.get(hit.at());
      if (text != null) {
        symbols.add(symbol(hit, text.source(), text.lines()));
      }
    }
    return symbols;
  }

  /**
   * A file's text.
   *
   * @param source empty where the file itself is on disk
   */
  private record Text(byte[] source, LineIndex lines) {}

  private static final Text NOT_READ = new Text(new byte[0], LineIndex.of(new byte[0]));

  private WorkspaceSymbol symbol(Hit hit, byte[] source, LineIndex lines) {
    Candidate at = hit.at();
    WorkspaceSymbol made = new WorkspaceSymbol();
    made.setName(hit.symbol().printed());
    made.setKind(kind(hit.kind()));
    made.setContainerName(
        hit.corpus().origin() == Origin.WORKSPACE
            ? at.packageName()
            : at.packageName() + " " + at.version());
    String uri = places.uri(hit.corpus(), at, source);
    if (lazy) {
      made.setLocation(Either.forRight(new WorkspaceSymbolLocation(uri)));
      made.setData(new Data(uri, hit.start(), hit.end()));
    } else {
      int end = Math.min(hit.end(), lines.lineEnd(lines.lines())); // it may have been cut meanwhile
      int start = Math.min(hit.start(), end);
      made.setLocation(
          Either.forLeft(new Location(uri, places.positions().range(lines, start, end))));
    }
    return made;
  }

  /** What is kept in a symbol until it is chosen. */
  record Data(String uri, int start, int end) {}

  /** Gives a symbol its range. */
  WorkspaceSymbol resolve(WorkspaceSymbol symbol) {
    if (!(symbol.getData() instanceof JsonObject json)) {
      return symbol;
    }
    Data data = new Gson().fromJson(json, Data.class);
    byte[] source = Cursor.text(workspace, data.uri()).bytes();
    LineIndex lines = LineIndex.of(source);
    int start = Math.clamp(data.start(), 0, source.length);
    int end = Math.clamp(data.end(), start, source.length);
    symbol.setLocation(
        Either.forLeft(new Location(data.uri(), places.positions().range(lines, start, end))));
    return symbol;
  }

  private static SymbolKind kind(Definition.Kind kind) {
    return switch (kind) {
      case MODULE, IMPLEMENTATION -> SymbolKind.Module;
      case FUNCTION, PRIVATE_FUNCTION, MACRO, PRIVATE_MACRO, GUARD, DELEGATE -> SymbolKind.Function;
      case STRUCT, EXCEPTION -> SymbolKind.Struct;
      case PROTOCOL -> SymbolKind.Interface;
      case CALLBACK -> SymbolKind.Method;
      case TYPE, OPAQUE -> SymbolKind.TypeParameter;
      case ATTRIBUTE -> SymbolKind.Constant;
    };
  }
}
