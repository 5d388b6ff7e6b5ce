/** Definitions, references and the meaning of names in one file. */
@NullMarked
package dev.hexlens.elixir.facts;

import org.jspecify.annotations.NullMarked;
