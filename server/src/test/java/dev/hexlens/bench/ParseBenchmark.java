package dev.hexlens.bench;

import dev.hexlens.elixir.parser.ElixirParser;
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
 * Parses the files named on standard input, or those under the folder that is given, in one thread
 * and prints one JSON line: the same fields as src/test/native/parse_baseline.c, the floor. The
 * warm-up passes before it are not counted.
 */
final class ParseBenchmark {
  private static final int WARM_UP_PASSES = 2;

  private ParseBenchmark() {}

  public static void main(String[] args) throws IOException {
    List<byte[]> sources = new ArrayList<>();
    for (Path file : args.length > 0 ? under(Path.of(args[0])) : named()) {
      sources.add(Files.readAllBytes(file));
    }
    try (var parser = new ElixirParser()) {
      for (int pass = 0; pass < WARM_UP_PASSES; pass++) {
        pass(parser, sources);
      }
      System.out.println(pass(parser, sources));
    }
  }

  private static String pass(ElixirParser parser, List<byte[]> sources) {
    long bytes = 0;
    long nodes = 0;
    ElixirParser.Spent before = parser.spent();
    for (byte[] source : sources) {
      nodes += parser.parse(source).size();
      bytes += source.length;
    }
    ElixirParser.Spent after = parser.spent();
    double seconds = (after.parsing() - before.parsing()) / 1e9;
    double walking = (after.walking() - before.walking()) / 1e9;
    return String.format(
        Locale.ROOT,
        "{\"files\":%d,\"bytes\":%d,\"nodes\":%d,\"parse_s\":%.3f,\"walk_s\":%.3f,\"parse_mb_per_s\":%.2f}",
        sources.size(),
        bytes,
        nodes,
        seconds,
        walking,
        bytes / 1e6 / seconds);
  }

  private static List<Path> named() {
    return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
        .lines()
        .map(Path::of)
        .toList();
  }

  private static List<Path> under(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".ex") || file.toString().endsWith(".exs"))
          .sorted()
          .toList();
    }
  }
}
