/** Reading Erlang: its tokens, and what a file defines and refers to. No tree is made of it. */
@NullMarked
package dev.hexlens.elixir.erlang;

import org.jspecify.annotations.NullMarked;
