package dev.hexlens.web;

import dev.hexlens.index.Extractor;
import dev.hexlens.search.PatternSearch;
import dev.hexlens.search.ReferenceSearch;
import dev.hexlens.search.SymbolSearch;
import dev.hexlens.search.TermPlanner;
import dev.hexlens.search.TextSearch;
import dev.hexlens.store.Candidates;
import dev.hexlens.store.SymbolDictionary;
import dev.hexlens.store.Symbols;
import dev.hexlens.store.postgres.Database;

/** What answers questions about a prefix. */
record Store(
    Candidates files,
    PatternSearch patterns,
    TextSearch texts,
    ReferenceSearch references,
    SymbolSearch symbols) {
  static Store of(Database database) {
    Candidates files = new Candidates(database, new SymbolDictionary(), Extractor.VERSION);
    Symbols symbols = new Symbols(database);
    return new Store(
        files,
        new PatternSearch(files, TermPlanner.ALL_REQUIRED),
        new TextSearch(files),
        new ReferenceSearch(files, symbols),
        new SymbolSearch(symbols));
  }
}
