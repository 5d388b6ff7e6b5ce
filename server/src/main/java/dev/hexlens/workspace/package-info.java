/** Folders of sources: mix projects, the files in them, and later what an editor has open. */
@NullMarked
package dev.hexlens.workspace;

import org.jspecify.annotations.NullMarked;
