/** The questions: patterns, references, symbols. */
@NullMarked
package dev.hexlens.search;

import org.jspecify.annotations.NullMarked;
