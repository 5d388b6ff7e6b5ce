/** Tests of an editor's folders and what they are kept in. */
@NullMarked
package dev.hexlens.workspace;

import org.jspecify.annotations.NullMarked;
