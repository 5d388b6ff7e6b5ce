/** Tests of the schema, and the store's rows as tests see them. */
@NullMarked
package dev.hexlens.store;

import org.jspecify.annotations.NullMarked;
