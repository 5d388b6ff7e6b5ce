/**
 * The database server and the connections to it: the embedded PostgreSQL that HexLens brings along,
 * or one that the user names by URL; the pool; the migrations of a prefix.
 */
@NullMarked
package dev.hexlens.store.postgres;

import org.jspecify.annotations.NullMarked;
