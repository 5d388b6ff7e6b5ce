package dev.hexlens.store;

import dev.hexlens.elixir.facts.Certainty;
import dev.hexlens.elixir.facts.Definition;
import dev.hexlens.elixir.facts.Reference;
import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.elixir.syntax.ByteReader;
import dev.hexlens.elixir.syntax.ByteWriter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.ToIntFunction;

/**
 * The stored form of {@link FileFacts}: the ids of the symbols that the file names, ascending, then
 * definitions, references and imports that point into that list, places as differences.
 */
final class FactsCodec {
  private FactsCodec() {}

  static byte[] write(FileFacts facts, ToIntFunction<Symbol> ids) {
    Map<Symbol, Integer> positions = positions(facts, ids);
    ByteWriter out = new ByteWriter(256 + facts.references().size() * 6);
    out.number(positions.size());
    int previous = 0;
    for (Symbol symbol : positions.keySet()) {
      int id = ids.applyAsInt(symbol);
      out.number(id - previous);
      previous = id;
    }
    out.number(facts.definitions().size());
    int at = 0;
    for (FileFacts.Defined defined : facts.definitions()) {
      out.number(defined.kind().ordinal());
      out.number(position(positions, defined.symbol()));
      out.number(defined.symbol().arity() - defined.minArity());
      out.number(defined.clauses().size());
      for (Definition.Clause clause : defined.clauses()) {
        out.signed(clause.nameStart() - at);
        out.number(clause.nameEnd() - clause.nameStart());
        out.signed(clause.nameStart() - clause.start());
        out.number(clause.end() - clause.start());
        at = clause.nameStart();
      }
    }
    out.number(facts.references().size());
    at = 0;
    for (FileFacts.Referred reference : facts.references()) {
      out.number(reference.kind().ordinal() * 4 + reference.certainty().ordinal());
      out.number(reference.start() - at);
      out.number(reference.end() - reference.start());
      out.number(position(positions, reference.symbol()));
      Symbol in = reference.in();
      out.number(in == null ? 0 : position(positions, in) + 1);
      at = reference.start();
    }
    out.number(facts.imports().size());
    for (FileFacts.Imported imported : facts.imports()) {
      out.number(imported.environment() + 1);
      out.number(position(positions, imported.symbol()));
    }
    return out.toByteArray();
  }

  private static int position(Map<Symbol, Integer> positions, Symbol symbol) {
    Integer position = positions.get(symbol);
    if (position == null) {
      throw new IllegalStateException("a symbol without a place: " + symbol);
    }
    return position;
  }

  private static Map<Symbol, Integer> positions(FileFacts facts, ToIntFunction<Symbol> ids) {
    List<Symbol> symbols =
        facts.symbols().stream().distinct().sorted(java.util.Comparator.comparingInt(ids)).toList();
    Map<Symbol, Integer> positions = new LinkedHashMap<>();
    symbols.forEach(symbol -> positions.put(symbol, positions.size()));
    return positions;
  }

  /** The ids of all symbols in a stored form, ascending. */
  static int[] ids(byte[] stored) {
    return ids(new ByteReader(stored));
  }

  private static int[] ids(ByteReader in) {
    int[] ids = new int[in.number()];
    int previous = 0;
    for (int i = 0; i < ids.length; i++) {
      previous += in.number();
      ids[i] = previous;
    }
    return ids;
  }

  /**
   * The ids of the symbols that a reading of some references asks for.
   *
   * @param referencesTo ids of the symbols to which references are read
   */
  static int[] ids(byte[] stored, IntPredicate referencesTo) {
    ByteReader in = new ByteReader(stored);
    int[] ids = ids(in);
    BitSet wanted = new BitSet(ids.length);
    for (int left = in.number(); left > 0; left--) {
      in.number();
      wanted.set(in.number());
      in.number();
      for (int clauses = in.number(); clauses > 0; clauses--) {
        in.signed();
        in.number();
        in.signed();
        in.number();
      }
    }
    for (int left = in.number(); left > 0; left--) {
      in.number();
      in.number();
      in.number();
      int symbol = in.number();
      int inside = in.number();
      if (referencesTo.test(ids[symbol])) {
        wanted.set(symbol);
        if (inside > 0) {
          wanted.set(inside - 1);
        }
      }
    }
    for (int left = in.number(); left > 0; left--) {
      in.number();
      wanted.set(in.number());
    }
    return wanted.stream().map(position -> ids[position]).toArray();
  }

  /**
   * @param symbols the symbol of an id; asked for those of {@link #ids(byte[])} only
   */
  static FileFacts read(byte[] stored, IntFunction<Symbol> symbols) {
    return read(stored, symbols, id -> true);
  }

  /**
   * With some references, or none.
   *
   * @param symbols the symbol of an id; asked for those of {@link #ids(byte[], IntPredicate)} only
   */
  static FileFacts read(byte[] stored, IntFunction<Symbol> symbols, IntPredicate referencesTo) {
    ByteReader in = new ByteReader(stored);
    int[] ids = ids(in);
    IntFunction<Symbol> known = position -> symbols.apply(ids[position]);
    List<FileFacts.Defined> definitions = definitions(in, known);
    List<FileFacts.Referred> references = references(in, ids, known, referencesTo);
    List<FileFacts.Imported> imports = new ArrayList<>();
    int count = in.number();
    for (int i = 0; i < count; i++) {
      imports.add(new FileFacts.Imported(in.number() - 1, known.apply(in.number())));
    }
    return new FileFacts(definitions, references, imports);
  }

  private static List<FileFacts.Defined> definitions(ByteReader in, IntFunction<Symbol> known) {
    List<FileFacts.Defined> definitions = new ArrayList<>();
    int count = in.number();
    int at = 0;
    for (int i = 0; i < count; i++) {
      Definition.Kind kind = Definition.Kind.values()[in.number()];
      Symbol symbol = known.apply(in.number());
      int minArity = symbol.arity() - in.number();
      List<Definition.Clause> clauses = new ArrayList<>();
      int clauseCount = in.number();
      for (int c = 0; c < clauseCount; c++) {
        at += in.signed();
        int nameEnd = at + in.number();
        int start = at - in.signed();
        clauses.add(new Definition.Clause(at, nameEnd, start, start + in.number()));
      }
      definitions.add(new FileFacts.Defined(kind, symbol, minArity, List.copyOf(clauses)));
    }
    return definitions;
  }

  /**
   * The definitions alone.
   *
   * @param symbols the symbol of an id
   */
  static List<FileFacts.Defined> definitions(byte[] stored, IntFunction<Symbol> symbols) {
    ByteReader in = new ByteReader(stored);
    int[] ids = ids(in);
    return List.copyOf(definitions(in, position -> symbols.apply(ids[position])));
  }

  private static List<FileFacts.Referred> references(
      ByteReader in, int[] ids, IntFunction<Symbol> known, IntPredicate referencesTo) {
    BitSet wanted = new BitSet(ids.length);
    for (int position = 0; position < ids.length; position++) {
      wanted.set(position, referencesTo.test(ids[position]));
    }
    List<FileFacts.Referred> references = new ArrayList<>();
    int at = 0;
    for (int left = in.number(); left > 0; left--) {
      int kind = in.number();
      at += in.number();
      int end = at + in.number();
      int symbol = in.number();
      int inside = in.number();
      if (wanted.get(symbol)) {
        references.add(
            new FileFacts.Referred(
                Reference.Kind.values()[kind / 4],
                at,
                end,
                known.apply(symbol),
                Certainty.values()[kind % 4],
                inside == 0 ? null : known.apply(inside - 1)));
      }
    }
    return references;
  }

  /**
   * Some references alone, without definitions and imports.
   *
   * @param symbols the symbol of an id; asked for those references and what is around them
   */
  static FileFacts references(
      byte[] stored, IntFunction<Symbol> symbols, IntPredicate referencesTo) {
    ByteReader in = new ByteReader(stored);
    int[] ids = ids(in);
    for (int left = in.number(); left > 0; left--) {
      in.skip(3);
      in.skip(4 * in.number());
    }
    List<FileFacts.Referred> references =
        references(in, ids, position -> symbols.apply(ids[position]), referencesTo);
    return new FileFacts(List.of(), references, List.of());
  }
}
