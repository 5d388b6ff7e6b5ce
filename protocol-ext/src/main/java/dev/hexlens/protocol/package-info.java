/** The messages that HexLens speaks beside the Language Server Protocol. */
@NullMarked
package dev.hexlens.protocol;

import org.jspecify.annotations.NullMarked;
