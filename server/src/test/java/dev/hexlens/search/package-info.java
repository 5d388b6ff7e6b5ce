/** Tests of the questions over the fixture packages. */
@NullMarked
package dev.hexlens.search;

import org.jspecify.annotations.NullMarked;
