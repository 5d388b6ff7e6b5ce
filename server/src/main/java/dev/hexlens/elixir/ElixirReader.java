package dev.hexlens.elixir;

import dev.hexlens.elixir.parser.ElixirParser;
import dev.hexlens.elixir.syntax.Lowering;
import dev.hexlens.elixir.syntax.QuotedTree;

/**
 * Reads sources into Elixir's syntax tree, one after another, in buffers that are used again: what
 * {@link #read} returns is valid until the next call. For one thread at a time.
 */
public final class ElixirReader implements AutoCloseable {
  private final ElixirParser parser = new ElixirParser();
  private final Lowering lowering = new Lowering();

  /**
   * Reads one source; what does not parse comes out as error nodes around the healthy rest.
   *
   * @throws dev.hexlens.elixir.parser.ParseTimeout when the parser gives up
   */
  public QuotedTree read(byte[] source) {
    return lowering.lower(parser.parse(source), source);
  }

  @Override
  public void close() {
    parser.close();
  }
}
