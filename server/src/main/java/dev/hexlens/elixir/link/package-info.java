/** What the names that need other files mean, given those files' exports. */
@NullMarked
package dev.hexlens.elixir.link;

import org.jspecify.annotations.NullMarked;
