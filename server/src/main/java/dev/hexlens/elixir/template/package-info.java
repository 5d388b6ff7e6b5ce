/** EEx and HEEx: the Elixir in templates, as one program at its places. */
@NullMarked
package dev.hexlens.elixir.template;

import org.jspecify.annotations.NullMarked;
