/** Tests of reading templates. */
@NullMarked
package dev.hexlens.elixir.template;

import org.jspecify.annotations.NullMarked;
