/** What is kept in Postgres, how it is loaded and asked. */
@NullMarked
package dev.hexlens.store;

import org.jspecify.annotations.NullMarked;
