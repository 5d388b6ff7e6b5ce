/** Tests of the facts of one file. */
@NullMarked
package dev.hexlens.elixir.facts;

import org.jspecify.annotations.NullMarked;
