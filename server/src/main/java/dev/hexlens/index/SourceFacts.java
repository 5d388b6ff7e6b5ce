package dev.hexlens.index;

import dev.hexlens.elixir.ElixirReader;
import dev.hexlens.elixir.erlang.ErlangFacts;
import dev.hexlens.elixir.facts.Facts;
import java.util.Optional;

/** The facts of a source, whatever its language. For one thread at a time. */
public final class SourceFacts implements AutoCloseable {
  private final ElixirReader reader = new ElixirReader();

  /**
   * What a file defines and refers to, without the names of its tree; empty for files that have no
   * facts.
   *
   * @throws dev.hexlens.elixir.parser.ParseTimeout when the parser gives up
   */
  public Optional<Facts> of(String path, byte[] source) {
    SourceLanguage language = SourceLanguage.of(path).orElse(null);
    if (language == null || language == SourceLanguage.ERLANG) {
      return ofErlang(path, source);
    }
    return Optional.of(ElixirReader.facts(path, reader.read(path, source), source).withoutNames());
  }

  /** The facts of a file of which no tree is made; empty for one that has no facts. */
  static Optional<Facts> ofErlang(String path, byte[] source) {
    return path.endsWith(".erl") || path.endsWith(".hrl")
        ? Optional.of(ErlangFacts.of(source))
        : Optional.empty();
  }

  @Override
  public void close() {
    reader.close();
  }
}
