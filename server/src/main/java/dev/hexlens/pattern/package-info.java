/** The pattern language: Elixir code with holes, read, matched against a file's syntax tree. */
@NullMarked
package dev.hexlens.pattern;

import org.jspecify.annotations.NullMarked;
