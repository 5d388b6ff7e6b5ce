/**
 * Hex repositories: the signed registry, releases and their versions, tarballs, mirrors, downloads.
 *
 * <p>{@link dev.hexlens.hex.ReleaseSource} is the way in. It depends on nothing else of ours.
 */
@NullMarked
package dev.hexlens.hex;

import org.jspecify.annotations.NullMarked;
