/** Tree-sitter: the native libraries, concrete syntax trees and the fast walk over them. */
@NullMarked
package dev.hexlens.elixir.parser;

import org.jspecify.annotations.NullMarked;
