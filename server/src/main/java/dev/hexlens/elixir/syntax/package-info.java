/** From the parser's tree to Elixir's own syntax tree, with ranges, and its compact stored form. */
@NullMarked
package dev.hexlens.elixir.syntax;

import org.jspecify.annotations.NullMarked;
