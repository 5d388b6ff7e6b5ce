/** Tests of reading Erlang. */
@NullMarked
package dev.hexlens.elixir.erlang;

import org.jspecify.annotations.NullMarked;
