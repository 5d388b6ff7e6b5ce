package dev.hexlens.pattern;

import dev.hexlens.elixir.ElixirReader;
import dev.hexlens.elixir.facts.Facts;
import dev.hexlens.elixir.link.ElixirExports;
import dev.hexlens.elixir.link.Linker;
import dev.hexlens.elixir.syntax.CompactTree;
import dev.hexlens.elixir.syntax.QuotedTree;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a pattern finds in a source: the texts of its matches, in order. */
final class Found {
  private Found() {}

  static List<String> in(String source, String pattern, Filter... filters) {
    return matches(source, pattern, filters).stream()
        .map(match -> text(source, match.start(), match.end()))
        .toList();
  }

  static List<Match> matches(String source, String pattern, Filter... filters) {
    byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
    Query query = new Query(Pattern.parse(pattern), List.of(filters), List.of());
    try (ElixirReader reader = new ElixirReader()) {
      QuotedTree fresh = reader.read("source.ex", bytes);
      List<Match> found = search(fresh, bytes, query);
      QuotedTree stored = CompactTree.read(CompactTree.write(fresh)).tree();
      if (!search(stored, bytes, query).equals(found)) {
        throw new AssertionError("a stored tree answers differently: " + pattern);
      }
      return found;
    }
  }

  private static List<Match> search(QuotedTree tree, byte[] source, Query query) {
    Linker linker = new Linker(ElixirExports.instance());
    FileView file = new FileView(tree, source, () -> linker.names(Facts.of(tree, source)));
    return new FileSearch(file).find(query);
  }

  private static String text(String source, int start, int end) {
    return new String(
        source.getBytes(StandardCharsets.UTF_8), start, end - start, StandardCharsets.UTF_8);
  }
}
