/** Tests of linking. */
@NullMarked
package dev.hexlens.elixir.link;

import org.jspecify.annotations.NullMarked;
