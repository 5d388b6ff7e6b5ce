/** The pipeline that fills the store: plan, fetch, extract, link, load. */
@NullMarked
package dev.hexlens.index;

import org.jspecify.annotations.NullMarked;
