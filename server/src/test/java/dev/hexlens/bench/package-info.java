/** Measurements, run by hand; see server/bin/bench-parse. */
@NullMarked
package dev.hexlens.bench;

import org.jspecify.annotations.NullMarked;
