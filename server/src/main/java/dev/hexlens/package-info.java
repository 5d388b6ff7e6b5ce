/** HexLens: who uses what, across everything that Elixir people have published. */
@NullMarked
package dev.hexlens;

import org.jspecify.annotations.NullMarked;
