/** Reading Elixir: no database, no files. */
@NullMarked
package dev.hexlens.elixir;

import org.jspecify.annotations.NullMarked;
