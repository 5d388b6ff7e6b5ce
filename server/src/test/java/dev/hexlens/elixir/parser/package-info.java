@NullMarked
package dev.hexlens.elixir.parser;

import org.jspecify.annotations.NullMarked;
