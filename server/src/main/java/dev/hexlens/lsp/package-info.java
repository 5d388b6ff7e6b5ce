/** The language server: one small handler a feature. */
@NullMarked
package dev.hexlens.lsp;

import org.jspecify.annotations.NullMarked;
