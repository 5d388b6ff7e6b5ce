package dev.hexlens.elixir.link;

import dev.hexlens.elixir.facts.Certainty;
import dev.hexlens.elixir.facts.Definition;
import dev.hexlens.elixir.facts.Reference;
import dev.hexlens.elixir.facts.Symbol;
import dev.hexlens.elixir.syntax.LineIndex;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A source with its facts written under each line, to be read and compared as text. */
final class Snapshot {
  private record Note(int start, int end, String text) {}

  private Snapshot() {}

  static String of(byte[] source, List<Definition> definitions, List<Reference> references) {
    List<Note> notes = new ArrayList<>();
    for (Definition definition : definitions) {
      for (Definition.Clause clause : definition.clauses()) {
        notes.add(new Note(clause.nameStart(), clause.nameEnd(), text(definition)));
      }
    }
    for (Reference reference : references) {
      notes.add(new Note(reference.start(), reference.end(), text(reference)));
    }
    notes.sort(
        Comparator.comparingInt(Note::start).thenComparingInt(Note::end).thenComparing(Note::text));
    return annotated(source, notes);
  }

  private static String text(Definition definition) {
    String defaults =
        definition.minArity() < definition.maxArity() ? " from /" + definition.minArity() : "";
    String quoted = definition.quoted() ? " quoted" : "";
    return "defines " + definition.kind().printed() + " " + definition.symbol() + defaults + quoted;
  }

  private static String text(Reference reference) {
    Symbol target = reference.target();
    String certainty = reference.certainty() == Certainty.INFERRED ? " (inferred)" : "";
    String quoted = reference.quoted() ? " quoted" : "";
    return reference.kind().printed()
        + " "
        + (target == null ? "? " + reference.symbol() : target)
        + certainty
        + quoted;
  }

  private static String annotated(byte[] source, List<Note> notes) {
    LineIndex lines = LineIndex.of(source);
    StringBuilder out = new StringBuilder();
    int next = 0;
    for (int line = 1; line <= lines.lines(); line++) {
      int start = lines.lineStart(line);
      int end = lines.lineEnd(line);
      if (start == end) {
        break;
      }
      String text = new String(source, start, end - start, StandardCharsets.UTF_8).stripTrailing();
      out.append(("  " + text).stripTrailing()).append('\n');
      for (; next < notes.size() && notes.get(next).start() < end; next++) {
        Note note = notes.get(next);
        int column = lines.column(note.start());
        int width = Math.max(1, lines.column(note.end()) - column);
        out.append("#").append(" ".repeat(column)).append("^".repeat(width));
        out.append(' ').append(note.text()).append('\n');
      }
    }
    return out.toString();
  }
}
