package dev.hexlens.index;

import dev.hexlens.elixir.ElixirReader;
import dev.hexlens.elixir.erlang.ErlangFacts;
import dev.hexlens.elixir.facts.Facts;
import dev.hexlens.elixir.syntax.QuotedTree;
import dev.hexlens.elixir.template.Template;
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
    return Optional.of(reader.facts(read(reader, path, source), source).withoutNames());
  }

  /** The tree of an Elixir source or of a template; valid until the reader's next. */
  static QuotedTree read(ElixirReader reader, String path, byte[] source) {
    if (path.endsWith(".heex")) {
      return reader.read(source, Template.Language.HEEX);
    }
    return path.endsWith("eex") ? reader.read(source, Template.Language.EEX) : reader.read(source);
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
