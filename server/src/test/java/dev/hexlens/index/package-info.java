/** Tests of the indexer over a Hex repository on loopback. */
@NullMarked
package dev.hexlens.index;

import org.jspecify.annotations.NullMarked;
