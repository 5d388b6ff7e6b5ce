/** The language server as a client sees it. */
@NullMarked
package dev.hexlens.lsp;

import org.jspecify.annotations.NullMarked;
