package dev.hexlens.bench;

import dev.hexlens.elixir.facts.AliasResolution;
import dev.hexlens.elixir.facts.Facts;
import dev.hexlens.elixir.parser.ElixirParser;
import dev.hexlens.elixir.parser.SyntaxTree;
import dev.hexlens.elixir.syntax.Lowering;
import dev.hexlens.elixir.syntax.QuotedTree;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What each step from source to facts costs, in one thread, over the files named on standard input:
 * a JSON line of nanoseconds a byte. The warm-up passes before it are not counted.
 */
final class FactsBenchmark {
  private static final int WARM_UP_PASSES = 2;

  private long bytes;
  private long nodes;
  private long references;
  private long definitions;
  private long parsing;
  private long lowering;
  private long facts;
  private long aliases;

  private FactsBenchmark() {}

  public static void main(String[] args) throws IOException {
    List<byte[]> sources = new ArrayList<>();
    var names = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String name : names.lines().toList()) {
      sources.add(Files.readAllBytes(Path.of(name)));
    }
    try (var parser = new ElixirParser()) {
      for (int pass = 0; pass < WARM_UP_PASSES; pass++) {
        new FactsBenchmark().pass(parser, sources);
      }
      FactsBenchmark measured = new FactsBenchmark();
      measured.pass(parser, sources);
      System.out.println(measured);
    }
  }

  private void pass(ElixirParser parser, List<byte[]> sources) {
    Lowering lower = new Lowering();
    for (byte[] source : sources) {
      long start = System.nanoTime();
      SyntaxTree syntax = parser.parse(source);
      long parsed = System.nanoTime();
      QuotedTree tree = lower.lower(syntax, source);
      long lowered = System.nanoTime();
      Facts found = Facts.of(tree, source);
      long known = System.nanoTime();
      AliasResolution resolution = AliasResolution.of(tree);
      long resolved = System.nanoTime();
      if (resolution.importedFrom(0) != null) {
        throw new IllegalStateException("an alias resolution knows no imports");
      }
      bytes += source.length;
      nodes += tree.size();
      references += found.references().size();
      definitions += found.definitions().size();
      parsing += parsed - start;
      lowering += lowered - parsed;
      facts += known - lowered;
      aliases += resolved - known;
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "{\"bytes\":%d,\"nodes\":%d,\"definitions\":%d,\"references\":%d,\"parse_ns\":%.1f,\"lower_ns\":%.1f,\"facts_ns\":%.1f,\"aliases_ns\":%.1f}",
        bytes,
        nodes,
        definitions,
        references,
        each(parsing),
        each(lowering),
        each(facts),
        each(aliases));
  }

  private double each(long nanoseconds) {
    return (double) nanoseconds / bytes;
  }
}
